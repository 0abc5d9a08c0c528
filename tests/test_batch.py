"""Work in several processes: whatever stops it ends them, and no process outlives it."""

from __future__ import annotations

import multiprocessing
import time

import pytest
from tests.commands import sleep_long, tiny

from paperbuild import batch
from paperbuild.pipeline import Job


@pytest.mark.slow
def test_whoever_stops_does_not_wait_for_what_is_under_way(tmp_path):
    job = Job(tiny(tmp_path), formats=("docx", "preview"), out=tmp_path / "dist")

    told = []

    def stop(*step):
        told.append(step)
        if len(told) == 2:  # the second plan; the first one's formats are being made
            raise KeyboardInterrupt

    begin = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        list(batch.run([job, job], sleep_long, workers=2, tell=stop))
    assert time.monotonic() - begin < 30
    assert not multiprocessing.active_children()

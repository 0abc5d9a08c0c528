"""The browser and the pages of the web tests, which run only where this folder is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.web.pages import Pages

HERE = Path(__file__).parent


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave the folder out unless it, or a file in it, is named: it needs what ``make test-web`` brings."""
    asked = [Path(arg.split("::")[0]).absolute() for arg in config.args]
    return None if any(HERE in (path, *path.parents) for path in asked) else True


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Chromium without a window."""
    from tests.web.browsing import chromium  # noqa: PLC0415 - needs the extra `web`

    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Every page under test, each made when it is first asked for."""
    return Pages(tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="session")
def served(pages: Pages) -> Iterator[object]:
    """The pages on a server of this machine."""
    from tests.web.serving import Server  # noqa: PLC0415

    with Server() as server:
        yield server

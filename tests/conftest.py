"""Quick tests first: what fails is known before the slow ones begin."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the slow tests last; the order is kept otherwise."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is not None)

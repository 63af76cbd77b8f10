"""Tests side by side: a plugin for pytest-xdist, which `make test` uses.

A file's tests stay together, since they share what is costly to start. Those that start whole fields also stay
together, one field after the other: two at once would be too much for two cores. They come first, as they wait most.
pytest-xdist 3.8 has groups of its own for this, but pytest 9.2 no longer shows them to it.
"""

from __future__ import annotations

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

WHOLE_FIELDS = (
    "tests/scenarios/test_stories.py", "tests/test_end_to_end.py", "tests/test_cross_protocol.py",
    "tests/foreign/test_stack.py", "tests/foreign/opcua/test_stack.py", "tests/test_readme.py",
    "tests/ui/screens/test_whole_field.py", "tests/ui/figures/test_endtoend.py",
)  # fmt: skip


class ByFile(LoadScopeScheduling):
    """Gives a worker the tests of a file, or of all whole fields."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return "whole fields" if file in WHOLE_FIELDS else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    """Called by pytest-xdist."""
    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Called in every worker, which must come to the same order."""
    order = {file: i for i, file in enumerate(WHOLE_FIELDS)}
    items.sort(key=lambda item: order.get(item.nodeid.partition("::")[0], len(order)))

"""Tests side by side: a plugin for pytest-xdist, which `make test` uses.

A file's tests stay together, since they share what is costly to start. Those that start whole fields also stay
together, one field after the other: two at once would be too much for two cores. They come first, as they wait most;
then what else takes long, so that no worker begins it when the other has nothing left.
pytest-xdist 3.8 has groups of its own for this, but pytest 9.2 no longer shows them to it.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

WHOLE_FIELDS = (
    "tests/test_readme.py", "tests/ui/screens/test_whole_field.py", "tests/test_end_to_end.py",  # these share one
    "tests/scenarios/test_stories.py", "tests/hil/test_stack.py", "tests/test_cross_protocol.py",
    "tests/foreign/test_stack.py", "tests/foreign/opcua/test_stack.py", "tests/ui/measuring/test_endtoend.py",
)  # fmt: skip

LONG = (  # the dearest first
    "tests/plant/process/test_signatures.py", "tests/plant/process/steady/test_field.py",
    "tests/simulators/test_field.py", "tests/plant/process/whole/test_ledger.py",
    "tests/plant/process/whole/test_producer.py", "tests/control/acquisition/test_driver_contract.py",
    "tests/plant/process/facility/test_compressor.py", "tests/plant/process/facility/test_station.py",
    "tests/test_patience.py", "tests/ui/measuring/test_physics.py", "tests/plant/process/test_malfunction_pair.py",
    "tests/ui/measuring/test_steady.py",
)  # fmt: skip


class ByFile(LoadScopeScheduling):
    """Gives a worker the tests of a file, or of all whole fields."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return "whole fields" if file in WHOLE_FIELDS else file

    def remove_node(self, node: WorkerController) -> str | None:
        """Called when a worker has ended; the test at which it died, which counts as done.

        pytest-xdist would give that test to the next worker, which would die of it too, and give out again what is
        done already: a worker that gets nothing but such work waits for more for ever.
        """
        units = self.assigned_work.pop(node)
        died_at = next((test for unit in units.values() for test, done in unit.items() if not done), None)
        if died_at is not None:
            units[self._split_scope(died_at)][died_at] = True
            left = {scope: unit for scope, unit in units.items() if not all(unit.values())}
            self.workqueue = OrderedDict(left | self.workqueue)
            for other in self.assigned_work:
                self._reschedule(other)
        return died_at


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    """Called by pytest-xdist."""
    return ByFile(config, log)


@pytest.hookimpl(tryfirst=True)  # pytest chooses by marker here
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Called in every worker, which must come to the same order."""
    for item in items:
        if item.nodeid.partition("::")[0] in WHOLE_FIELDS:
            item.add_marker("whole_field")
    order = {file: i for i, file in enumerate(WHOLE_FIELDS + LONG)}
    items.sort(key=lambda item: order.get(item.nodeid.partition("::")[0], len(order)))

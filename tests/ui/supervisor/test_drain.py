"""The order in which a running field ends."""

import asyncio

import pytest

from tests.limit import HANGS
from ui.supervisor.drain import drain
from ui.supervisor.program import PROGRAMS

pytestmark = pytest.mark.anyio


class Slow:
    """A child that ends once all of its level have been told to; ``told`` is every child told so far."""

    def __init__(self, name: str, level: asyncio.Barrier, told: list[str], ends: bool = True):
        self.name, self._level, self._told, self._ends = name, level, told, ends

    async def stop(self, grace: float) -> bool:
        assert grace == 10.0
        self._told.append(self.name)
        await self._level.wait()
        return self._ends


async def test_children_of_a_level_end_at_once_and_lower_ones_only_after_them() -> None:
    """One that had to wait for another of its level would wait for ever here."""
    told: list[str] = []
    alone, together = asyncio.Barrier(1), asyncio.Barrier(2)
    children = [
        (0, Slow("bus", alone, told)), (2, Slow("api", together, told)), (1, Slow("control", alone, told)),
        (2, Slow("screens", together, told, ends=False)),
    ]  # fmt: skip
    async with asyncio.timeout(HANGS):
        assert await drain(children, 10.0) == ["screens"]
    assert told == ["api", "screens", "control", "bus"]


def test_what_measures_ends_before_what_it_measures_and_what_stores_after_all_that_measure() -> None:
    """The bus, which all need, is the last."""
    level = {program.name: program.level for program in PROGRAMS}
    assert level["control"] > level["field"]
    assert level["historian"] < min(level[name] for name in ("control", "twin", "api", "screens"))
    assert level["bus"] < min(of for name, of in level.items() if name != "bus")

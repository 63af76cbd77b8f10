"""Guessing: each wrong password makes the next try at that name, from that place, wait longer.

A name that is guessed at from elsewhere stays open to whoever comes from where it is known: only a pair of name and
place is slowed down, and a place by itself once it has tried many names.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from ui.identity.error import Busy

FREE = 3  # wrong ones without a wait
FREE_OF_PLACE = 30  # of one place over all names
LONGEST = 15 * 60.0  # s
FORGOTTEN = 60 * 60.0  # s without a try
ROOM = 20_000  # pairs that are remembered: the oldest is forgotten


@dataclass
class _Tally:
    wrong: int = 0
    last: float = 0.0

    def wait(self, free: int, now: float) -> float:
        beyond = self.wrong - free
        return 0.0 if beyond < 0 else max(self.last + min(2.0 ** min(beyond, 20), LONGEST) - now, 0.0)


class Guessing:
    """What was guessed wrong, by name and place and by place."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._tallies: OrderedDict[tuple[str, str], _Tally] = OrderedDict()

    def check(self, name: str, place: str) -> None:
        """Let a try pass. Raises :class:`Busy` where it comes too soon after wrong ones."""
        now = self._clock()
        waits = (self._of(key).wait(free, now) for key, free in _keys(name, place))
        if (wait := max(waits)) > 0.0:
            raise Busy("too many wrong passwords", wait)

    def wrong(self, name: str, place: str) -> None:
        """Remember a wrong one."""
        for key, _ in _keys(name, place):
            tally = self._of(key)
            tally.wrong, tally.last = tally.wrong + 1, self._clock()
            self._tallies[key] = tally
            self._tallies.move_to_end(key)
        while len(self._tallies) > ROOM:
            self._tallies.popitem(last=False)

    def right(self, name: str, place: str) -> None:
        """Forget what was wrong with that name from there."""
        self._tallies.pop((name.casefold(), place), None)

    def _of(self, key: tuple[str, str]) -> _Tally:
        tally = self._tallies.get(key)
        return _Tally() if tally is None or self._clock() - tally.last > FORGOTTEN else tally


def _keys(name: str, place: str) -> tuple[tuple[tuple[str, str], int], ...]:
    return ((name.casefold(), place), FREE), (("", place), FREE_OF_PLACE)

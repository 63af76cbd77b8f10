"""Draining: children are told to end level by level, so that each still has what it needs to finish its work."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Protocol


class Stoppable(Protocol):
    """What is asked of a :class:`ui.supervisor.child.Child` here."""

    name: str

    async def stop(self, grace: float) -> bool:
        """Ask it to end, kill it after ``grace`` seconds; whether it ended by itself."""
        ...


async def drain(children: Sequence[tuple[int, Stoppable]], grace: float) -> list[str]:
    """Stop children by level, the highest first and those of one level at once; the names of those killed."""
    killed: list[str] = []
    for level in sorted({level for level, _ in children}, reverse=True):
        ending = [child for at, child in children if at == level]
        in_time = await asyncio.gather(*(child.stop(grace) for child in ending))
        killed += [child.name for child, ended in zip(ending, in_time, strict=True) if not ended]
    return killed

"""A part of the field that moves: named arrays, changed in place and nowhere else."""

from __future__ import annotations

import copy
from typing import Any, Self

from plant.process.facility.board import Board
from plant.process.parameter import Array


class Part:
    """Holds ``state``, every array that moves by its name; each is an attribute of that name too.

    To save a part is to copy these arrays, to restore it is to write into them. What ``boards`` it has for a compiled
    loop are copied with it, so that a copy's arrays are views of the copy's own boards.
    """

    boards: tuple[Board, ...] = ()

    def __init__(self, **state: Array):
        self.state = state
        self.__dict__.update(state)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        for board in self.boards:
            board.note_copy(memo)
        memo[id(self)] = other = self.__class__.__new__(self.__class__)
        other.__dict__.update(copy.deepcopy(self.__dict__, memo))
        return other

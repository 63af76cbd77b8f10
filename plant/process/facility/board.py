"""The numbers of a part for a compiled loop: one matrix, of which the arrays that have names are views.

A loop takes a matrix in place of fifty arrays, for each array that crosses into compiled code costs time. Whoever
writes into an array writes into the matrix.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from plant.process.parameter import Array

Source = tuple[Any, tuple[str, ...]]  # an object, and the names of its arrays


class Board:
    """``matrix`` has a row for every name of ``kind`` and a column for every asset.

    The sources' arrays, in the order of the kind's names, move into it; an array of several rows takes several names.
    """

    def __init__(self, kind: Any, n: int, *sources: Source):
        self.matrix = np.zeros((len(kind._fields), n))
        self.rows = kind(*self.matrix)
        self._sources, row = sources, 0
        for holder, names in sources:
            for name in names:
                array = np.asarray(getattr(holder, name), float)
                taken = array.size // n if n else 1
                view = self.matrix[row : row + taken].reshape(array.shape)
                view[...] = array
                _put(holder, name, view)
                row += taken
        assert row == len(kind._fields), f"{kind.__name__} names {len(kind._fields)} rows, and {row} were given"

    def note_copy(self, memo: dict[int, Any]) -> None:
        """Tell a deep copy, once, that the arrays' copies are views of the matrix' copy."""
        if id(self.matrix) in memo:
            return
        memo[id(self.matrix)] = copied = self.matrix.copy()
        memo |= {id(row): copied[r] for r, row in enumerate(self.rows)}
        row = 0
        for holder, names in self._sources:
            for name in names:
                view = getattr(holder, name)
                taken = view.size // max(self.matrix.shape[1], 1)
                memo[id(view)] = copied[row : row + taken].reshape(view.shape)
                row += taken


def _put(holder: Any, name: str, view: Array) -> None:
    setattr(holder, name, view)
    if name in getattr(holder, "state", ()):
        holder.state[name] = view

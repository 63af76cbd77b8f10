"""A part of the field that moves: named arrays, changed in place and nowhere else."""

from __future__ import annotations

from plant.process.parameter import Array


class Part:
    """Holds ``state``, every array that moves by its name; each is an attribute of that name too.

    To save a part is to copy these arrays, to restore it is to write into them.
    """

    def __init__(self, **state: Array):
        self.state = state
        self.__dict__.update(state)

"""Lift tables: bottomhole pressure over rate, wellhead pressure, water, gas and artificial lift.

A table is computed once from a traverse and interpolated ever after, here as in a reservoir simulator.
:mod:`plant.physics.vfp_file` writes and reads the simulator's form.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.error import OutOfRange

Floats = NDArray[np.float64]
RATES = ("OIL", "LIQ", "GAS")
WATER = ("WOR", "WCT", "WGR")
GAS = ("GOR", "GLR", "OGR")
LIFTS = ("", "GRAT", "IGLR", "TGLR", "PUMP", "COMP", "DENO", "DENG", "BEAN")
AXES = ("flo", "thp", "wfr", "gfr", "alq")


@dataclass(frozen=True)
class LiftTable:
    """A lift table of a producer in SI: five rising axes and the pressure on their grid.

    ``bhp`` has the axes' order: rate, wellhead pressure, water fraction, gas fraction, artificial lift. What the
    rate and the fractions are is named as the simulator names it. Raises :class:`OutOfRange` where an axis does
    not rise or a name is not known, and where the grid is not that of the axes.
    """

    number: int
    depth: float  # of the bottomhole pressure [m]
    flo: Floats  # [m³/s]
    thp: Floats  # [Pa]
    wfr: Floats  # [m³/m³]
    gfr: Floats  # [m³/m³]
    alq: Floats  # [m³/s] of GRAT, else as is
    bhp: Floats  # [Pa]
    rate: str = "LIQ"
    water: str = "WCT"
    gas: str = "GOR"
    lift: str = ""

    def __post_init__(self) -> None:
        for axis in (*AXES, "bhp"):
            object.__setattr__(self, axis, np.asarray(getattr(self, axis), float))
        for axis in AXES:
            _require_rising(axis, getattr(self, axis))
        for name, known in (("rate", RATES), ("water", WATER), ("gas", GAS), ("lift", LIFTS)):
            if getattr(self, name) not in known:
                raise OutOfRange(name, getattr(self, name), f"must be one of {', '.join(filter(None, known))}")
        shape = tuple(getattr(self, axis).size for axis in AXES)
        if self.bhp.shape != shape or not np.isfinite(self.bhp).all():
            raise OutOfRange("bhp", self.bhp.shape, f"must be finite and of the axes' shape {shape}")


def lift_table(
    number: int, depth: float, axes: Sequence[ArrayLike], bottomhole: Callable[..., ArrayLike], **names: str
) -> LiftTable:
    r"""Tabulate a traverse.

    .. math:: p_{wf} = p_{wf}(q, p_{wh}, f_w, R, a)

    Parameters
    ----------
    number : int
        Of the table, as wells refer to it.
    depth : float
        Datum of the bottomhole pressure. [m]
    axes : sequence of five array_like
        Rates, wellhead pressures, water and gas fractions, lift quantities. [m³/s, Pa, m³/m³, m³/m³, m³/s]
    bottomhole : callable
        Bottomhole pressure of these five, arrays in and out. [Pa]
    names : str
        ``rate``, ``water``, ``gas``, ``lift`` where they are not LIQ, WCT, GOR and none.

    Examples
    --------
    >>> table = lift_table(1, 2000.0, ([1e-3, 2e-3], [1e6], [0.0], [50.0], [0.0]), lambda q, p, w, r, a: p + 1e9 * q)
    >>> table.bhp.ravel().tolist()
    [2000000.0, 3000000.0]
    """
    columns = [np.atleast_1d(np.asarray(axis, float)) for axis in axes]
    grid = np.meshgrid(*columns, indexing="ij")
    flo, thp, wfr, gfr, alq = columns
    bhp = np.broadcast_to(bottomhole(*grid), grid[0].shape)
    return LiftTable(number, depth, flo, thp, wfr, gfr, alq, bhp, **names)


def bottomhole_pressure(
    table: LiftTable,
    flo: ArrayLike,
    thp: ArrayLike,
    wfr: ArrayLike = 0.0,
    gfr: ArrayLike = 0.0,
    alq: ArrayLike = 0.0,
) -> Floats:
    r"""Pressure at the datum, straight between the table's points along each axis.

    .. math:: p_{wf} = \sum_{corners} p_{corner} \prod_{axes} w

    Parameters
    ----------
    table : LiftTable
        As computed or read.
    flo, thp, wfr, gfr, alq : array_like
        Rate, wellhead pressure, water and gas fraction, lift quantity. [m³/s, Pa, m³/m³, m³/m³, m³/s]

    Notes
    -----
    Beyond an axis the last straight piece is continued, as reservoir simulators do; an axis of one point does
    not matter.

    Examples
    --------
    >>> table = lift_table(1, 2000.0, ([1e-3, 2e-3], [1e6], [0.0], [50.0], [0.0]), lambda q, p, w, r, a: p + 1e9 * q)
    >>> float(bottomhole_pressure(table, 1.5e-3, 1e6))
    2500000.0
    """
    located = [_locate(getattr(table, axis), x) for axis, x in zip(AXES, (flo, thp, wfr, gfr, alq), strict=True)]
    total = np.zeros(np.broadcast_shapes(*(np.shape(weight) for _, weight in located)))
    bhp = _padded(table.bhp)
    for corner in itertools.product((0, 1), repeat=len(AXES)):
        index, share = [], 1.0
        for side, (at, weight) in zip(corner, located, strict=True):
            index.append(at + side)
            share = share * (weight if side else 1.0 - weight)
        total = total + share * bhp[tuple(index)]
    return total


def _locate(axis: Floats, x: ArrayLike) -> tuple[NDArray[np.int64], Floats]:
    """Interval of the axis that holds x, or is nearest, and how far into it x lies."""
    x = np.asarray(x, float)
    if axis.size == 1:
        return np.zeros(x.shape, int), np.zeros(x.shape)
    at = np.clip(np.searchsorted(axis, x, side="right") - 1, 0, axis.size - 2)
    return at, (x - axis[at]) / (axis[at + 1] - axis[at])


def _padded(bhp: Floats) -> Floats:
    """The grid with a second point on axes of one, so that every point has a neighbour."""
    return np.pad(bhp, [(0, 1 if size == 1 else 0) for size in bhp.shape], mode="edge")


def _require_rising(name: str, axis: Floats) -> None:
    if axis.ndim != 1 or axis.size == 0 or not np.all(np.diff(axis) > 0.0) or not np.isfinite(axis).all():
        raise OutOfRange(name, axis.tolist(), "must be finite and rise from value to value")

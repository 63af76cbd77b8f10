"""The wells of a field, compiled, eight at once.

What is compiled is the same functions that NumPy runs, those of the physics library without their guards. A stride has
neither branches nor calls; what it finds goes to a buffer on the stack that nothing else can point to; and wells are
counted in numbers without a sign, since Numba looks up a negative index from the other end. So the compiler can take
as many wells at once as a register holds. Wells for which a stride is too long are gathered and go on by shorter ones.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from numba import carray, typeof
from numpy.typing import NDArray

from plant.process.compiler import inlined, loop, put, register, room, take
from plant.process.esp.freshness import Seen, departure, seen_of
from plant.process.esp.liquid import leaving, liquid_of
from plant.process.esp.row import Array, Liquid, Motion, Outside, Parameters, Slow
from plant.process.esp.step_size import Setting
from plant.process.esp.stride import parts_of, present, stride

Wells = NDArray[Any]  # which of them: whole numbers

register()
LANES = 8  # numbers in the widest register
SPARE = 4  # lanes that may do a well over again before it pays to take the wells one by one
ABREAST = 64  # wells whose strides are kept before they are written back
WIDE = ABREAST + LANES  # of a row: with 64 numbers each, the rows would fall on each other in the processor's cache
N_M, N_O = len(Motion._fields), len(Slow._fields)
KEPT = N_M + N_O + 1  # numbers of a stride

buffer = room(KEPT * WIDE)
motion, slow, parameters = take(Motion), take(Slow), take(Parameters)
liquid, outside, seen = take(Liquid), take(Outside), take(Seen)
put_motion, put_slow, put_liquid, put_seen = put(Motion), put(Slow), put(Liquid), put(Seen)


class Matrices(NamedTuple):
    """Of so many wells, each with a row for every name and a column for every well. The loops change them in place."""

    motion: Array
    slow: Array
    parameters: Array
    liquid: Array
    seen: Array
    outside: Array


def step(s: Matrices, setting: Setting, dt: float, table: Array, z: Array) -> None:
    """Everything of all wells ``dt`` seconds later [s].

    Not compiled: what calls compiled code of which it is made up is compiled with all of that once more.
    """
    n, parts = s.motion.shape[1], max(math.ceil(dt / setting.substep - 1e-9), 1)
    apart, limit = np.empty(n), setting.agreement if parts > 1 else np.inf
    if not advance(s, n, np.full(n, dt), limit, apart, table):
        return
    wells = np.flatnonzero(~(apart <= limit))
    needed = np.array([parts_of(float(apart[i]), setting.agreement, parts) for i in wells])
    order = np.argsort(-needed)
    for start in range(0, len(order), ABREAST):
        some = order[start : start + ABREAST]
        pursue(s, wells[some], needed[some], setting, dt, table, z)


@loop
def refresh(s: Matrices, changed: float, z: Array) -> None:
    """Work out the properties of the wells that have changed since theirs were."""
    moved = carray(buffer(), (1, ABREAST))
    old = np.empty(s.motion.shape[1] + LANES, np.uintp)
    count = np.int64(0)  # a plain 0 would have `renew` compiled for that number, too
    for start in range(0, s.motion.shape[1], ABREAST):
        some = min(ABREAST, s.motion.shape[1] - start)
        for k in range(np.uintp(some)):
            i = np.uintp(start) + k
            now = seen_of(motion(s.motion, i), slow(s.slow, i), parameters(s.parameters, i))
            moved[0, k] = departure(now, seen(s.seen, i), changed)
        for j in range(some):
            if moved[0, j] > 0.0:
                old[count] = start + j
                count += 1
    renew(s, old, count, z)


@loop
def advance(s: Matrices, upto: int, dt: Array, limit: float, apart: Array, table: Array) -> int:
    """One stride of the first wells, each by its own ``dt``; who is further ``apart`` than ``limit`` stays.

    Returns how many stay.
    """
    kept, staying = carray(buffer(), (KEPT, WIDE)), 0
    for start in range(0, upto, ABREAST):
        some = min(ABREAST, upto - start)
        for k in range(np.uintp(some)):
            i = np.uintp(start) + k
            w, li, u = parameters(s.parameters, i), liquid(s.liquid, i), outside(s.outside, i)
            m, o, kept[N_M + N_O, k] = stride(motion(s.motion, i), slow(s.slow, i), w, li, u, dt[i], table)
            put_motion(m, kept, 0, k)
            put_slow(o, kept, N_M, k)
        for k in range(some):
            well = start + k
            apart[well] = kept[N_M + N_O, k]
            if not apart[well] <= limit:
                staying += 1
                put_motion(motion(s.motion, well), kept, 0, k)
                put_slow(slow(s.slow, well), kept, N_M, k)
        for r in range(N_M):
            for k in range(some):
                s.motion[r, start + k] = kept[r, k]
        for r in range(N_O):
            for k in range(some):
                s.slow[r, start + k] = kept[N_M + r, k]
    return staying


@loop
def pursue(s: Matrices, wells: Wells, needed: Wells, setting: Setting, dt: float, table: Array, z: Array) -> None:
    """Take these wells, at most ``ABREAST``, on by as many shorter strides as each needs; who needs most is first."""
    g = Matrices(
        gathered(s.motion, wells), gathered(s.slow, wells), gathered(s.parameters, wells),
        gathered(s.liquid, wells), gathered(s.seen, wells), gathered(s.outside, wells),
    )  # fmt: skip
    length, apart, old, count = np.ones(WIDE), np.empty(WIDE), np.empty(WIDE, np.uintp), len(wells)
    length[:count] = dt / needed
    for part in range(needed[0]):
        advance(g, filled(count), length, np.inf, apart, table)
        aged = np.int64(0)
        for k in range(count):
            is_time = (part + 1) % max(int(setting.fresh / length[k]), 1) == 0
            if is_time and is_old(g, k, setting.changed):
                old[aged] = k
                aged += 1
        renew(g, old, aged, z)
        while count > 0 and needed[count - 1] == part + 1:
            count -= 1
            i = wells[count]
            put_motion(motion(g.motion, count), s.motion, 0, i)
            put_slow(slow(g.slow, count), s.slow, 0, i)
            put_liquid(liquid(g.liquid, count), s.liquid, 0, i)
            put_seen(seen(g.seen, count), s.seen, 0, i)


@loop
def renew(s: Matrices, wells: Wells, count: int, z: Array) -> None:
    """Work out the properties of the first ``count`` of these wells; ``wells`` has room for ``LANES`` more."""
    kept = carray(buffer(), (KEPT, WIDE))
    for start in range(0, count, ABREAST):
        some = min(ABREAST, count - start)
        for k in range(some, filled(some)):
            wells[start + k] = wells[0]
        for k in range(np.uintp(filled(some))):
            i = wells[np.uintp(start) + k]
            m, o, w = motion(s.motion, i), slow(s.slow, i), parameters(s.parameters, i)
            li = present(liquid(s.liquid, i), o)
            put_liquid(liquid_of(m, o, w, li, leaving(m, o, w, li), z), kept, 0, k)
        for k in range(some):
            i = wells[start + k]
            put_liquid(liquid(kept, k), s.liquid, 0, i)
            put_seen(seen_of(motion(s.motion, i), slow(s.slow, i), parameters(s.parameters, i)), s.seen, 0, i)


@inlined
def is_old(s: Matrices, i: int, changed: float) -> Any:
    """Whether a well has changed since its properties were worked out."""
    now = seen_of(motion(s.motion, i), slow(s.slow, i), parameters(s.parameters, i))
    return departure(now, seen(s.seen, i), changed) > 0.0


@loop
def gathered(matrix: Array, wells: Wells) -> Array:
    """Their columns beside each other; the first again in the lanes that are left over."""
    group = np.empty((matrix.shape[0], WIDE))
    for r in range(matrix.shape[0]):
        for k in range(len(wells)):
            group[r, k] = matrix[r, wells[k]]
        for k in range(len(wells), filled(len(wells))):
            group[r, k] = group[r, 0]
    return group


@loop
def filled(count: int) -> int:
    """Wells that are taken in place of so many, so that they fill whole registers, where that pays."""
    whole = -(-count // LANES) * LANES
    return whole if whole - count <= SPARE else count


def compile_all() -> None:
    """What a first step and a first look at the properties would compile."""
    kinds = Motion, Slow, Parameters, Liquid, Seen, Outside
    s = typeof(Matrices(*(np.zeros((len(kind._fields), 1)) for kind in kinds)))
    row, number, wells = typeof(np.zeros(1)), typeof(0.0), typeof(np.zeros(1, np.intp))
    advance.compile((s, typeof(0), row, number, row, row))
    refresh.compile((s, number, row))
    pursue.compile((s, wells, wells, typeof(Setting()), number, row, row))

"""A station's lines, separators and tanks, compiled: the same equations that NumPy runs, one asset after the other."""

from __future__ import annotations

import numpy as np
from numba import typeof
from numpy.typing import NDArray

from plant.process.compiler import loop, put, register, take
from plant.process.facility import filling, growth, line, parting
from plant.process.facility.line import TINY, liquid_heat
from plant.process.facility.row import LineKind, LineState, Stream, TankKind, TankState, Valve, VesselKind, VesselState
from plant.process.parameter import Array

Whole = NDArray[np.int64]

register()
line_of, line_kind, vessel_of, vessel_kind = take(LineState), take(LineKind), take(VesselState), take(VesselKind)
valve_of, tank_of, tank_kind = take(Valve), take(TankState), take(TankKind)
put_line, put_vessel, put_tank = put(LineState), put(VesselState), put(TankState)
line_moved, vessel_moved, tank_moved, line_pressure = line.moved, parting.moved, filling.moved, line.pressure
frozen, waxed = growth.frozen, growth.waxed


@loop
def move_lines(lines: Array, kinds: Array, dt: float, arriving: Array, T: Array, p_behind: Array) -> None:
    """Lines ``dt`` later [s], with what arrives (3, m) of these temperatures, against the pressure behind each."""
    for i in range(lines.shape[1]):
        stream = Stream(arriving[0, i], arriving[1, i], arriving[2, i])
        moved = line_moved(line_of(lines, i), line_kind(kinds, i), dt, stream, T[i], p_behind[i])
        put_line(moved, lines, 0, i)


@loop
def line_pressures(lines: Array, kinds: Array) -> Array:
    """At the manifolds [Pa]."""
    p = np.empty(lines.shape[1])
    for i in range(len(p)):
        p[i] = line_pressure(line_of(lines, i), line_kind(kinds, i))
    return p


@loop
def grow(hydrate: Array, wax: Array, kinds: Array, dt: float, T: Array, p: Array) -> None:
    """What grows in lines ``dt`` later [s], in streams of these temperatures and pressures."""
    for i in range(len(hydrate)):
        k = line_kind(kinds, i)
        hydrate[i] = frozen(hydrate[i], k, dt, T[i], p[i])
        wax[i] = waxed(wax[i], k, dt, T[i])


@loop
def gather(streams: Array, T: Array, to: Whole, T_still: Array) -> tuple[Array, Array]:
    """Streams (3, n) of these temperatures as they meet at the manifolds; where none comes, it is still that warm."""
    m = len(T_still)
    met, brought, T_met = np.zeros((3, m)), np.zeros(m), np.zeros(m)
    for i in range(len(T)):
        heat = liquid_heat(streams[0, i], streams[1, i])
        brought[to[i]] += heat
        T_met[to[i]] += heat * T[i]
        for phase in range(3):
            met[phase, to[i]] += streams[phase, i]
    for k in range(m):
        T_met[k] = T_met[k] / max(brought[k], TINY) if brought[k] > 0.0 else T_still[k]
    return met, T_met


@loop
def move_vessels(
    vessels: Array, kinds: Array, valves: tuple[Array, Array, Array], dt: float, arriving: Array, T: Array,
    targets: tuple[Array, Array, Array], p_gas: float, to_flare: float, gas_way: float,
) -> None:  # fmt: skip
    """Separators ``dt`` later [s]; valves and targets are those of oil, water and gas."""
    for i in range(vessels.shape[1]):
        stream = Stream(arriving[0, i], arriving[1, i], arriving[2, i])
        moved = vessel_moved(
            vessel_of(vessels, i), vessel_kind(kinds, i), valve_of(valves[0], i), valve_of(valves[1], i),
            valve_of(valves[2], i), dt, stream, T[i], targets[0][i], targets[1][i], targets[2][i],
            p_gas, to_flare, gas_way,
        )  # fmt: skip
        put_vessel(moved, vessels, 0, i)


@loop
def move_tanks(tanks: Array, kinds: Array, dt: float, oil: Array, water: Array, supply: float) -> None:
    """Tanks ``dt`` later [s], with what comes from the separators' oil and water outlets (3,)."""
    for i in range(tanks.shape[1]):
        moved = tank_moved(
            tank_of(tanks, i), tank_kind(kinds, i), dt, Stream(oil[0], oil[1], oil[2]),
            Stream(water[0], water[1], water[2]), supply,
        )  # fmt: skip
        put_tank(moved, tanks, 0, i)


def compile_all() -> None:
    """What a first step would compile."""
    matrix, row, number, whole = (typeof(one) for one in (np.zeros((1, 1)), np.zeros(1), 0.0, np.zeros(1, np.int64)))
    three = typeof((np.zeros((1, 1)),) * 3), typeof((np.zeros(1),) * 3)
    move_lines.compile((matrix, matrix, number, matrix, row, row))
    line_pressures.compile((matrix, matrix))
    grow.compile((row, row, matrix, number, row, row))
    gather.compile((matrix, row, whole, row))
    move_vessels.compile((matrix, matrix, three[0], number, matrix, row, three[1], number, number, number))
    move_tanks.compile((matrix, matrix, number, row, row, number))

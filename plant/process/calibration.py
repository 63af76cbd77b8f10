"""Derives what was not published of a field from what was measured on it.

Reservoir pressure is that of a water column, less a depletion; productivity is what then gives the
measured rate at the measured frequency. Where the catalogue contradicts the measurements, a factor per
well takes up the difference: of head where the intake pressure would fall below what the casing pressure
and a column of oil above the pump allow, of shaft power where the measured current differs, of choke
and line where the measured pressures do. ``plant/asset/fields/shengli12.toml`` holds the results, and a
test derives them again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plant.asset.field import Field
from plant.process.esp.contents import Rest, at_rest, discharge_pressure, flowing_pressure
from plant.process.esp.duty import working
from plant.process.esp.parameter import over_wells, well_parameters
from plant.process.esp.pressure import G, line_loss, place, root
from plant.process.esp.rate import SMALL_DROP, inflow
from plant.process.esp.row import Array, Parameters
from plant.process.facility.flowline import FlowlineParameters, flowline_parameters

ATMOSPHERE = 101_325.0
DEPLETION = 0.9  # reservoir pressure over that of a water column from the surface
SUBMERGENCE = 100.0  # least height of oil above a pump that runs steadily [m]
ROUNDS = 12  # of substitution between intake pressure and what flows
HALVINGS = 60  # in search of a factor


@dataclass(frozen=True)
class Calibration:
    """What was derived: an array over the wells each, and the factors of the flowlines."""

    intake_pressure: Array
    reservoir_pressure: Array
    productivity: Array
    head: Array
    power: Array
    choke: Array
    line: Array
    flowline: Array


def calibrate(field: Field) -> Calibration:
    """Derive inflow and factors of every well; those that ``field`` carries are not looked at."""
    w, table = well_parameters(field)
    for factor in (w.head_factor, w.line_factor, w.power_factor):
        factor[:] = 1.0
    q, p_wh, T_wh = (_measured(field, name) for name in ("rate", "wellhead_pressure", "wellhead_temperature"))
    least = _measured(field, "casing_pressure") + G * SUBMERGENCE * w.rho_o
    intake, T_i = least, w.T_pump
    for _ in range(ROUNDS):
        rest = at_rest(w, q, p_wh, intake, T_i, T_wh)
        _set_power_factor(field, rest, w, table)
        work = working(rest, w, table, _measured(field, "frequency"), q)
        discharge = discharge_pressure(rest, w, p_wh)
        intake = np.maximum(discharge - work.lift, least)
        T_i = work.T_i
    rho_water = over_wells(field, lambda well: well.fluid.water_density)
    reservoir = ATMOSPHERE + DEPLETION * G * rho_water * (w.h_pump + w.h_below)
    return Calibration(
        intake_pressure=intake,
        reservoir_pressure=reservoir,
        productivity=_productivity(field, reservoir, flowing_pressure(rest, w, intake), w),
        head=(discharge - intake) / work.lift,
        power=w.power_factor.copy(),
        choke=_choke_factor(field, rest, w),
        line=_line_factor(field, rest, w),
        flowline=_flowline_factor(flowline_parameters(field), field.separator.pressure),
    )


def _measured(field: Field, name: str) -> Array:
    return over_wells(field, lambda well: getattr(well.measured, name))


def _set_power_factor(field: Field, rest: Rest, w: Parameters, table: Array) -> None:
    """To the shaft power that the measured current means, over the tested one; 1 where no current was published."""
    current = over_wells(field, lambda well: well.measured.current or np.nan)
    f, q = _measured(field, "frequency"), _measured(field, "rate")
    low, high = np.full_like(current, 0.1), np.full_like(current, 2.5)
    for _ in range(HALVINGS):
        w.power_factor[:] = 0.5 * (low + high)
        is_low = working(rest, w, table, f, q).electricity.current < current
        low, high = np.where(is_low, w.power_factor, low), np.where(is_low, high, w.power_factor)
    w.power_factor[np.isnan(current)] = 1.0


def _productivity(field: Field, reservoir: Array, flowing: Array, w: Parameters) -> Array:
    """That makes the composite inflow curve pass through the measured rate."""
    w.reservoir_pressure[:], w.productivity[:] = reservoir, 1.0
    return _measured(field, "rate") / inflow(flowing, w)[0]


def _choke_factor(field: Field, rest: Rest, w: Parameters) -> Array:
    drop = _measured(field, "wellhead_pressure") - _measured(field, "flowline_pressure")
    at = place(rest.m, w, rest.li)
    gas = rest.li.gas_slip * at.gas / (_measured(field, "wellhead_pressure") * at.liquid)
    opening, factor = (
        over_wells(field, get) for get in (lambda one: one.choke.opening, lambda one: one.factors.choke.value)
    )
    through = w.choke_full / factor * opening * root(drop, SMALL_DROP)[0] / np.sqrt(1.0 + gas)
    return _tubing_rate(field, rest, w) / through


def _tubing_rate(field: Field, rest: Rest, w: Parameters) -> Array:
    """The measured rate as it is in the tubing."""
    return _measured(field, "rate") * ((1.0 - w.water_cut) * rest.li.B_tubing + w.water_cut)


def _line_factor(field: Field, rest: Rest, w: Parameters) -> Array:
    manifold = {one.wellpad: one.design_pressure for one in field.manifolds}
    behind = over_wells(field, lambda well: manifold[well.wellpad])
    return (_measured(field, "flowline_pressure") - behind) / line_loss(_tubing_rate(field, rest, w), w, rest.li)


def _flowline_factor(lines: FlowlineParameters, separator_pressure: float) -> Array:
    loss = lines.friction(lines.rate, lines.water_cut, lines.temperature) / lines.factor * lines.rate
    return (lines.design_pressure - separator_pressure) / loss

"""The rates and pressures at which a whole field settles.

Each well is scanned once, which gives its rate at any pressure of its manifold. The network of lines is then solved
for the manifolds' pressures with these tables, and both together are corrected with wells and lines as they are.
Who does not settle is named, with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from plant.asset.field import Field
from plant.error import OutOfRange
from plant.physics.nodal import Outcome
from plant.physics.performance import tabulate
from plant.process.esp.parameter import well_parameters
from plant.process.esp.pump_table import pump_tables
from plant.process.esp.row import Array, Parameters
from plant.process.facility.flowline import FlowlineParameters, flowline_parameters
from plant.process.steady.flow import Flow, Way
from plant.process.steady.gathering import Lines
from plant.process.steady.setting import Setting, measured_setting
from plant.process.steady.settling import PRESSURE_TOLERANCE, Settled, Settling

SCANS = ((3, 25, 0), (8, 33, 10))  # rounds of substitution, rates, and halvings between these
REASONS = {
    Outcome.DEAD: "does not flow: at no rate does its pressure reach that of the manifold",
    Outcome.BEYOND: "would flow more than its inflow gives at no pressure: its numbers contradict each other",
    Outcome.ASTRAY: "has a rate by the scan, but none was met within the tolerance: it may cycle",
}
CLOSED = "does not flow: its choke is closed"


@dataclass(frozen=True)
class SteadyField:
    """Where a field settles: an element per well, then one per manifold.

    Rates are of liquid at standard conditions, 0 of wells that do not flow and NaN of wells that went astray.
    ``reasons`` names every well that does not flow; ``converged`` is False where some well went astray or the lines'
    pressures missed each other by ``residual``, and then the numbers are the best found.
    """

    q: Array  # [m³/s]
    way: Way  # pressures of each well from the perforations on [Pa]; of a well at rest, as if it began to flow
    outcome: NDArray[np.int8]  # of the search, by plant.physics.nodal.Outcome
    roots: NDArray[np.int64]  # of the scan, stable and not: the highest stable one is taken
    reasons: dict[str, str]
    p_manifold: Array  # [Pa]
    q_manifold: Array  # [m³/s]
    residual: float  # [Pa]
    converged: bool


def steady(
    field: Field,
    parameters: Parameters | None = None,
    *,
    lines: FlowlineParameters | None = None,
    setting: Setting | None = None,
    author: str | None = None,
) -> SteadyField:
    """Settle a field whose producers all have pumps.

    Parameters, lines and setting are the nominal ones and the measured one unless given. ``author`` names the
    correlation of multiphase flow that is marched along the tubings; None takes them as the process does, by
    Hagedorn and Brown's holdup at five points. Raises :class:`OutOfRange` for a field with other producers or
    risers, whose flow is not worked out here.
    """
    _require_pumps_alone(field)
    wells, table = well_parameters(field) if parameters is None else (parameters, pump_tables(field)[0])
    lines = flowline_parameters(field) if lines is None else lines
    setting = measured_setting(field) if setting is None else setting
    flow, gathering = Flow(wells, table, setting, author), Lines(field, lines, setting.p_separator)
    return _told(field, setting, gathering, _settled(flow, Settling(wells, flow, gathering)))


def _require_pumps_alone(field: Field) -> None:
    for name in ("gas_lift_wells", "natural_wells", "risers"):
        if found := getattr(field, name):
            codes = ", ".join(one.code for one in found)
            raise OutOfRange(f"{name} of {field.name}", codes, "a field is settled with pumped wells alone, no risers")


def _settled(flow: Flow, settling: Settling) -> Settled:
    """From a coarse scan; where wells then go astray, once more with a closer look."""
    for rounds, points, halvings in SCANS:
        settled = settling.settle(tabulate(partial(_arriving, flow, rounds), flow.q_max, points), halvings)
        if not np.any(settled.outcome == Outcome.ASTRAY):
            break
    return settled


def _arriving(flow: Flow, rounds: int, q: Array) -> Array:
    """One rate after the other, for contents are soon found from those before."""
    return np.stack([flow.arriving(rates, rounds) for rates in q])


def _told(field: Field, setting: Setting, gathering: Lines, settled: Settled) -> SteadyField:
    reasons = {
        well.code: CLOSED if opening == 0.0 else REASONS[Outcome(outcome)]
        for well, opening, outcome in zip(field.wells, setting.opening, settled.outcome, strict=True)
        if outcome != Outcome.FLOWING
    }
    return SteadyField(
        q=settled.q,
        way=settled.way,
        outcome=settled.outcome,
        roots=settled.roots,
        reasons=reasons,
        p_manifold=settled.p,
        q_manifold=gathering.gathered(np.nan_to_num(settled.q)),
        residual=settled.residual,
        converged=settled.residual <= PRESSURE_TOLERANCE and not np.any(settled.outcome == Outcome.ASTRAY),
    )

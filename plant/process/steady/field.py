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

from plant.asset.field import Field, Well
from plant.physics.nodal import Outcome
from plant.physics.performance import tabulate
from plant.process.flowline import FlowlineParameters, flowline_parameters
from plant.process.parameter import Array, WellParameters, well_parameters
from plant.process.pump_table import PumpTable
from plant.process.steady.flow import Flow, Way
from plant.process.steady.gassy import GassyFlow, WellFluid
from plant.process.steady.gathering import Gathering
from plant.process.steady.liquid import LiquidFlow
from plant.process.steady.setting import Setting, measured_setting
from plant.process.steady.settling import CELLS, PRESSURE_TOLERANCE, Settled, Settling

AUTHOR = "beggs_brill_payne"
SCANS = ((1, 33), (CELLS, 129))  # cells of a casing, and rates
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
    parameters: WellParameters | None = None,
    *,
    lines: FlowlineParameters | None = None,
    setting: Setting | None = None,
    author: str | None = AUTHOR,
) -> SteadyField:
    """Settle a field.

    Parameters, lines and setting are the nominal ones and the measured one unless given. ``author`` names the
    correlation of multiphase flow; None takes wells and lines as full of liquid, as the process does.
    """
    wells = well_parameters(field) if parameters is None else parameters
    lines = flowline_parameters(field) if lines is None else lines
    setting = measured_setting(field) if setting is None else setting
    flow = _flow(field, wells, setting, author)
    gathering = Gathering(field, lines, setting.p_separator, author)
    return _told(field, setting, gathering, _settled(flow, Settling(wells, flow, gathering)))


def _settled(flow: Flow, settling: Settling) -> Settled:
    """From a coarse scan; where wells then go astray, once more from one as fine as the wells."""
    for cells, points in SCANS:
        settled = settling.settle(tabulate(partial(_arriving, flow, cells), flow.q_max, points))
        if not np.any(settled.outcome == Outcome.ASTRAY):
            break
    return settled


def _arriving(flow: Flow, cells: int, q: Array) -> Array:
    return flow.way(q, cells).manifold


def _flow(field: Field, wells: WellParameters, setting: Setting, author: str | None) -> Flow:
    pump, coefficient = PumpTable(field), setting.opening * wells.choke_full
    speed = np.where(setting.energised, setting.frequency / wells.test_frequency, 0.0)
    if author is None:
        return LiquidFlow(wells, pump, speed, coefficient)
    return GassyFlow(wells, _fluid(field.wells, wells), pump, speed, coefficient, author)


def _fluid(assets: tuple[Well, ...], wells: WellParameters) -> WellFluid:
    rho_o = np.array([well.fluid.oil_density for well in assets])
    rho_w = np.array([well.fluid.water_density for well in assets])
    return WellFluid(rho_o, rho_w, wells.oil_viscosity, wells.gor, wells.water_cut)


def _told(field: Field, setting: Setting, gathering: Gathering, settled: Settled) -> SteadyField:
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

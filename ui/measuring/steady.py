"""How fast fields, wells and gradients are solved at rest, beside two libraries that are installed for this alone.

Ours and the peer answer the same questions, and how far they agree is among the figures: fluids has the same
correlation, so more than rounding is an error; pyrestoolbox has the same inflow and correlation of the tubing, but
other ones for the properties of oil and gas. A peer that is not installed is said to be absent, and its ratio is
left out.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from itertools import pairwise
from time import perf_counter, process_time
from types import ModuleType
from typing import Any

from plant.asset.field import Field
from plant.asset.field_file import load_field
from plant.error import ServiceError
from plant.process.steady.field import steady
from plant.process.tiling import tile
from ui.measuring.gradient import Gradients
from ui.measuring.operating_point import COPIES, OperatingPoints
from ui.measuring.operating_point import WELLS as ASKED

WELLS = 1000
TURN = 0.2  # least time that each works before the next one's turn [s]
ABSENT = "absent: install the extra `peers` to measure beside it"

Work = dict[str, tuple[int, Callable[[], object]]]  # by name: how many are solved in one go, and how
Part = dict[str, Any]


def measure(seconds: float) -> dict[str, Part]:
    """Figures, peers, ratios and settings, from rounds that take turns for about ``seconds``, at least one."""
    end = perf_counter() + seconds
    found: dict[str, Part] = {"figures": {}, "peers": {}, "ratios": {}, "settings": {"steady_wells": WELLS}}
    field = tile(load_field("shengli12"), WELLS)
    work: Work = {"field": (1, lambda: _settled(field))}
    toolbox, fluids = _peer("pyrestoolbox", "nodal", "oil"), _peer("fluids", "two_phase")
    if toolbox is None:
        found["peers"]["pyrestoolbox"] = ABSENT
    else:
        wells = OperatingPoints(toolbox)
        work |= {"wells": (ASKED * COPIES, wells.ours), "pyrestoolbox": (ASKED, wells.peers)}
        found["figures"] |= wells.apart()
    if fluids is None:
        found["peers"]["fluids"] = ABSENT
    else:
        points = Gradients(fluids)
        work |= {"gradients": (points.points, points.ours), "fluids": (points.points, points.peers)}
        found["figures"]["gradient_difference_max"] = points.deviation()
        found["settings"]["gradient_points"] = points.points
    best = _best(work, end)
    found["figures"]["field_steady_1000_s"] = round(best["field"], 3)
    found["figures"]["field_steady_1000_processor_s"] = round(_processor_seconds(work["field"][1]), 3)
    _compare(found, best, "operating_point", "wells", "pyrestoolbox")
    _compare(found, best, "gradient", "gradients", "fluids")
    return found


def _compare(found: dict[str, Part], best: dict[str, float], what: str, ours: str, peer: str) -> None:
    if peer in best:
        found["figures"][f"{what}s_per_s"] = round(1.0 / best[ours])
        found["peers"][f"{peer}_{what}s_per_s"] = round(1.0 / best[peer])
        found["ratios"][f"{what}_vs_{peer}"] = round(best[peer] / best[ours], 1)


def _best(work: Work, end: float) -> dict[str, float]:
    """Seconds for one of each, the best of all goes: what else the machine did is not ours."""
    best = dict.fromkeys(work, float("inf"))
    while perf_counter() < end or float("inf") in best.values():
        for name, (count, solve) in work.items():
            best[name] = min(best[name], _turn(solve) / count)
    return best


def _turn(solve: Callable[[], object]) -> float:
    """Least seconds of several goes, one after another."""
    goes = [perf_counter()]
    while goes[-1] - goes[0] < TURN:
        solve()
        goes.append(perf_counter())
    return min(after - before for before, after in pairwise(goes))


def _processor_seconds(solve: Callable[[], object]) -> float:
    """Of one go: what it takes on a machine that does nothing else."""
    start = process_time()
    solve()
    return process_time() - start


def _settled(field: Field) -> None:
    """Settle a field from nothing known but its file."""
    found = steady(field)
    if not found.converged or found.reasons:
        raise ServiceError(f"the field to be measured does not settle: {found.reasons or found.residual}")


def _peer(name: str, *modules: str) -> ModuleType | None:
    """A library and its modules, or None where it is not installed."""
    try:
        library = import_module(name)
        for module in modules:
            import_module(f"{name}.{module}")
        return library
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        return None

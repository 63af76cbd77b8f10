"""How fast wells can be simulated: our well model at 1,000 wells, beside the published three-state model."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any

import numpy as np

from plant.asset.field_file import load_field
from plant.process.field import STEP, FieldProcess
from plant.process.three_state import integrate
from plant.process.tiling import tile
from ui.figures import steady

WELLS = 1000
PEER_STEP = 0.5  # [s]
ROUND = 10  # plant time between two looks at the clock [s]


def run(seconds: float) -> dict[str, Any]:
    """Measure for about ``seconds``. A well-step is one second of plant time of one well, with all its substeps.

    The wells and the peer take turns, so that both see the same machine.
    """
    end = perf_counter() + 0.9 * seconds  # the rest is for starting Python and ending the last round
    rest = steady.measure(0.2 * seconds)
    process = FieldProcess(tile(load_field("shengli12"), WELLS))
    work = {"wells": _wells(process), "field": _field(process), "peer": _peer()}
    best = _best_rates(work, end)
    return {
        "bench": "physics",
        "figures": {
            "well_steps_per_s_1000": round(best["wells"]),
            "field_well_steps_per_s_1000": round(best["field"]),
            **rest["figures"],
        },
        "peers": {"numpy_rk4_three_state_1000": round(best["peer"]), **rest["peers"]},
        "ratios": {"well_model_over_three_state": round(best["wells"] / best["peer"], 3), **rest["ratios"]},
        "settings": {"wells": WELLS, "step_s": STEP, "peer_step_s": PEER_STEP, "seconds": seconds, **rest["settings"]},
    }


def _best_rates(work: dict[str, Callable[[], None]], end: float) -> dict[str, float]:
    """Well-steps per second of each, the best of its rounds: what else the machine did is not ours."""
    best = dict.fromkeys(work, 0.0)
    while perf_counter() < end or not all(best.values()):
        for name, simulate in work.items():
            start = perf_counter()
            simulate()
            best[name] = max(best[name], WELLS * ROUND / (perf_counter() - start))
    return best


def _wells(process: FieldProcess) -> Callable[[], None]:
    pressure = process.gathering.pressure[process.gathering.manifold_of]

    def simulate() -> None:
        for _ in range(round(ROUND / STEP)):
            process.wells.step(STEP, process.inputs, pressure)

    return simulate


def _field(process: FieldProcess) -> Callable[[], None]:
    """Wells, gathering, separator, tanks and publishing, on the environment."""
    return lambda: process.env.run(until=process.env.now + ROUND)


def _peer() -> Callable[[], None]:
    state = np.tile([[8e6], [2e6], [0.011]], WELLS)
    f, z, p_m = np.full(WELLS, 50.0), np.full(WELLS, 0.5), np.full(WELLS, 2e6)

    def simulate() -> None:
        integrate(state, f, z, p_m, steps=round(ROUND / PEER_STEP), dt=PEER_STEP)

    return simulate

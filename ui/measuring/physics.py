"""How fast the plant is simulated, how exactly, and how fast it is solved at rest.

Pumped wells at three sizes beside the published three-state model in plain NumPy; a trip and restart beside one in
a tenth of every step; what a day leaves unaccounted for; and steady solutions beside two libraries.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any

import numpy as np

from plant.asset.field_file import load_field
from plant.evidence.day import DAY as WHOLE_DAY
from plant.evidence.day import STEP as STEP_OF_DAY
from plant.evidence.day import day, told
from plant.process.field import STEP as FIELD_STEP
from plant.process.settled import settled_field
from plant.process.three_state import integrate
from plant.process.tiling import tile
from ui.measuring import steady
from ui.measuring.wells import DAY, END, OFF, ROUND, STEP, WARM, WellsAtWork, trip_error

SIZES = (100, 1000, 10000)
TRIPPING = 1000  # wells that all trip and restart together
FIELD = 1000  # wells of the whole field that is stepped
PEER_STEP = 0.5  # [s]
LONG_STEP = 5.0  # which flows and pressures after a trip bear within 2 % [s]
WHOLE_DAY_FROM = 30.0  # seconds of measuring
HOURS_PER_SECOND = 0.08  # of plant time, for each second that measuring is given: a day from five minutes on

Work = dict[str, tuple[int, Callable[[], None]]]  # by name: well-steps of a round, and the round


def run(seconds: float) -> dict[str, Any]:
    """Measure speeds for about ``seconds``; what wells do before they are measured, the day (whole from 300 s on) and
    the trip take their own time besides."""
    rest = steady.measure(0.2 * seconds)
    at_work = {n: WellsAtWork(n) for n in SIZES}
    for one in at_work.values():
        one.simulate(WARM)
    work: Work = {f"wells_{n}": (n * ROUND, one.simulate) for n, one in at_work.items()}
    work |= {f"peer_{n}": (n * ROUND, _peer(n)) for n in SIZES} | {"field": (FIELD * ROUND, _field())}
    work["tripping"] = TRIPPING * END, WellsAtWork(TRIPPING).simulate_trip
    rates = _rates(work, perf_counter() + 0.6 * seconds)
    speeds = {f"well_steps_per_s_{n}": round(rates[f"wells_{n}"]) for n in SIZES}
    speeds[f"well_steps_per_s_{TRIPPING}_all_tripping"] = round(rates["tripping"])
    days, peer_day = _demo_days(seconds)
    memory = {f"well_kb_{n}": round(one.memory / 1024.0, 2) for n, one in at_work.items()}
    return {
        "bench": "physics",
        "figures": {
            **speeds, "field_well_steps_per_s_1000": round(rates["field"]), **memory,
            **_demo_field(), **rest["figures"], **_day(seconds), **days,
            "trip_error": trip_error(),
        },
        "peers": {**{f"numpy_rk4_three_state_{n}": round(rates[f"peer_{n}"]) for n in SIZES}, **rest["peers"]},
        "ratios": {
            **{f"well_over_three_state_{n}": round(rates[f"wells_{n}"] / rates[f"peer_{n}"], 3) for n in SIZES},
            "field_over_three_state_1000": round(rates["field"] / rates["peer_1000"], 3),
            "demo_day_vs_three_state": round(peer_day / days["demo_day_s"], 3),
            **rest["ratios"],
        },
        "settings": {
            "step_s": STEP, "field_step_s": FIELD_STEP, "peer_step_s": PEER_STEP, "seconds": seconds,
            "demo_day_step_s": LONG_STEP, "trip_every_s": DAY, "off_s": OFF,
            **rest["settings"],
        },
    }  # fmt: skip


def _day(seconds: float) -> dict[str, float]:
    """What a day leaves unaccounted for, or as many hours of it as the seconds are enough for."""
    hours = min(HOURS_PER_SECOND * seconds, 24.0)
    return {**day(load_field("shengli12"), round(3600 * hours)), "closure_hours": round(hours, 2)}


def _demo_days(seconds: float) -> tuple[dict[str, float], float]:
    """Seconds that the demo field's day with trips and restarts takes, by long steps and by seconds, and the peer's.

    From half a minute of measuring on the whole day is run; with less, a part of it is, and the rest reckoned by that.
    """
    field = load_field("shengli12")
    span = WHOLE_DAY * min(seconds / WHOLE_DAY_FROM, 1.0)

    def spent(dt: float) -> float:
        process, start = settled_field(field, seed=None), perf_counter()
        for _ in told(process, span, dt):
            pass
        return round((perf_counter() - start) * WHOLE_DAY / span, 2)

    rounds, simulate = max(round(span / ROUND), 1), _peer(len(field.wells))
    start = perf_counter()
    for _ in range(rounds):
        simulate()
    peer = (perf_counter() - start) * WHOLE_DAY / (rounds * ROUND)
    return {"demo_day_s": spent(LONG_STEP), "demo_day_by_seconds_s": spent(STEP_OF_DAY)}, peer


def _rates(work: Work, end: float) -> dict[str, float]:
    """Well-steps per second of each, over all of its rounds; all get the same share of the time."""
    for _, simulate in work.values():
        simulate()  # which compiles, and is not counted
    done, spent = dict.fromkeys(work, 0), dict.fromkeys(work, 0.0)
    while perf_counter() < end or not all(done.values()):
        name = min(spent, key=lambda one: spent[one])
        steps, simulate = work[name]
        start = perf_counter()
        simulate()
        spent[name] += perf_counter() - start
        done[name] += steps
    return {name: done[name] / spent[name] for name in work}


def _demo_field() -> dict[str, float]:
    """How many times faster than real time the field of twelve runs, at rest and as all its wells trip and restart."""
    process = settled_field(load_field("shengli12"))
    energised, env = process.inputs["Well.Energised"], process.env

    def speed(*switches: float) -> float:
        start = perf_counter()
        for switch in switches:
            energised[:] = switch
            env.run(until=env.now + ROUND)
        return round(len(switches) * ROUND / (perf_counter() - start), 1)

    return {"demo_field_times_real_time": speed(1.0), "demo_field_times_real_time_tripping": speed(0.0, 1.0)}


def _field() -> Callable[[], None]:
    """Wells at rest, gathering, separator, tanks and publishing, on the environment."""
    process = settled_field(tile(load_field("shengli12"), FIELD))
    return lambda: process.env.run(until=process.env.now + ROUND)


def _peer(n: int) -> Callable[[], None]:
    state = np.tile([[8e6], [2e6], [0.011]], n)
    f, z, p_m = np.full(n, 50.0), np.full(n, 0.5), np.full(n, 2e6)

    def simulate() -> None:
        integrate(state, f, z, p_m, steps=round(ROUND / PEER_STEP), dt=PEER_STEP)

    return simulate

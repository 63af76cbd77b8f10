"""Drills: how fast they are played, how soon a field is cloned, and how often bots rank as their skill is.

Drills are cut short, and as many are played as the time is enough for: all players of a drill, each seed once.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any

import httpx

from hil.stack import Stack
from plant.asset.bench import Bench
from plant.asset.bench_file import load_bench
from plant.asset.field import Field
from plant.process.array_file import write_arrays
from plant.process.settled import settled_field
from scenarios.drill.drill import Drill
from scenarios.drill.drill_file import load_drill
from scenarios.drill.ground import Ground
from scenarios.drill.play import tries
from scenarios.drill.score import score

DRILLS = ("06-dead-head", "08-sand-slug", "03-pump-off")
LENGTH = 300.0  # s of each, in the short form
LIVE = 30.0  # s of measuring, from which on a whole stack is started and goes back
RING = 120  # moments that the ring keeps at most
WHOLE = 300.0  # s of measuring, from which on drills are played to their ends
PLAYERS = ("expert", "novice", "nothing")
STRETCH = 60.0  # s of plant time over which speeds are taken


def run(seconds: float) -> dict[str, Any]:
    """Measure for about ``seconds``; one drill is played in any case."""
    end = perf_counter() + 0.9 * seconds
    drill, field, bench = load_drill(DRILLS[0])
    live = _live() if seconds >= LIVE else {"backtrack_s": None, "ring_mb": None}
    speed, plain = _speed(Ground(field, bench)), _plant_alone(field)
    figures = {"times_real_time_headless": round(speed, 1), **_snapshot(field, bench)}
    ranked, took = [], []
    for one, seed in _rounds(seconds, end):
        began = perf_counter()
        ranked.append(_is_ranked(one, field, bench, seed))
        took.append(perf_counter() - began)
    return {
        "bench": "drill",
        "figures": figures | live | {
            "ranked_pct": round(100.0 * sum(ranked) / len(ranked), 1), "played": len(ranked),
            "round_s": round(sum(took) / len(took), 2),
        },
        "peers": {"plant_alone_times_real_time": round(plain, 1)},
        "ratios": {"headless_over_plant_alone": round(speed / plain, 3)},
        "settings": {"drills": list(DRILLS), "length_s": _cut(drill, seconds).length, "players": list(PLAYERS)},
    }  # fmt: skip


def _live() -> dict[str, float]:
    """How long it takes from asking a running stack to go back until its API has the branch alone; how large a full
    ring is, by its first moment."""
    tag = "Well.CACB27A-P1.Frequency"
    with Stack(load_bench("shengli12").on_clock("field")) as stack:
        headers = {"Authorization": f"Bearer {stack.token}"}
        with httpx.Client(base_url=f"{stack.api_url}/api/v1", headers=headers, timeout=60.0) as api:
            before = _value(api, tag)
            api.post("/field/save", json={"name": "before"}).raise_for_status()
            api.post("/field/trip", json={"on": "Well.CACB27A-P1"}).raise_for_status()
            stack.until(lambda: _is_alarmed(api))
            began = perf_counter()
            api.post("/field/restore", json={"name": "before"}).raise_for_status()
            stack.until(lambda: abs(_value(api, tag) - before) < 1.0 and not _is_alarmed(api))
            took = perf_counter() - began
            moments = api.get("/field/moments").json()["moments"]
    size = next(row["size"] for row in moments if row["is_ring"])
    return {"backtrack_s": round(took, 2), "ring_mb": round(RING * size / 1e6, 1)}


def _value(api: httpx.Client, tag: str) -> float:
    value = api.get(f"/values/{tag}").json()["value"]
    return math.nan if value is None else float(value)


def _is_alarmed(api: httpx.Client) -> bool:
    return any("CACB27A-P1.TripCode" in alarm["id"] for alarm in api.get("/alarms").json()["alarms"])


def _rounds(seconds: float, end: float) -> Iterator[tuple[Drill, int]]:
    seed = 0
    while True:
        for name in DRILLS:
            yield _cut(load_drill(name)[0], seconds), seed
            if perf_counter() > end:
                return
        seed += 1


def _cut(drill: Drill, seconds: float) -> Drill:
    return drill if seconds >= WHOLE else replace(drill, length=min(drill.length, LENGTH))


def _is_ranked(drill: Drill, field: Field, bench: Bench, seed: int) -> bool:
    played = tries(drill, field, bench, seed, PLAYERS)
    expert, novice, nothing = (score(drill, played[name], played["expert"]).points for name in PLAYERS)
    return expert > novice > nothing


def _speed(ground: Ground) -> float:
    ground.let_pass(10.0)
    began = perf_counter()
    ground.let_pass(10.0 + STRETCH)
    return STRETCH / (perf_counter() - began)


def _plant_alone(field: Field) -> float:
    """The same plant without devices, instruments and drives."""
    process = settled_field(field, dt=0.2)
    process.env.run(until=10.0)
    began = perf_counter()
    process.env.run(until=10.0 + STRETCH)
    return STRETCH / (perf_counter() - began)


def _snapshot(field: Field, bench: Bench) -> dict[str, float]:
    """How long it takes to keep a field as a file and to clone it, and how large the file is."""
    ground = Ground(field, bench)
    with tempfile.TemporaryDirectory() as folder:
        began, file = perf_counter(), Path(folder) / "field.npz"
        write_arrays(file, ground.simulated.save(), {})
        kept, size = perf_counter(), file.stat().st_size
    ground.clone()
    return {
        "snapshot_ms": round(1e3 * (kept - began), 2), "snapshot_kb": round(size / 1024.0, 1),
        "clone_ms": round(1e3 * (perf_counter() - kept), 2),
    }  # fmt: skip

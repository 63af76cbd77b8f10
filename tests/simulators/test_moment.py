"""Moments and their ring: bounded, listed, and what cannot be gone back to says why."""

from pathlib import Path

import pytest

from plant.asset.bench_file import load_bench
from plant.asset.field_file import load_field
from plant.error import ConfigError
from simulators.field import SimulatedField
from simulators.moment import Moments, RingSettings
from simulators.state import kept_run


@pytest.fixture(scope="module")
def field() -> SimulatedField:
    asset_field = load_field("shengli12")
    return SimulatedField(asset_field, load_bench("shengli12", asset_field.assets()))


def test_the_ring_keeps_one_moment_each_period_and_no_more_than_it_may(field: SimulatedField, tmp_path: Path) -> None:
    moments = Moments(tmp_path, field.field, 0, RingSettings(every=1.0, most=3))
    for _ in range(12):
        moments.look(field, "own")
        field.env.run(until=field.env.now + 0.5)
    rows = moments.rows()
    assert [row["name"] for row in rows] == ["ring-000006", "ring-000005", "ring-000004"]
    assert rows[0]["time_ns"] - rows[2]["time_ns"] == pytest.approx(2e9, abs=0.5e9)
    assert moments.before(rows[1]["time_ns"]) == "ring-000005"
    with pytest.raises(ConfigError, match="further back than the ring goes: the oldest of 3 is younger"):
        moments.before(0)


def test_the_ring_takes_no_more_room_than_it_may(field: SimulatedField, tmp_path: Path) -> None:
    moments = Moments(tmp_path, field.field, 0, RingSettings(every=1.0, room=0.6))
    for _ in range(4):
        moments.look(field, "own")
        field.env.run(until=field.env.now + 1.0)
    assert sum(row["size"] for row in moments.rows()) <= 600_000


def test_a_moment_says_when_and_of_which_run_it_is(field: SimulatedField, tmp_path: Path) -> None:
    moments = Moments(tmp_path, field.field, 0)
    moments.save("before", field, "branch-1")
    _, kept = moments.read("before")
    assert (kept.run, kept.time_ns, kept.is_ring) == ("branch-1", field.site.time, False)
    assert kept_run(tmp_path / "before.npz") == "branch-1"


def test_one_of_before_instruments_held_anything_is_gone_back_to(field: SimulatedField) -> None:
    is_new = lambda name: name.startswith("instruments.") and name.endswith(".held")  # noqa: E731
    saved = {name: array for name, array in field.save().items() if not is_new(name)}
    again = SimulatedField(field.field, field.bench, saved=saved)
    assert again.env.now == field.env.now

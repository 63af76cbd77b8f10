"""When plant time begins."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from plant.asset.bench import Bench
from plant.asset.bench_file import load_bench
from plant.error import ServiceError
from simulators.epoch import epoch


@pytest.fixture
def bench(bench_file: Callable[..., Path]) -> Bench:
    """The demo bench on the field's own clock."""
    return load_bench(bench_file(lambda bench: bench.on_clock("field")))


def test_it_begins_where_the_last_run_ended_if_that_is_later_than_now(bench: Bench, tmp_path: Path) -> None:
    """A field at 60× is soon ahead of the wall."""
    kept, later = tmp_path / "clock.json", time.time_ns() + 10**15
    assert epoch(bench, kept) <= time.time_ns()
    kept.write_text(json.dumps({"time_ns": later}))
    assert epoch(bench, kept) == later


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"time_ns": "noon"}', '{"time_ns": null}', '{"time_ns": 1e999}']
)
def test_a_damaged_note_is_named_with_what_to_do(text: str, bench: Bench, tmp_path: Path) -> None:
    """Going on at the wall's time would put what is new before what is stored."""
    kept = tmp_path / "clock.json"
    kept.write_text(text)
    with pytest.raises(ServiceError, match=r"clock\.json: cannot be read .* without the file, plant time begins"):
        epoch(bench, kept)

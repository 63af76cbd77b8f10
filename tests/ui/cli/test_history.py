"""History taken along: whole files only, every page, the units and the zone that were asked for."""

import csv
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from plant.error import OutOfRange, ServiceError, Unknown
from ui.cli.export import write
from ui.cli.pages import Asked, pages

SECOND = 10**9
START = 1_769_860_800 * SECOND  # 2026-01-31T12:00:00Z
TAGS = ("Well.A-1.Flow", "Well.B-2.Flow")
SAMPLES = 250  # of each tag, one a second


class Answers:
    """An API that has these samples and gives so many instants a reply; ``lost_after`` replies it is gone."""

    def __init__(self, lost_after: int | None = None):
        self.lost_after, self.replies, self.runs = lost_after, 0, set[str | None]()

    def get(self, path: str, **query: Any) -> dict[str, Any]:
        if path == "/status":
            return {"time": "2026-01-31T12:04:10Z"}
        if path == "/tags":
            if query["tags"] != "Well.*.Flow":
                raise Unknown("tag", query["tags"])
            return {"tags": [{"tag": tag, "quantity": "volume rate", "unit_key": "m3_d"} for tag in TAGS]}
        self.replies += 1
        self.runs.add(query["run"])
        if self.replies - 1 == self.lost_after:
            raise ServiceError("the API was lost")
        first, end = int(query["start"]), int(query["end"])
        times = [t for t in (START + i * SECOND for i in range(SAMPLES)) if first <= t < end]
        most = query["limit"] // len(TAGS)
        return {
            "next": str(times[most]) if len(times) > most else None,
            "series": [_one(t, times[:most]) for t in TAGS],
        }


def _one(tag: str, times: list[int]) -> dict[str, Any]:
    values = [None if t == START else (t - START) / SECOND / 86_400 for t in times]
    return {"tag": tag, "unit": "m³/s", "time_ns": times, "value": values, "quality": [0] * len(times)}


def asked(api: Answers, since: str = "1h", until: str = "", units: tuple[str, ...] = (), zone: str = "UTC") -> Asked:
    return Asked.of(api, ["Well.*.Flow"], since, until, "raw", units, zone, limit=40)  # type: ignore[arg-type]


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_every_sample_of_every_page_is_in_the_file_in_the_order_of_time(tmp_path: Path, form: str) -> None:
    api, out = Answers(), tmp_path / f"flow.{form}"
    said: list[str] = []
    assert write(pages(asked(api)), out, form, said.append) == 2 * SAMPLES
    assert api.replies == len(said) > 5
    assert said[-1].startswith("100%")
    if form == "csv":
        rows = list(csv.DictReader(out.open(encoding="utf-8", newline="")))
        assert [row["time"] for row in rows] == sorted(row["time"] for row in rows)
        assert rows[0]["value"] == ""
        assert (rows[-1]["value"], rows[-1]["unit"]) == ("249.0", "m³/d")
    else:
        table = pq.read_table(out)
        assert table["time"].type.tz == "UTC"
        assert table["value"].to_pylist()[-1] == 249.0
        assert table["value"].null_count == 2
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_file_that_was_not_finished_has_no_name_and_leaves_the_one_of_before(tmp_path: Path, form: str) -> None:
    out = tmp_path / f"flow.{form}"
    out.write_text("of yesterday")
    with pytest.raises(ServiceError, match="lost"):
        write(pages(asked(Answers(lost_after=2))), out, form, lambda _: None)
    assert out.read_text() == "of yesterday"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_folder_that_is_not_there_is_said_before_anything_is_read(tmp_path: Path, form: str) -> None:
    api = Answers()
    with pytest.raises(ServiceError, match="No such file"):
        write(pages(asked(api)), tmp_path / "no" / f"flow.{form}", form, lambda _: None)
    assert api.replies == 0


def test_values_are_in_the_unit_asked_for() -> None:
    page = next(pages(asked(Answers(), units=("bpd",))))
    assert page.rows()[2]["unit"] == "bbl/d"
    assert page.rows()[2]["value"] == pytest.approx(1 / 0.158987294928)


@pytest.mark.parametrize(
    ("zone", "shown"), [("UTC", "2026-01-31T12:00:00.000+00:00"), ("Asia/Shanghai", "2026-01-31T20:00:00.000+08:00")]
)
def test_times_are_read_and_written_in_the_zone_with_their_offset(zone: str, shown: str) -> None:
    one = asked(Answers(), since=shown[:19], until=shown[:17] + "10", zone=zone)
    assert (one.start, one.end) == (START, START + 10 * SECOND)
    assert next(pages(one)).rows()[0]["time"] == shown


def test_a_range_may_be_told_by_its_length() -> None:
    one = asked(Answers(), since="2m", until="2026-01-31T12:03:00Z")
    assert one.start == START + 60 * SECOND


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"zone": "Mars/Olympus"}, "name of a time zone"), ({"since": "yesterday"}, "must be a moment"),
        ({"units": ("furlong",)}, "must be one of"), ({"since": "2027-01-01"}, "must be earlier"),
    ],
)  # fmt: skip
def test_what_is_none_is_refused_with_its_rule(wrong: dict[str, Any], rule: str) -> None:
    with pytest.raises(OutOfRange, match=rule):
        asked(Answers(), **wrong)


def test_every_page_is_of_the_run_that_was_asked_for() -> None:
    api = Answers()
    whole = Asked.of(api, ["Well.*.Flow"], "1h", "", "raw", (), "UTC", limit=40, run="gas-1")  # type: ignore[arg-type]
    assert len(list(pages(whole))) > 5
    assert api.runs == {"gas-1"}

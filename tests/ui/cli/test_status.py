"""``gemelo status``, from what the API says."""

from pathlib import Path
from typing import Any

import pytest

from ui.cli import status


class Answers:
    """An API whose field says this of its time."""

    url = "http://127.0.0.1:1"

    def __init__(self, **gauges: float):
        self.gauges = gauges

    def get(self, _: str) -> dict[str, Any]:
        pulse = {"state": "running", "pid": 1, "up_s": 1.0, "gauges": self.gauges, "devices": {}}
        return {"services": {"field": pulse}}


@pytest.mark.parametrize(
    ("gauges", "line"),
    [
        ({"speed": 14.126, "speed_asked": 15.0, "lost_s": 3.21}, "14.1 s a second (15 asked), 3.2 s lost"),
        ({"speed": 0.0, "speed_asked": 0.0, "lost_s": 0.0}, "0 s a second (0 asked), 0.0 s lost"),
        ({"speed": 212.0, "lost_s": 0.0}, "212 s a second (as fast as it can), 0.0 s lost"),
    ],
)
def test_the_speed_reached_stands_beside_the_speed_asked(
    gauges: dict[str, float], line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A machine too slow for its field is otherwise seen only as alarms that come late."""
    status.show(Answers(**gauges), tmp_path, as_json=False)  # type: ignore[arg-type]
    assert capsys.readouterr().out.splitlines()[0] == f"plant time: {line} to a slow machine"


def test_without_a_simulated_field_nothing_is_said_of_plant_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status.show(Answers(points_per_s=1.0), tmp_path, as_json=False)  # type: ignore[arg-type]
    assert "plant time" not in capsys.readouterr().out


class OneDevice:
    """The API of a field whose control keeps one device."""

    def get(self, _: str) -> dict[str, Any]:
        device = {
            "connected": True, "rate": 3.0, "lag_s": 0.4, "missed": 0, "last_error": None, "clock_error_s": -7200.0,
            "complaints": {"holding 0..9: answered exception 3, illegal data value": 12},
        }  # fmt: skip
        return {"services": {"control": {"state": "running", "pid": 1, "up_s": 1.0, "devices": {"RTU": device}}}}


def test_a_devices_clock_and_what_goes_wrong_with_it_are_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status.show(OneDevice(), tmp_path, as_json=False)  # type: ignore[arg-type]
    line = capsys.readouterr().out.splitlines()[-1]
    assert "-7200.0" in line
    assert "answered exception 3, illegal data value (12 times)" in line

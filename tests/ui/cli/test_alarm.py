"""``gemelo alarms``: what it prints of an answer of the API."""

from typing import Any

import pytest

from ui.cli import alarm
from ui.cli.client import Api

PRESSURE: dict[str, Any] = {
    "priority": 2, "state": "UNACK", "tag": "Well.A.IntakePressure", "kind": "low", "value": 3.0, "unit": "MPa(g)",
    "message": "intake pressure low", "value_state": None,
}  # fmt: skip
TRIP = PRESSURE | {"tag": "Well.A.TripCode", "kind": "state", "value": 1.0, "unit": "", "value_state": "Underload"}


def test_a_code_is_shown_by_its_name_and_a_measurement_by_its_number(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody knows by heart what trip code 1 is."""
    monkeypatch.setattr(Api, "get", lambda *_: {"alarms": [PRESSURE, TRIP]})
    alarm.show(Api("", None), as_json=False)
    _, pressure, trip = capsys.readouterr().out.splitlines()
    assert pressure.split()[4:6] == ["3", "MPa(g)"]
    assert trip.split()[4] == "Underload"

"""``gemelo alarms``: what it prints of an answer of the API."""

from typing import Any

import pytest

from ui.cli import alarm
from ui.cli.client import Api

PRESSURE: dict[str, Any] = {
    "priority": 2, "state": "UNACK", "tag": "Well.A.IntakePressure", "kind": "low", "value": 3.0, "unit": "MPa(g)",
    "raised": "2026-01-31T21:54:00.000Z", "returned": None, "acknowledged": "2026-01-31T21:56:00.000Z",
    "acknowledged_by": "ana", "messages": {"en": "Intake pressure low", "es": "Presión de succión baja"},
    "value_texts": {"en": "3.00 MPa(g)", "es": "3,00 MPa(g)"},
    "limit_texts": {"en": "3.50 MPa(g)", "es": "3,50 MPa(g)"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("environment", "said"),
    [({"LANG": "es_CO.UTF-8"}, "3,00 MPa(g)  3,50 MPa(g)  Presión de succión baja"),
     ({"LANG": "es_CO.UTF-8", "LC_ALL": "C"}, "3.00 MPa(g)  3.50 MPa(g)  Intake pressure low")],
)  # fmt: skip
def test_an_alarm_is_told_in_the_language_of_the_terminal(
    environment: dict[str, str], said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, environment.get(name, ""))
    monkeypatch.setattr(Api, "get", lambda *_: {"alarms": [PRESSURE]})
    alarm.show(Api("", None), as_json=False)
    assert capsys.readouterr().out.splitlines()[1].endswith(said)


def test_an_alarm_is_told_with_the_time_of_each_thing_that_happened_to_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Api, "get", lambda *_: {"alarms": [PRESSURE]})
    alarm.show(Api("", None), as_json=False)
    row = capsys.readouterr().out.splitlines()[1]
    assert row.split()[2:8] == ["2026-01-31", "21:54:00", "-", "2026-01-31", "21:56:00", "ana"]

"""``gemelo alarms``: what it prints of an answer of the API."""

from typing import Any

import pytest
from typer.testing import CliRunner, Result

from plant.error import OutOfRange
from ui.cli import alarm
from ui.cli.app import app
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


class Answering:
    """An API that answers by path, and keeps what it was asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, **answers: Any):
        self.answers, self.asked = answers, list[tuple[str, dict[str, Any]]]()
        monkeypatch.setattr(Api, "get", lambda _, path, **query: self._answer(path, query))
        monkeypatch.setattr(Api, "post", lambda _, path, body: self._answer(path, body))

    def _answer(self, path: str, asked: dict[str, Any]) -> Any:
        self.asked.append((path, asked))
        return self.answers[path.rpartition("/")[2]]


RETURNED = PRESSURE | {"state": "NORM", "time": "2026-01-31T22:10:00.000Z", "returned": "2026-01-31T22:10:00.000Z"}


def gemelo(*arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--url", "http://127.0.0.1:1"], catch_exceptions=True)


def test_the_history_of_alarms_has_a_row_for_each_transition_of_the_run_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = {"alarms": [RETURNED, PRESSURE | {"time": PRESSURE["raised"]}], "next": "1769896440000000000"}
    api = Answering(monkeypatch, status={"time": "2026-02-01T00:00:00Z"}, history=told)
    said = gemelo("alarms", "--history", "--tags", "Well.*.IntakePressure", "--run", "gas-1", "--limit", "2")
    assert [line[:19] for line in said.stdout.splitlines()[1:]] == ["2026-01-31 22:10:00", "2026-01-31 21:54:00"]
    assert "there is more before that: --limit, or --to 1769896440000000000" in said.stderr
    path, query = api.asked[-1]
    assert path == "/alarms/history"
    assert query.items() >= {"tags": "Well.*.IntakePressure", "run": "gas-1", "limit": 2}.items()


def test_a_run_is_asked_for_of_history_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    Answering(monkeypatch, alarms={"alarms": []})
    refused = gemelo("alarms", "--run", "gas-1").exception
    assert isinstance(refused, OutOfRange)
    assert "goes with --history" in refused.rule


def test_what_was_acknowledged_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    api = Answering(monkeypatch, acknowledge={"handled": ["Well.A.IntakePressure.low", "Well.B.IntakePressure.low"]})
    said = gemelo("ack", "Well.*.IntakePressure", "--comment", "seen", "--token", "secret")
    assert said.stdout.splitlines() == [f"Well.{w}.IntakePressure.low acknowledged" for w in "AB"]
    path, asked = api.asked[-1]
    assert (path, asked["alarms"], asked["comment"]) == ("/alarms/acknowledge", ["Well.*.IntakePressure"], "seen")

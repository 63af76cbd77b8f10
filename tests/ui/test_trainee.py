"""A trainee never sees the truth: every way to it is asked for with a trainee's credentials."""

from pathlib import Path

import pytest

from control.access.identity import Grant, Identity, Place
from control.bus.access import ROLES
from tests.ui.api.test_people import House
from ui.api.app import DOORS
from ui.identity.door_table import SOCKET
from ui.screens.door import DOORS as PAGES

TRUTH = ("truth.read", "field.drive")
ROWS = [row for row in DOORS.rows if row.permission in TRUTH]
pytestmark = pytest.mark.anyio


async def test_no_route_of_the_api_that_tells_or_moves_the_truth_lets_a_trainee_in(tmp_path: Path) -> None:
    house = House(tmp_path)
    token = await house.user("luis", "trainee")
    assert len(ROWS) >= 10
    for row in ROWS:
        path = row.path.removeprefix("/api/v1").replace("{verb}", "freeze").replace("{name}", "x")
        said = await house.ask(row.method, path, {} if row.method == "POST" else None, token, 403)
        assert "truth" not in said


def test_no_page_and_no_socket_of_the_station_lets_a_trainee_in() -> None:
    trainee = Identity("luis", (Grant("trainee", "demo"),), "cookie")
    for method, path in (("GET", "/station"), (SOCKET, "/station/ws")):
        row = PAGES.at(method, path).row
        assert row is not None
        assert not trainee.may(row.permission, Place("demo", "shengli12"))


def test_the_bus_tells_the_truth_to_nobody_but_those_who_judge() -> None:
    assert {role.name for role in ROLES.values() if "sim.truth" in role.hears} == {"hil"}
    assert {role.name for role in ROLES.values() if "sim.control" in role.says} == {"api", "hil"}

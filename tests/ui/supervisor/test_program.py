"""The table of programs."""

import importlib.util
import os
import sys
from pathlib import Path

import pytest

from ui.supervisor.folder import Folder
from ui.supervisor.program import PROGRAMS
from ui.supervisor.settings import Settings


def test_every_program_exists_and_has_a_name_of_its_own() -> None:
    """Modules are found without being imported."""
    assert all(importlib.util.find_spec(program.module) for program in PROGRAMS if program.module)
    assert len({program.name for program in PROGRAMS}) == len(PROGRAMS)


def test_the_bus_starts_first_and_what_measures_stops_before_what_it_measures() -> None:
    """They stop in the reverse order."""
    names = [program.name for program in PROGRAMS]
    assert names[0] == "bus"
    assert names.index("historian") < names.index("field") < names.index("control")


def test_a_service_is_told_where_the_bus_is_whose_child_it_is_and_what_is_its_own(tmp_path: Path) -> None:
    """The field's speed and seed, as given to `gemelo up`."""
    settings = Settings(data=str(tmp_path), speed=float("inf"), seed=7, bus_port=4333)
    field = next(program for program in PROGRAMS if program.name == "field")
    command = field.command(settings, Folder(tmp_path))
    assert command[:3] == [sys.executable, "-m", "simulators.service"]
    given = dict(zip(command[3::2], command[4::2], strict=True))
    assert given["--bus"] == "nats://127.0.0.1:4333"
    assert given["--parent"] == str(os.getpid())
    assert given["--data"] == str(tmp_path)
    assert float(given["--speed"]) == float("inf")
    assert given["--seed"] == "7"


def test_only_who_checks_the_token_is_given_it() -> None:
    """A process that does not have it cannot lose it."""
    has = {program.name for program in PROGRAMS if "GEMELO_TOKEN" in program.environment("secret", None)}
    assert has == {"api", "screens"}


@pytest.mark.parametrize(("mqtt_port", "has_broker"), [(1884, True), (0, False)])
def test_the_bus_server_is_an_mqtt_broker_where_it_has_a_port_for_it(tmp_path: Path, mqtt_port, has_broker) -> None:
    """Its configuration file says so."""
    bus = next(program for program in PROGRAMS if program.name == "bus")
    bus.command(Settings(data=str(tmp_path), mqtt_port=mqtt_port), Folder(tmp_path))
    assert ("127.0.0.1:1884" in (tmp_path / "bus" / "nats.conf").read_text(encoding="utf-8")) is has_broker


def test_screens_run_only_where_they_have_a_port() -> None:
    """`--screens-port 0` leaves them out, as does an environment without their packages."""
    screens = next(program for program in PROGRAMS if program.name == "screens")
    assert screens.is_wanted(Settings())
    assert not screens.is_wanted(Settings(screens_port=0))

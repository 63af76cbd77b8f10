from pathlib import Path

import pytest

from plant.asset.field import Field
from plant.asset.field_file import load_field
from plant.process.field import FieldProcess
from plant.process.settled import settled_field


@pytest.fixture(scope="session")
def whole_field(tmp_path_factory) -> Field:
    """The invented field with every facility, and a well of every lift."""
    station = Path(__file__).parents[1] / "facility" / "station.toml"
    path = tmp_path_factory.mktemp("field") / "whole.toml"
    path.write_text(station.read_text() + Path(__file__).with_name("island_lifts.toml").read_text())
    return load_field(path)


@pytest.fixture(scope="session")
def whole(whole_field: Field) -> FieldProcess:
    """That field in motion, in steps of a second. For all tests: move a clone of it."""
    return settled_field(whole_field, seed=None, dt=1.0)

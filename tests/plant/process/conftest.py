import pytest

from plant.asset.field import Field
from plant.asset.field_file import load_field
from plant.process.field import FieldProcess
from plant.process.settled import settled_field


@pytest.fixture(scope="session")
def field() -> Field:
    """The demo field's file."""
    return load_field("shengli12")


@pytest.fixture
def nominal(field: Field) -> FieldProcess:
    """The demo field in motion, with nominal parameters."""
    return settled_field(field, seed=None)


@pytest.fixture
def truth(field: Field) -> FieldProcess:
    """The demo field in motion, with hidden parameters."""
    return settled_field(field, seed=3)


@pytest.fixture
def coarse(field: Field) -> FieldProcess:
    """The demo field with nominal parameters in steps of a second, for stories of hours."""
    return settled_field(field, seed=None, dt=1.0)

import pytest

from plant.asset.field import Field
from plant.asset.field_file import load_field


@pytest.fixture(scope="session")
def field() -> Field:
    """The demo field's file."""
    return load_field("shengli12")

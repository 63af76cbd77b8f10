import pytest

from plant.asset.field import Field
from plant.asset.field_file import load_field
from plant.process.field import FieldProcess


class Settled(FieldProcess):
    """A field that starts where another of the same file and seed has settled, which took that one seconds."""

    def __init__(self, other: FieldProcess, seed: int | None, dt: float):
        self._other = other
        super().__init__(other.field, seed=seed, dt=dt)

    def _settle(self) -> None:
        for mine, its in ((self.wells, self._other.wells), (self.station, self._other.station)):
            for name, values in its.state.items():
                mine.state[name][...] = values
        for name, values in self._other.inputs.items():
            self.inputs[name][...] = values


@pytest.fixture(scope="session")
def field() -> Field:
    """The demo field's file."""
    return load_field("shengli12")


@pytest.fixture(scope="session")
def settled_nominal(field: Field) -> FieldProcess:
    """At its start; nobody may run it."""
    return FieldProcess(field, seed=None)


@pytest.fixture(scope="session")
def settled_truth(field: Field) -> FieldProcess:
    """Likewise."""
    return FieldProcess(field, seed=3)


@pytest.fixture
def nominal(settled_nominal: FieldProcess) -> FieldProcess:
    """The demo field in motion, with nominal parameters."""
    return Settled(settled_nominal, None, 0.2)


@pytest.fixture
def truth(settled_truth: FieldProcess) -> FieldProcess:
    """The demo field in motion, with hidden parameters."""
    return Settled(settled_truth, 3, 0.2)


@pytest.fixture
def coarse(settled_nominal: FieldProcess) -> FieldProcess:
    """The demo field with nominal parameters in steps of a second, for stories of hours."""
    return Settled(settled_nominal, None, 1.0)

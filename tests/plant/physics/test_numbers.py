"""Every given number that one call reproduces; the row names its source and grade."""

import pytest

from tests.plant.physics.conftest import NUMBERS, close, ours, rows

CALLED = [(path.stem, given) for path in sorted(NUMBERS.glob("*.toml")) for given in rows(path.stem) if "call" in given]


@pytest.mark.parametrize("given", [pytest.param(given, id=f"{topic}: {given['name']}") for topic, given in CALLED])
def test_a_given_number_is_reproduced(given):
    assert ours(given) == close(given)

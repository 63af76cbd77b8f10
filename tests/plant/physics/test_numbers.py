"""Every given number that one call reproduces; the row names its source and grade.

A row we do not meet says why under ``fails``. It stays listed, and meeting it one day is an error until the
word is taken out.
"""

import pytest

from tests.plant.physics.conftest import NUMBERS, close, ours, rows

CALLED = [
    pytest.param(
        given,
        id=f"{path.stem}: {given['name']}",
        marks=[pytest.mark.xfail(strict=True, reason=given["fails"])] if "fails" in given else [],
    )
    for path in sorted(NUMBERS.glob("*.toml"))
    for given in rows(path.stem)
    if "call" in given
]


@pytest.mark.parametrize("given", CALLED)
def test_a_given_number_is_reproduced(given):
    assert ours(given) == close(given)

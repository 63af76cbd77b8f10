"""Passwords: what is kept says nothing, and what everybody tries first is none."""

import pytest

from plant.error import OutOfRange
from ui.identity import password

GOOD = "correct horse battery"


def test_what_is_kept_is_argon2id_of_nineteen_mebibytes_and_differs_each_time() -> None:
    first, second = password.kept(GOOD), password.kept(GOOD)
    assert first.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert first != second
    assert password.is_right(GOOD, first)
    assert not password.is_right(f"{GOOD}.", first)


def test_nobody_has_a_password() -> None:
    assert not password.is_right(GOOD, None)
    assert not password.is_right("", "no hash")
    assert not password.is_right("a" * 1_000_000, password.kept(GOOD))


@pytest.mark.parametrize(
    "tried", ["", "short", "a" * 300, "aaaaaaaaaaaaaa", "maria-maria-1", "Password1234!", "1" * 12]
)
def test_what_is_easily_guessed_is_refused_without_being_shown(tried: str) -> None:
    with pytest.raises(OutOfRange) as told:
        password.kept(tried, "maria")
    assert "password = …" in str(told.value)


def test_one_that_we_make_is_accepted_and_no_other_like_it() -> None:
    made = {password.one_time() for _ in range(100)}
    assert len(made) == 100
    assert password.kept(made.pop())

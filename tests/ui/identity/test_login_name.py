"""Login names: no two that people take for one another."""

import pytest

from plant.error import OutOfRange
from ui.identity.login_name import checked, skeleton


@pytest.mark.parametrize("name", ["ana", "a.garcia", "Ana-2", "eva@example.com", "x"])
def test_plain_names_are_accepted(name: str) -> None:
    assert checked(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "аna",
        "ａna",
        "ana ",
        "a\u200bna",
        "a\nb",
        "<b>ana</b>",
        "ana' or 1=1 --",
        ".ana",
        "ana.",
        "a" * 65,
        "añа",
    ],
    ids=ascii,
)
def test_names_in_signs_that_look_like_others_are_refused(name: str) -> None:
    with pytest.raises(OutOfRange, match="login"):
        checked(name)


@pytest.mark.parametrize(
    "alike", [("admin", "ADMIN"), ("admin", "adm1n"), ("maria", "rnaria"), ("a.b", "a-b"), ("o", "0")]
)
def test_look_alikes_have_one_skeleton(alike: tuple[str, str]) -> None:
    assert skeleton(alike[0]) == skeleton(alike[1])
    assert skeleton("ana") != skeleton("eva")

"""Patterns of tags on the command line."""

from typing import Any

import pytest

from plant.asset.error import Unknown
from ui.cli.tag import matching

TAGS = ("Well.A-1.Flow", "Well.A-1.Twin.Flow", "Well.B-2.Flow", "Tank.OIL.Level")


class Answers:
    """An API that knows these tags."""

    def get(self, _: str) -> dict[str, Any]:
        return {"tags": [{"tag": tag} for tag in TAGS]}


@pytest.mark.parametrize(
    ("pattern", "named"),
    [
        ("Well.*.Flow", ["Well.A-1.Flow", "Well.B-2.Flow"]),  # measured; estimates are asked for by name
        ("Well.*.Twin.Flow", ["Well.A-1.Twin.Flow"]),
        ("Well.A-1.*", ["Well.A-1.Flow", "Well.A-1.Twin.Flow"]),
        ("*", list(TAGS)),
    ],
)
def test_a_star_stands_for_one_part_of_a_tag_and_at_the_end_for_all_the_rest(pattern: str, named: list[str]) -> None:
    """As in stories (docs/scenarios.md)."""
    assert matching(Answers(), [pattern]) == named  # type: ignore[arg-type]


def test_a_pattern_that_names_nothing_is_refused() -> None:
    with pytest.raises(Unknown, match=r"no tag 'Pump\.\*'"):
        matching(Answers(), ["Well.*", "Pump.*"])  # type: ignore[arg-type]

"""Patterns over names, one rule for stories, alarm tables, API and command line."""

import pytest

from plant.asset.pattern import matching
from plant.error import Unknown

TAGS = ("Well.A-1.Flow", "Well.A-1.Twin.Flow", "Well.B-2.Flow", "Tank.OIL.Level")


@pytest.mark.parametrize(
    ("pattern", "named"),
    [
        ("Well.*.Flow", ["Well.A-1.Flow", "Well.B-2.Flow"]),  # measured; estimates are asked for by name
        ("Well.A-*.Twin.Flow", ["Well.A-1.Twin.Flow"]),
        ("Well.A-1.*", ["Well.A-1.Flow", "Well.A-1.Twin.Flow"]),
        ("Tank.OIL.Level", ["Tank.OIL.Level"]),
        ("*", list(TAGS)),
    ],
)
def test_a_star_stands_for_one_part_of_a_name_and_at_the_end_for_all_the_rest(pattern, named):
    assert matching(TAGS, [pattern], "tag") == named


@pytest.mark.parametrize("pattern", ["Pump.*", "Well.A-1.Twin", "Well.?.Flow", "Well.C-3.Flow"])
def test_what_names_nothing_is_refused(pattern):
    with pytest.raises(Unknown, match="no tag"):
        matching(TAGS, ["Well.*", pattern], "tag")


def test_each_name_is_found_once():
    assert matching(TAGS, ["Well.B-2.Flow", "Well.*.Flow"], "tag") == ["Well.B-2.Flow", "Well.A-1.Flow"]

"""Tags: named once, as the architecture writes them."""

from plant.asset.signal import signals
from plant.asset.tag import asset_of, tags_of


def test_a_tag_is_asset_type_asset_code_and_signal():
    tag = tags_of(["Well.CACB27A-P1"])["Well.CACB27A-P1.Frequency"]
    assert (tag.asset, tag.signal.name, tag.name) == ("Well.CACB27A-P1", "Frequency", "Well.CACB27A-P1.Frequency")


def test_an_asset_has_the_tags_of_its_type_and_no_others():
    tags = tags_of(["Well.A", "Tank.OIL"])
    assert {t.signal.name for t in tags.values() if t.asset == "Tank.OIL"} == {"Level"}
    assert {t.signal.name for t in tags.values() if t.asset == "Well.A"} == {
        n for kind, n in signals() if kind == "Well"
    }


def test_a_type_without_signals_has_no_tags():
    assert tags_of(["Spaceship.A"]) == {}


def test_an_asset_is_the_tag_without_its_signal_even_where_that_has_a_path() -> None:
    assert asset_of("Well.CACB27A-P1.Twin.Flow") == "Well.CACB27A-P1"

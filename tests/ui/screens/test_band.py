"""Normal bands: around what was measured, else between the alarm limits."""

import pytest

from plant.asset.tag import Tag
from ui.screens.band import AROUND
from ui.screens.shown_field import ShownField


@pytest.fixture(scope="module")
def site() -> ShownField:
    return ShownField.load("shengli12", "shengli12")


def test_a_measured_signal_is_normal_around_its_measured_value(site: ShownField) -> None:
    """CACB27A-P1 was tested at 263.8 m³/d (the published field)."""
    band = site.band("Well.CACB27A-P1.Flow")
    assert band.normal == pytest.approx((263.8 * 0.75, 263.8 * 1.25))
    assert band.low < band.normal[0] < band.normal[1] < band.high


def test_a_signal_that_was_not_measured_is_normal_between_its_alarm_limits(site: ShownField) -> None:
    limits = {rule.kind: rule.tag.signal.unit.from_si(rule.limit) for rule in site.limits("Tank.OIL.Level")}
    assert site.band("Tank.OIL.Level").normal == pytest.approx((limits["low"], limits["high"]))


def test_a_signal_without_either_has_the_span_in_which_it_is_believed(site: ShownField) -> None:
    band = site.band("Separator.SEP.GasFlow")
    assert band.normal is None
    assert (band.low, band.high) == pytest.approx((-5000.0, 500_000.0))


def test_three_wells_whose_current_was_not_published_have_no_band_around_it(site: ShownField) -> None:
    unknown = [well for well in site.field.wells if well.measured.current is None]
    assert len(unknown) == 3
    around = 1 + AROUND["Current"][1]
    for well in unknown:
        low, high = site.band(f"Well.{well.code}.Current").normal or (0.0, 0.0)
        assert high / max(low, 1e-9) > around


def test_every_scale_lies_within_the_signal_s_span_and_holds_its_band(site: ShownField) -> None:
    def span(tag: Tag) -> tuple[float, float]:
        return tag.signal.unit.from_si(tag.signal.low), tag.signal.unit.from_si(tag.signal.high)

    for name, tag in site.tags.items():
        band, (low, high) = site.band(name), span(tag)
        assert low - 1e-6 <= band.low < band.high <= high + 1e-6, name
        if band.normal:
            assert band.low <= band.normal[0] < band.normal[1] <= band.high + 1e-6, name

"""The signal table, as its own words promise: every row whole, every reference to something that exists."""

import pytest

from plant.asset.signal import KINDS, signals

ROWS = sorted(signals().items())


@pytest.mark.parametrize(("key", "signal"), ROWS, ids=[".".join(key) for key, _ in ROWS])
def test_every_row_is_whole(key, signal):
    assert key == (signal.asset_type, signal.name)
    assert signal.kind in KINDS
    assert signal.low < signal.high
    assert signal.is_writable == (signal.kind in ("setpoint", "command"))
    if signal.states is not None:
        assert all(signal.low <= number <= signal.high for number in signal.states)
    if signal.confirmed_by is not None:
        effect = signals()[signal.asset_type, signal.confirmed_by]
        assert not effect.is_writable
        assert all(effect.low <= value <= effect.high for value in signal.confirms)


def test_every_command_says_how_its_effect_shows():
    assert all(s.confirmed_by for s in signals().values() if s.kind == "command")


def test_spans_are_si():
    assert signals()["Well", "Frequency"].high == 70.0
    assert signals()["Well", "IntakePressure"].low == pytest.approx(-0.1e6 + 101_325)
    assert signals()["Well", "Flow"].high == pytest.approx(1500 / 86_400)

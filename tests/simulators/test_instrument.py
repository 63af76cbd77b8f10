"""Instruments: what stands in their table is what they do."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from plant.asset.signal import signals
from plant.error import ConfigError, Unknown
from plant.unit import atm
from simulators.instrument import InstrumentBank, instruments

TAG = "Well.0.IntakePressure"
TRUTH = 5e6
SIGMA, ERROR, STEP, LOW, HIGH, LAG, ORIGIN = instruments()["Well", "IntakePressure"]


@pytest.fixture
def bank(plant: Any) -> InstrumentBank:
    plant.signals["Well.IntakePressure"][:] = TRUTH
    plant.signals["Separator.Pressure"][:] = 1e6
    return InstrumentBank(plant.signals, plant.index, lambda: plant.env.now, seed=1)


def shown(bank: InstrumentBank, plant: Any, at: float, asset: str = "Well.0", name: str = "IntakePressure") -> float:
    if at > plant.env.now:
        plant.env.run(until=at)
    return bank.read(asset)[name]


def series(bank: InstrumentBank, plant: Any, n: int) -> np.ndarray:
    return np.array([shown(bank, plant, 1 + 0.2 * k) for k in range(n)])


def test_every_measurement_of_the_signal_table_has_an_instrument() -> None:
    assert set(instruments()) == {key for key, signal in signals().items() if signal.kind == "measurement"}


def test_noise_has_the_tables_standard_deviation_and_no_memory(bank: InstrumentBank, plant: Any) -> None:
    values = series(bank, plant, 4000)
    rounding = STEP / np.sqrt(12)
    assert values.std() == pytest.approx(np.hypot(SIGMA, rounding), rel=0.05)
    noise = values - values.mean()
    assert abs(noise[1:] @ noise[:-1]) / (noise @ noise) < 0.06


def test_calibration_errors_are_fixed_per_instrument_and_as_large_as_the_table_says() -> None:
    offsets = []
    for seed in range(200):
        bank, plant = _many(seed)
        plant.env.run(until=1)
        offsets.append(bank.read("Well.0")["IntakePressure"] - TRUTH)
    assert np.std(offsets) == pytest.approx(np.hypot(SIGMA, ERROR), rel=0.2)


def _many(seed: int) -> tuple[InstrumentBank, Any]:
    from types import SimpleNamespace

    import simpy

    env = simpy.Environment()
    truth = {f"{kind}.{name}": np.full(1, TRUTH) for kind, name in instruments()}
    return InstrumentBank(truth, lambda _: 0, lambda: env.now, seed), SimpleNamespace(env=env)


def test_only_multiples_of_the_resolution_are_shown(bank: InstrumentBank, plant: Any) -> None:
    steps = (series(bank, plant, 200) - ORIGIN) / STEP
    assert np.abs(steps - np.round(steps)).max() < 1e-6


@pytest.mark.parametrize(("truth", "end"), [(60e6, HIGH), (-5e6, LOW)])
def test_an_instrument_saturates_at_the_ends_of_its_range(
    bank: InstrumentBank, plant: Any, truth: float, end: float
) -> None:
    plant.signals["Well.IntakePressure"][:] = truth
    assert shown(bank, plant, 100.0) == end
    assert pytest.approx(40e6 + atm) == HIGH


def test_a_step_is_followed_by_63_percent_after_the_lag(bank: InstrumentBank, plant: Any) -> None:
    """The definition of a time constant."""
    before = shown(bank, plant, 10.0)
    plant.signals["Well.IntakePressure"][:] = TRUTH + 10e6
    assert shown(bank, plant, 10.0 + LAG) - before == pytest.approx(10e6 * (1 - np.exp(-1)), abs=6 * SIGMA)


def test_what_is_shown_at_a_time_does_not_depend_on_who_looked_before(plant: Any) -> None:
    plant.signals["Well.IntakePressure"][:] = TRUTH
    idle = InstrumentBank(plant.signals, plant.index, lambda: plant.env.now, seed=1)
    busy = InstrumentBank(plant.signals, plant.index, lambda: plant.env.now, seed=1)
    series(busy, plant, 50)
    plant.env.run(until=20)
    assert idle.read("Well.0") == busy.read("Well.0") == busy.read("Well.0")


def test_another_seed_gives_other_noise(plant: Any) -> None:
    plant.env.run(until=5)
    banks = [InstrumentBank(plant.signals, plant.index, lambda: plant.env.now, seed) for seed in (1, 2)]
    assert banks[0].read("Well.0")["Current"] != banks[1].read("Well.0")["Current"]


def test_a_frozen_instrument_keeps_its_value_from_the_onset_while_others_go_on(
    bank: InstrumentBank, plant: Any
) -> None:
    bank.start("frozen", TAG, {"after": 10.0})
    before = {shown(bank, plant, t) for t in (2.0, 4.0, 6.0)}
    last = shown(bank, plant, 9.8)
    after = {shown(bank, plant, t) for t in (10.0, 11.0, 500.0)}
    assert len(before) == 3
    assert after == {last}
    assert bank.read("Well.1")["IntakePressure"] != last


def test_a_bias_comes_in_its_ramp_and_a_drift_never_stops(bank: InstrumentBank, plant: Any) -> None:
    start = shown(bank, plant, 10.0)
    bank.start("bias", TAG, {"size": 1e6, "ramp": 10.0})
    assert shown(bank, plant, 15.0) - start == pytest.approx(0.5e6, abs=6 * SIGMA)
    assert shown(bank, plant, 30.0) - start == pytest.approx(1e6, abs=6 * SIGMA)
    bank.heal("bias", TAG, {})
    bank.start("drift", TAG, {"size": 60e4, "over": 60.0})
    assert shown(bank, plant, 150.0) - start == pytest.approx(120e4, abs=6 * SIGMA)


def test_several_faults_of_one_instrument_add_up_and_end_each_by_itself(bank: InstrumentBank, plant: Any) -> None:
    start = shown(bank, plant, 1.0)
    bank.start("bias", TAG, {"size": 1e6})
    bank.start("wrong scale", TAG, {"factor": 2.0, "lasts": 10.0})
    assert shown(bank, plant, 2.0) == pytest.approx(2 * start - ORIGIN + 1e6, abs=12 * SIGMA)
    assert shown(bank, plant, 12.0) - start == pytest.approx(1e6, abs=6 * SIGMA)


def test_noise_adds_its_standard_deviation(bank: InstrumentBank, plant: Any) -> None:
    bank.start("noise", TAG, {"size": 20 * SIGMA})
    assert series(bank, plant, 4000).std() == pytest.approx(20 * SIGMA, rel=0.05)


@pytest.mark.parametrize(("fault", "settings"), [("spike", {"size": 5e6}), ("dropout", {})])
def test_of_single_readings_the_given_share_jumps_or_is_missing(
    bank: InstrumentBank, plant: Any, fault: str, settings: dict[str, float]
) -> None:
    bank.start(fault, TAG, {"share": 0.1, **settings})
    values = series(bank, plant, 3000)
    assert np.mean(~(np.abs(values - TRUTH) < 1e6)) == pytest.approx(0.1, abs=0.03)


def test_a_saturated_instrument_shows_its_end_and_a_coarse_one_its_steps(bank: InstrumentBank, plant: Any) -> None:
    bank.start("saturation", TAG, {"high": TRUTH - 1e6})
    assert shown(bank, plant, 1.0) == pytest.approx(TRUTH - 1e6, abs=STEP)
    bank.heal("saturation", TAG, {})
    bank.start("quantisation", TAG, {"step": 0.5e6})
    assert (shown(bank, plant, 2.0) - ORIGIN) / 0.5e6 == pytest.approx(round((TRUTH - ORIGIN) / 0.5e6), abs=1e-3)


def test_a_dead_instrument_shows_nothing_and_a_healed_one_the_truth_again(bank: InstrumentBank, plant: Any) -> None:
    bank.start("dead", TAG, {})
    assert np.isnan(shown(bank, plant, 1.0))
    bank.heal("dead", TAG, {})
    assert shown(bank, plant, 2.0) == pytest.approx(TRUTH, abs=6 * (SIGMA + ERROR))


def test_replayed_readings_repeat_with_their_noise_and_do_not_answer(bank: InstrumentBank, plant: Any) -> None:
    """Row 32 of the signatures: within all limits, the noise's spectrum repeats, and a probe has no effect."""
    shown(bank, plant, 1.0)
    bank.start("replayed", TAG, {"over": 10.0})
    plant.signals["Well.IntakePressure"][:] = TRUTH + 2e6
    values = np.array([shown(bank, plant, 1.0 + k) for k in range(1, 31)])
    assert values[:10].tolist() == values[10:20].tolist() == values[20:].tolist()
    assert 0 < values[:10].std() < 2 * SIGMA
    assert values.mean() == pytest.approx(TRUTH, abs=6 * (SIGMA + ERROR))
    bank.heal("replayed", TAG, {})
    assert shown(bank, plant, 32.0) == pytest.approx(TRUTH + 2e6, abs=6 * (SIGMA + ERROR))


def test_a_frozen_instrument_has_no_variance_while_others_move(bank: InstrumentBank, plant: Any) -> None:
    """Row 30 of the signatures."""
    shown(bank, plant, 0.5)
    bank.start("frozen", TAG, {})
    assert series(bank, plant, 50).std() == 0.0
    assert np.std([shown(bank, plant, 20 + k, "Well.1") for k in range(50)]) > 0.5 * SIGMA


def test_faults_leave_the_noise_of_others_as_it_was(plant: Any) -> None:
    plant.signals["Well.IntakePressure"][:] = TRUTH
    whole, faulty = (InstrumentBank(plant.signals, plant.index, lambda: plant.env.now, seed=1) for _ in range(2))
    faulty.start("noise", TAG, {"size": 1e6})
    plant.env.run(until=20)
    assert whole.read("Well.1") == faulty.read("Well.1")
    assert whole.read("Well.0") != faulty.read("Well.0")


@pytest.mark.parametrize("tag", ["Well.0.Nothing", "Pump.0.Speed", "Well.0.RunState"])
def test_an_unknown_instrument_is_named(bank: InstrumentBank, tag: str) -> None:
    with pytest.raises(Unknown):
        bank.start("dead", tag, {})


def test_every_mistake_of_an_instrument_table_is_reported_at_once(tmp_path: Path) -> None:
    (tmp_path / "i.toml").write_text("""
[Well.IntakePressure]
sigma_A = 1
error_MPa = -0.1
resolution_MPa = 0
range_MPag = [5, 1]
lag_s = 0
colour = "red"
[Well.Mood]
sigma = 1
""")
    with pytest.raises(ConfigError) as caught:
        instruments(tmp_path / "i.toml")
    said = str(caught.value)
    for part in ("sigma_A", "error_MPa", "resolution_MPa", "range", "colour", "Well.Mood", "Tank.Level"):
        assert part in said

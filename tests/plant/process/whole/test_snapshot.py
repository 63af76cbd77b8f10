"""A field saved, put back and cloned, against itself: bits, not tolerances."""

import io

import numpy as np
import pytest
import simpy
from hypothesis import given, settings
from hypothesis import strategies as st

from plant.error import ConfigError
from plant.process.settled import settled_field

ACTION = st.tuples(
    st.sampled_from(
        ("Well.Energised", "Well.FrequencyTarget", "Well.ChokeTarget", "Well.Supply", "GasLiftWell.ChokeTarget",
         "GasLiftWell.LiftChokeTarget", "NaturalWell.ChokeTarget", "Injector.ChokeTarget", "Separator.GasValve",
         "Compressor.Energised", "InjectionPump.Energised", "Generator.Energised")
    ),
    st.floats(0.0, 1.0),
    st.integers(1, 15),
)  # fmt: skip


def act(process, actions):
    """Ask for these things one after another, each for some seconds."""
    for name, value, seconds in actions:
        array = process.inputs[name]
        array[:] = 70.0 * value if name == "Well.FrequencyTarget" else value
        if array.dtype == bool:
            array[:] = value > 0.5
        run(process, seconds)


def run(process, seconds):
    process.env.run(until=process.env.now + seconds)


def assert_same(one, other):
    assert one.keys() == other.keys()
    assert [name for name in one if not np.array_equal(one[name], other[name], equal_nan=True)] == []


@given(st.lists(ACTION, min_size=1, max_size=6), st.lists(ACTION, min_size=1, max_size=6))
@settings(max_examples=6, deadline=None)
def test_what_was_saved_is_put_back_and_goes_on_as_it_did(whole, first, then):
    process = whole.clone()
    act(process, first)
    saved = process.save()
    kept = {name: array.copy() for name, array in saved.items()}
    act(process, then)
    went = process.save(), {name: values.copy() for name, values in process.signals.items()}
    assert_same(saved, kept)  # copies, that nothing moves
    process.restore(saved)
    assert_same(process.save(), saved)
    act(process, then)
    assert_same(process.save(), went[0])
    assert_same(process.signals, went[1])


@given(st.lists(ACTION, min_size=1, max_size=6))
@settings(max_examples=6, deadline=None)
def test_a_clone_runs_ahead_and_the_original_then_does_the_same(whole, actions):
    original = whole.clone()
    clone, before = original.clone(), original.save()
    act(clone, actions)
    assert_same(original.save(), before)
    act(original, actions)
    assert_same(original.save(), clone.save())
    assert_same(original.signals, clone.signals)


def test_a_clone_of_what_is_no_clone_itself_goes_on_to_the_same_bits(field):
    original = settled_field(field, seed=None)
    original.inputs["Well.Energised"][::3] = False
    run(original, 20)
    clone = original.clone()
    for one in (original, clone):
        one.inputs["Well.Energised"][1::3] = False
        run(one, 25)
    assert_same(original.save(), clone.save())


def test_malfunctions_are_part_of_what_is_saved_and_cloned(whole):
    # under way, over, and started but not yet felt, since nothing has been stepped in between
    process = whole.clone()
    names = {(row.name, asset) for row, assets in process.malfunctions.available() for asset in assets}
    for name, asset in sorted(names, key=str)[::9]:
        process.malfunctions.start(name, asset, 0.7, ramp=60.0)
    run(process, 30.0)
    for name, asset in sorted(names, key=str)[4::9]:
        process.malfunctions.start(name, asset, 0.4, ramp=0.0)
    clone, saved = process.clone(), process.save()
    run(process, 60.0)
    went = process.save()
    process.malfunctions.clear_all()
    run(process, 10.0)
    process.restore(saved)
    assert len(process.malfunctions.active()) > 20
    for one in (process, clone):
        run(one, 60.0)
        assert_same(one.save(), went)


def test_a_file_of_numpy_brings_another_process_to_the_same_state(whole):
    process, file = whole.clone(), io.BytesIO()
    act(process, [("Well.Energised", 0.0, 30), ("GasLiftWell.LiftChokeTarget", 0.9, 30)])
    np.savez(file, **process.save())
    file.seek(0)
    other = whole.clone()
    with np.load(file) as saved:
        other.restore(saved)
    assert_same(other.save(), process.save())
    for _ in range(60):
        process.step(1.0)
        other.step(1.0)
    assert_same(other.save(), process.save())


def test_a_nominal_field_takes_the_state_of_a_perturbed_one_with_its_hidden_parameters(field, truth):
    nominal = settled_field(field, seed=None)
    nominal.restore(truth.save())
    for process in (truth, nominal):
        run(process, 20.0)
    assert_same(nominal.save(), truth.save())


def test_a_clone_has_time_of_its_own_and_steps_when_the_original_does(whole):
    original, env = whole.clone(), simpy.Environment(100.0)
    run(original, 0.4)
    clone = original.clone(env)
    env.run(until=100.0 + 5.3)
    original.env.run(until=original.env.now + 5.3)
    assert clone.time[0] == original.time[0]
    assert_same(clone.save(), original.save())
    assert clone.field is original.field
    assert clone.env is env


def test_clones_share_no_number_that_moves(whole):
    clone = whole.clone()
    for array in (clone.wells.motion.q, clone.wells.parameters.gor, clone.inputs["Well.ChokeTarget"]):
        array += 1.0
    assert not np.shares_memory(clone.wells.motion.q, whole.wells.motion.q)
    assert np.all(clone.wells.motion.q > whole.wells.motion.q)
    assert np.shares_memory(clone.wells.state["motion"], clone.wells.motion.q)


def test_everything_that_does_not_fit_is_told_at_once(whole, truth):
    saved = truth.save()
    with pytest.raises(ConfigError) as error:
        whole.clone().restore(saved)
    said = str(error.value)
    rows = whole.wells.state["motion"].shape[0]
    wrong = f"wells.motion = ({rows}, 12): must have the shape ({rows}, 3)"
    for word in ("natural.oil: is missing", wrong, "gas_lift.choke: is missing"):
        assert word in said, said[:2000]
    with pytest.raises(ConfigError, match="nonsense: is nothing of this field"):
        truth.restore(saved | {"nonsense": np.zeros(1)})
    assert_same(truth.save(), saved)

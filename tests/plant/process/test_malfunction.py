"""Malfunctions move parameters of their assets, together and back again, and nothing else."""

from pathlib import Path

import numpy as np
import pytest

from plant.asset.field_file import load_field
from plant.error import ConfigError, OutOfRange, Unknown
from plant.process.field import FieldProcess
from plant.process.malfunction import Malfunctions
from plant.process.malfunction_file import load_malfunctions, malfunctions
from plant.process.settled import settled_field

WELL = "Well.CACB27A-P1"


@pytest.fixture(scope="module")
def process(field) -> FieldProcess:
    return settled_field(field, seed=None, dt=1.0)


@pytest.fixture
def faults(process) -> Malfunctions:
    malfunctions = Malfunctions(process)
    yield malfunctions
    malfunctions.clear_all()
    malfunctions.step(0.0)


def value(process, name, asset=WELL):
    return float(process.parameters[asset.partition(".")[0]][name][process.index(asset)])


def test_there_are_malfunctions_for_every_type_of_asset_and_forty_for_pumped_wells():
    kinds = [kind for kind, _ in malfunctions()]
    assert kinds.count("Well") >= 40
    assert len(kinds) >= 75
    assert {"GasLiftWell", "NaturalWell", "Injector", "Separator", "Manifold", "Compressor", "Generator"} <= set(kinds)


def test_signatures_are_those_of_the_rows_that_a_plant_can_show():
    named = {row.signature for row in malfunctions().values() if row.signature}
    assert named == set(range(1, 30)) - {18}  # 18 is what a trip does to a sound well


@pytest.mark.parametrize("name", ["shengli12", "island"])
def test_every_malfunction_finds_its_parameters_in_a_field_that_has_such_assets(name):
    process = settled_field(load_field(name), seed=None, dt=1.0)
    for row, assets in process.malfunctions.available():
        for move in row.moves:
            assert process.parameters[row.asset_type][move.parameter].shape == (len(assets),), (row.name, move)


def test_a_malfunction_comes_in_its_ramp_and_leaves_nothing_behind(process, faults):
    before = value(process, "productivity")
    faults.start("pump-off", WELL, severity=1.0, after=10.0, ramp=100.0)
    seen = []
    for _ in range(4):
        faults.step(30.0)
        seen.append(value(process, "productivity") / before)
    assert seen == pytest.approx([0.1**0.2, 0.1**0.5, 0.1**0.8, 0.1])
    faults.clear("pump-off", WELL)
    faults.step(1.0)
    assert value(process, "productivity") == before  # to the last bit
    assert faults.active() == []


def test_only_the_named_asset_is_touched(process, faults):
    before = process.wells.parameters.productivity.copy()
    faults.start("pump-off", WELL, ramp=0.0)
    faults.step(1.0)
    assert np.flatnonzero(process.wells.parameters.productivity != before).tolist() == [0]


def test_malfunctions_on_one_parameter_compose_whatever_came_first(process, faults):
    before = value(process, "head_factor")
    names = ["scale in stages", "erosion wear"]
    found = []
    for order in (names, names[::-1]):
        for name in order:
            faults.start(name, WELL, ramp=0.0)
            faults.step(1.0)
        found.append(value(process, "head_factor"))
        for name in order:
            faults.clear(name, WELL)
            faults.step(1.0)
    assert found[0] == found[1] == pytest.approx(0.85 * 0.8 * before)
    assert value(process, "head_factor") == before


def test_a_switch_is_thrown_beyond_half_severity(process, faults):
    for severity, expected in ((0.4, 1.0), (0.6, -1.0)):
        faults.start("reverse rotation", WELL, severity=severity, ramp=0.0)
        faults.step(1.0)
        assert value(process, "direction") == expected


def test_a_parameter_that_nobody_broke_may_be_moved_by_others(process, faults):
    choke = process.wells.parameters.choke_full
    before = choke[0]
    choke[0] = 0.9 * before
    faults.start("choke plugged", WELL, ramp=0.0)
    faults.step(1.0)
    faults.clear("choke plugged", WELL)
    faults.step(1.0)
    assert choke[0] == 0.9 * before
    choke[0] = before


def test_a_field_saved_amid_a_malfunction_goes_on_with_it_elsewhere_and_heals_there(process):
    healthy = value(process, "choke_full")
    process.malfunctions.start("choke plugged", WELL, ramp=100.0)
    for _ in range(50):
        process.step(1.0)
    saved, other = process.save(), process.clone()
    process.malfunctions.clear_all()
    process.step(1.0)
    assert value(process, "choke_full") == healthy
    process.restore(saved)
    for one in (process, other):
        for _ in range(50):
            one.step(1.0)
        assert value(one, "choke_full") == pytest.approx(0.25 * healthy)
        one.malfunctions.clear("choke plugged", WELL)
        one.step(1.0)
        assert value(one, "choke_full") == healthy


def test_the_state_brings_a_malfunction_back_at_the_severity_it_had(process, faults):
    faults.start("plugged intake", WELL, ramp=100.0)
    faults.step(40.0)
    kept = {name: array.copy() for name, array in faults.state.items()}
    there = value(process, "intake_loss")
    faults.step(60.0)
    for name, array in kept.items():
        faults.state[name][...] = array
    faults.step(0.0)
    assert value(process, "intake_loss") == there
    assert [(one.name, one.severity) for one in faults.active()] == [("plugged intake", pytest.approx(0.4))]


def test_what_cannot_be_is_named(process, faults):
    with pytest.raises(Unknown, match=r"no malfunction of Well 'flare out'"):
        faults.start("flare out", WELL)
    with pytest.raises(Unknown, match=r"no asset 'Well\.X'"):
        faults.start("broken shaft", "Well.X")
    with pytest.raises(OutOfRange, match="between 0 and 1"):
        faults.start("broken shaft", WELL, severity=1.5)


def test_a_field_without_a_part_has_none_of_its_malfunctions(process):
    names = {row.name for row, _ in process.malfunctions.available()}
    assert "supply sag" in names
    assert "injection header leak" not in names
    assert "injection.leak_area" not in process.parameters["Field"]


def test_every_mistake_of_a_table_is_told_at_once(tmp_path: Path):
    path = tmp_path / "malfunctions.toml"
    path.write_text("""
[[malfunction]]
name = "a"
assets = ["Wall"]
group = "pimp"
cause = "c"
moves = [{ parameter = "gor", how = "scale", to = 0.0 }, { parameter = "gor", how = "sat", to = 1.0 }]

[[malfunction]]
name = "b"
assets = ["Well", "Well"]
group = "pump"
ramp_s = -1
moves = []
""")
    with pytest.raises(ConfigError) as error:
        load_malfunctions(path)
    said = str(error.value)
    for word in ("Wall", "pimp", "must be positive", "sat", "twice", "cause", "es", "ramp_s", "at least one"):
        assert word in said, said

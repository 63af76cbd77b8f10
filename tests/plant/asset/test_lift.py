"""Wells without pumps in a field's file."""

from pathlib import Path

import pytest

import plant.asset
from plant.asset.field_file import load_field
from plant.asset.signal import signals
from plant.asset.tag import tags_of
from plant.error import ConfigError

DEMO = Path(plant.asset.__file__).with_name("fields") / "shengli12.toml"
ROWS = Path(__file__).parents[1] / "process" / "flowing" / "wells.toml"


def field_with(tmp_path, *changes):
    text = ROWS.read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "mixed.toml"
    path.write_text(DEMO.read_text() + text)
    return load_field(path)


def test_they_stand_beside_the_pumped_wells_under_types_of_their_own(tmp_path):
    field = field_with(tmp_path)
    assert [field.index(f"NaturalWell.{code}") for code in ("NF-1", "NG-1")] == [0, 1]
    assert {"GasLiftWell.GL-1", "Injector.WI-1"} <= set(field.assets())
    assert "GasLiftWell.GL-1.LiftGasFlow" in tags_of(field.assets())
    assert field.gas_lift_wells[0].productivity == pytest.approx(150 / 86_400 / 1e6)


def test_a_field_without_them_is_as_it_was():
    field = load_field("shengli12")
    assert (field.gas_lift_wells, field.natural_wells, field.injectors) == ((), (), ())


def test_every_contradiction_is_told_at_once(tmp_path):
    with pytest.raises(ConfigError) as refused:
        field_with(
            tmp_path,
            ("tubing_depth_m = 2048", "tubing_depth_m = 2500"),
            ('kind = "PROD_GAS"', 'kind = "PROD_STEAM"'),
            ("fracture_pressure_MPa = 30", "fracture_pressure_MPa = 10"),
            ('wellpad = "A"', 'wellpad = "Z"'),
            ('code = "NG-1"', 'code = "NF-1"'),
            ("orifice_mm = 9", "orifice_psi = 9"),
        )
    told = str(refused.value)
    parts = ("GL-1].tubing_depth", "PROD_STEAM", "WI-1].fracture_pressure", "Z", "used 2 times", "orifice")
    for part in parts:
        assert part in told


def test_every_choke_they_have_can_be_set():
    setpoints = {key for key, signal in signals().items() if signal.kind == "setpoint"}
    assert {("GasLiftWell", "LiftChokeReference"), ("NaturalWell", "ChokeReference")} <= setpoints

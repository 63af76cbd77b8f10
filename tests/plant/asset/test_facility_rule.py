"""A field file whose facilities contradict themselves is refused, each with its reason, all at once."""

import re
from pathlib import Path

import pytest

from plant.asset.field_file import load_field
from plant.error import ConfigError

ISLAND = Path(__file__).parents[1] / "process" / "facility" / "station.toml"

EDITS = [
    ("discharge_pressure_MPag = 1.2", "discharge_pressure_MPag = 0.4", "not above the suction pressure"),
    ("discharge_pressure_MPag = 1.2", "discharge_pressure_MPag = 9.0", "more than one casing"),
    ("suction_pressure_MPag = 0.5", "suction_pressure_MPag = 0.9", "no gas would come"),
    ("pressure_MPag = 1.1\n", "pressure_MPag = 0.7\n", "always burn"),
    ("pressure_MPag = 1.1\n", "pressure_MPag = 1.7\n", "not below the relief valve's"),
    ("relief_pressure_MPag = 1.6", "relief_pressure_MPag = 0.5", "not above the separator's"),
    ("shut_in_pressure_MPa = 10.0", "shut_in_pressure_MPa = 7.0", "the curve must fall"),
    ('code = "RW"\nmanifold = "MW"', 'code = "RW"\nmanifold = "MX"', "is no manifold"),
    ('code = "G2"', 'code = "G1"', "is used 2 times"),
    ("temperature_degC = 55.0", "temperature_degC = -5.0", "must be between"),
    ("surge_share_pct = 72.0", "surge_share_pct = 172.0", "must be between"),
    ("top_opening_pct = 12.0", "top_opening_pct = 120.0", "must be between"),
]


def edited(tmp_path, *edits):
    text = ISLAND.read_text(encoding="utf-8")
    for old, new, _ in edits:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "edited.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_field_as_delivered_is_right():
    assert [asset for asset in load_field(ISLAND).assets() if asset.startswith("Compressor.")] == [
        "Compressor.K1",
        "Compressor.K2",
    ]


@pytest.mark.parametrize("edit", EDITS, ids=[rule for _, _, rule in EDITS])
def test_a_contradiction_is_refused_with_its_reason(tmp_path, edit):
    with pytest.raises(ConfigError, match=re.escape(edit[2])):
        load_field(edited(tmp_path, edit))


def test_all_mistakes_come_at_once(tmp_path):
    several = [EDITS[0], EDITS[5], EDITS[6], EDITS[10]]
    with pytest.raises(ConfigError) as caught:
        load_field(edited(tmp_path, *several))
    for _, _, rule in several:
        assert rule in str(caught.value)


def test_a_field_without_facilities_has_none():
    field = load_field("shengli12")
    kinds = ("risers", "heaters", "compressors", "flares", "injection_pumps", "generators")
    assert [getattr(field, kind) for kind in kinds] == [()] * len(kinds)
    assert not any(asset.startswith("Flowline.") for asset in field.assets())

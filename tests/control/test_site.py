"""What control reads before it starts: every mistake of every file, told at once."""

import shutil
from pathlib import Path

import pytest

from control.site import Site
from plant.asset import field_file
from plant.error import ConfigError


@pytest.fixture
def files(tmp_path):
    """The demo field and its alarm table as files of one's own, and a small bench."""
    folder = Path(field_file.__file__).with_name("fields")
    for name in ("shengli12.toml", "shengli12.alarms.toml"):
        shutil.copy(folder / name, tmp_path)
    (tmp_path / "bench.toml").write_text("""
        field = "shengli12"
        [[device]]
        name = "RTU"
        profile = "well_rtu"
        endpoint = "modbus://127.0.0.1:1502/1"
        assets = { well = "Well.CACB27A-P1" }
    """)
    return tmp_path


def load(files):
    return Site.load(str(files / "shengli12.toml"), str(files / "bench.toml"))


def change(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_demo_site_is_right():
    site = Site.load("shengli12", "shengli12")
    assert "Well.CACB27A-P1.Frequency" in site.bench.primary()
    assert {rule.tag.name for rule in site.rules} <= set(site.tags)


def test_mistakes_of_bench_and_alarm_table_come_together_each_with_its_file(files):
    change(files / "bench.toml", "Well.CACB27A-P1", "Well.NOWHERE")
    change(files / "shengli12.alarms.toml", "Well.*.TripCode", "Well.*.TripKode")
    with pytest.raises(ConfigError) as error:
        load(files)
    text = str(error.value)
    assert "bench.toml: device[RTU].assets.well = 'Well.NOWHERE': is no asset of the field" in text
    assert "shengli12.alarms.toml: alarm[0].tags = 'Well.*.TripKode': names no tag of the field" in text


def test_a_bench_of_another_field_is_refused(files):
    change(files / "bench.toml", 'field = "shengli12"', 'field = "elsewhere"')
    with pytest.raises(ConfigError, match=r"field = 'elsewhere': is not the field loaded, shengli12"):
        load(files)


def test_a_missing_field_and_a_wrong_bench_are_both_told(files):
    change(files / "bench.toml", "modbus://", "gopher://")
    (files / "shengli12.toml").unlink()
    with pytest.raises(ConfigError) as error:
        load(files)
    assert "shengli12.toml: file: does not exist" in str(error.value)
    assert "must be SCHEME://HOST:PORT" in str(error.value)


def test_a_wrong_field_does_not_hide_that_the_bench_and_the_alarms_name_what_is_not_there(files):
    """Its codes stand, whatever else is wrong."""
    change(files / "shengli12.toml", "water_cut_pct = 70.7", "water_cut_pct = 707")
    change(files / "bench.toml", "Well.CACB27A-P1", "Well.NOWHERE")
    change(files / "shengli12.alarms.toml", "Well.*.TripCode", "Well.*.TripKode")
    with pytest.raises(ConfigError) as error:
        load(files)
    assert len(error.value.mistakes) == 3
    for told in ("water_cut_pct = 707", "'Well.NOWHERE': is no asset of the field", "'Well.*.TripKode': names no tag"):
        assert told in str(error.value)


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [('code = "CACB27A-P1"\n', "", "wells[0].code: is missing"), ('name = "shengli12"\n', "", "name: is missing")],
)
def test_a_name_that_the_field_does_not_give_makes_no_mistake_in_another_file(files, was, becomes, told):
    """The stand-in for it is not what the bench had to match."""
    change(files / "shengli12.toml", was, becomes)
    with pytest.raises(ConfigError) as error:
        load(files)
    assert [f"{mistake.key}: {mistake.rule}" for mistake in error.value.mistakes] == [told]

"""A table read under supervision: SI out, and every mistake noted with file, key and rule."""

import math
from pathlib import Path

import pytest

from plant.asset.table import Table
from plant.error import ConfigError


def table(text: str, tmp_path: Path) -> Table:
    (tmp_path / "x.toml").write_text(text)
    return Table.load(tmp_path / "x.toml")


def rules(read: Table) -> list[str]:
    """Key and rule of each mistake."""
    return [f"{m.key}: {m.rule}" for m in read.mistakes]


def test_a_number_comes_out_in_si_by_the_unit_in_its_key(tmp_path):
    read = table("depth_ft = 1000\np_set_psig = 0\nn = 3", tmp_path)
    assert read.number("depth", "length") == pytest.approx(304.8)
    assert read.number("p_set", "pressure") == 101_325.0
    assert read.number("n") == 3.0
    read.no_others()
    read.finish()


def test_a_difference_has_no_offset(tmp_path):
    read = table("deadband_psig = 1\nnoise_degC = 2\nplain = 3", tmp_path)
    assert read.difference("deadband", "pressure") == pytest.approx(6894.757293168361)
    assert read.difference("noise", "temperature") == pytest.approx(2.0)
    assert read.difference("plain") == 3.0
    assert read.difference("absent", default=0.0) == 0.0
    assert read.mistakes == []
    assert rules(_noted(table("deadband_psig = -1", tmp_path))) == ["deadband_psig: must be at least 0"]


def _noted(read: Table) -> Table:
    read.difference("deadband", "pressure")
    return read


def test_all_mistakes_come_in_one_error_that_names_the_file(tmp_path):
    read = table('a_MPa = 5\nb = "x"\nc = nan\nd = true\ne = 9\nmisspelt = 1', tmp_path)
    read.number("a", "length")
    read.number("b")
    read.number("c")
    read.number("d")
    read.number("e", low=0, high=5)
    read.number("f")
    read.no_others()
    with pytest.raises(ConfigError) as error:
        read.finish()
    assert rules(read) == [
        "a_MPa: MPa is no unit of length; understood are m, mm, ft, in",
        "b: must be a finite number",
        "c: must be a finite number",
        "d: must be a finite number",
        "e: must be between 0 and 5",
        "f: is missing",
        "misspelt: is not a key of this table",
    ]
    assert str(error.value).count(f"{tmp_path / 'x.toml'}: ") == len(read.mistakes)


def test_a_range_is_told_in_the_unit_of_the_key(tmp_path):
    read = table("p_MPa = 9", tmp_path)
    read.number("p", "pressure", low=1e6, high=2e6)
    assert rules(read) == ["p_MPa: must be between 1 and 2"]


def test_the_same_number_said_in_two_units_is_a_mistake(tmp_path):
    read = table("p_MPa = 1\np_psi = 145", tmp_path)
    read.number("p", "pressure")
    assert rules(read) == ["p_psi: says again what p_MPa says"]


def read_quantities(read: Table) -> Table:
    """As a reader does that asks for three quantities, a list, a difference and a plain number."""
    read.number("rate", "volume rate")
    read.number("gor", "gas-oil ratio")
    read.number("relief", "pressure", default=None)
    read.numbers("md", "length")
    read.difference("deadband", "density", default=0.0)
    read.number("exponent", default=1.0)
    read.number("rate_ramp", "frequency rate", default=1.0)
    read.no_others()
    return read


UNDERSTOOD = "volume rate; understood are m3_s, m3_h, m3_d, bpd, scf_d, Mscf_d, MMscf_d, bbl_d, stb_d, Sm3_d"


def test_an_unknown_unit_is_told_once_with_those_that_are_understood(tmp_path):
    read = read_quantities(table("rate_gal_min = 3\ngor_cf_bbl = 9\nrelief_torr = 2\nmd_chain = [1]", tmp_path))
    assert rules(read) == [
        f"rate_gal_min: gal_min is no unit of {UNDERSTOOD}",
        "gor_cf_bbl: cf_bbl is no unit of gas-oil ratio; understood are m3_m3, scf_stb, Sm3_Sm3, scf_bbl",
        "relief_torr: torr is no unit of pressure; understood are Pa, kPa, MPa, bar, psi, atm, kgf_cm2, "
        "kPag, MPag, barg, psig, kgf_cm2g, kPaa, MPaa, bara, psia",
        "md_chain: chain is no unit of length; understood are m, mm, ft, in",
    ]


def test_a_key_that_only_begins_like_a_missing_one_does_not_hide_that_it_is_missing(tmp_path):
    read = read_quantities(table("rate_ramp_Hz_s = 3\ngor = 9\nmd = [1]\nexponent_m = 2", tmp_path))
    assert rules(read) == ["rate: is missing", "exponent_m: m is no unit of number; it has none"]


def test_api_gravity_is_read_as_a_density_and_never_as_a_difference_of_two(tmp_path):
    read = table("oil_degAPI = 10\nheavy_degAPI = 80\ndeadband_degAPI = 2", tmp_path)
    assert read.number("oil", "density") == pytest.approx(999.016)  # water's at 60 °F, by definition
    read.number("heavy", "density", low=700.0, high=1050.0)
    read.difference("deadband", "density")
    assert rules(read) == [
        "heavy_degAPI: must be between 3.1293 and 70.4439",
        "deadband_degAPI: a difference has no worth in °API",
    ]


def test_reading_goes_on_past_a_mistake_with_a_stand_in(tmp_path):
    read = table('n = "x"', tmp_path)
    assert math.isnan(read.number("n"))
    assert read.text("name") == ""
    assert read.numbers("list") == ()
    assert read.tables("rows") == []


@pytest.mark.parametrize(
    ("text", "read", "rule"),
    [
        ("x = 1", lambda t: t.text("x"), "x: must be a text"),
        ('x = "c"', lambda t: t.text("x", choices=("a", "b")), "x: must be one of a, b"),
        ("x = 1.5", lambda t: t.integer("x"), "x: must be a whole number"),
        ("x = true", lambda t: t.integer("x"), "x: must be a whole number"),
        ("x = 9", lambda t: t.integer("x", low=1, high=4), "x: must be between 1 and 4"),
        ("x = 1", lambda t: t.boolean("x"), "x: must be true or false"),
        ("x = []", lambda t: t.numbers("x"), "x: must be a list of numbers"),
        ("x = [1]", lambda t: t.tables("x"), "x: must be a list of tables"),
        ("x = [1]", lambda t: t.texts("x"), "x: must be a list of texts"),
        ("x = 1", lambda t: t.table("x"), "x: must be a table"),
        ("x = 1", lambda t: list(t.named_tables()), "x: must be a table"),
    ],
)
def test_each_kind_of_value_is_checked(tmp_path, text, read, rule):
    noted = table(text, tmp_path)
    read(noted)
    assert rules(noted) == [rule]


def test_mistakes_in_nested_tables_say_where(tmp_path):
    read = table('[[well]]\ncode = "A"\n[well.pump]\nstages = "many"\n', tmp_path)
    for row in read.tables("well"):
        row.table("pump").integer("stages")
    assert rules(read) == ["well[A].pump.stages: must be a whole number"]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (None, "file: does not exist"),
        ("a = 1\n  x = = 1", "line 2, column 7 = 'x = = 1': cannot be read: Invalid value"),
        ("a = 1\na = 2", "line 2, column 6 = 'a = 2': cannot be read: Cannot overwrite a value"),
        ("a = 1\nb = [", "line 2, column 6 = 'b = [': cannot be read: Invalid value"),
        ("x = " + "[" * 5000, "file: is nested too deeply to be read"),
        ("x = " + "9" * 5000, "file: cannot be read: Exceeds the limit"),
        ("\udcff", "line 1, column 1 = 'ÿ': cannot be read: Invalid statement"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_mistake_of_its_own(tmp_path, text, rule):
    path = tmp_path / "x.toml"
    if text is not None:
        path.write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(ConfigError) as error:
        Table.load(path)
    assert str(error.value).startswith(f"{path}: {rule}")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_a_file_is_read_in_whatever_an_editor_of_the_west_saves(tmp_path, encoding):
    path = tmp_path / "x.toml"
    path.write_bytes('name = "peña, 60 °C"\r\n'.encode(encoding))
    assert Table.load(path).text("name") == "peña, 60 °C"


def test_a_value_of_any_size_or_depth_is_told_in_one_line(tmp_path):
    read = table(f"x = {'[' * 200}{']' * 200}\ny = '{'z' * 10_000}'", tmp_path)
    read.number("x")
    read.number("y")
    assert all(len(str(mistake)) < 400 for mistake in read.mistakes)
    assert len(read.mistakes) == 2

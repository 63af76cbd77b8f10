"""What a start would build is built when a file is checked, and its numbers are held against what was measured."""

import re
from pathlib import Path

import pytest

from plant.asset.bench_file import load_bench
from plant.asset.field_file import load_field
from plant.asset.place import field_path
from plant.error import ServiceError
from ui.cli.field_file import check
from ui.supervisor.examine import examine
from ui.supervisor.rehearsal import construct, rehearse

TEXT = field_path("shengli12").read_text(encoding="utf-8")
SURVEY = re.search(r"md_m = .*\ntvd_m = .*\n", TEXT)[0]


@pytest.fixture
def written(tmp_path: Path):
    def write(was: str, becomes: str) -> str:
        assert was in TEXT
        path = tmp_path / "f.toml"
        path.write_text(TEXT.replace(was, becomes, 1), encoding="utf-8")
        return str(path)

    return write


@pytest.mark.parametrize(
    "survey",
    [
        "md_m = [0, 900, 1800]\ntvd_m = [0, 900]\n",
        "md_m = [0, 900, 1800]\ninclination_deg = [0, 0]\nazimuth_deg = [0, 0, 0]\n",
        "md_m = [0, 900, 1800]\ninclination_deg = [0, 0, 0]\nazimuth_deg = [0]\n",
        "md_m = [0]\ninclination_deg = [0]\nazimuth_deg = [0]\n",
        "md_m = [0, 900, 1800]\ninclination_deg = [0, 0, 0]\nazimuth_deg = [0, 'N', 0]\n",
        "md_m = [0, 900, 1800]\n",
    ],
)
def test_a_survey_without_all_its_columns_is_refused_by_the_check_and_not_by_the_start(written, survey):
    told = examine(written(SURVEY, survey))["mistakes"]
    assert told
    assert all("wells[CACB27A-P1].survey" in line for line in told)


def test_a_hole_that_begins_with_a_slanting_station_is_asked_for_those_above(written):
    told = examine(written(SURVEY, "md_m = [1000, 1800]\ntvd_m = [900, 1500]\n"))["mistakes"]
    assert [line.partition("survey.tvd: ")[2] for line in told] == [
        "begins where the hole is no longer vertical: give its stations from the surface on"
    ]


def test_what_passes_alone_and_cannot_be_built_together_is_told_by_the_check(written):
    """Rock of 600 K, for which no correlation holds."""
    told = examine(written("geothermal_gradient = 0.038", "geothermal_gradient = 0.2"))["mistakes"]
    assert told
    assert all("must lie between 273.15 and 523.15" in line for line in told)


def test_the_delivered_fields_can_be_built():
    for name in ("shengli12", "island"):
        assert construct(load_field(name), name) == []


def test_a_measured_point_that_the_files_numbers_do_not_give_is_told_with_both_and_refuses_nothing(written, capsys):
    path = written("wellhead_pressure_MPag = 4.57", "wellhead_pressure_MPag = 2.0")
    check(path, "shengli12")
    out, err = capsys.readouterr()
    assert err == (
        f"warning: {path}: wells[CACB27A-P1].measured.wellhead_pressure: "
        "measured 2 MPa(g), but the file's own numbers give 4.57 MPa(g)\n"
    )
    assert out.startswith("shengli12: 12 × Well")


def test_a_field_that_gives_what_was_measured_warns_of_nothing():
    field = load_field("shengli12")
    assert rehearse(field, "shengli12", load_bench("shengli12", field.assets())) == ([], [])


def test_a_device_that_nothing_can_simulate_is_refused_by_the_check(tmp_path: Path):
    """A profile of one's own may name a behaviour that no device of ours has."""
    profiles = Path(load_bench("shengli12").path).parents[1] / "profiles"
    text = (profiles / "well_rtu.toml").read_text(encoding="utf-8")
    (tmp_path / "own.toml").write_text(text.replace('behaviour = "well_rtu"', 'behaviour = "tea_maker"'))
    bench = tmp_path / "bench.toml"
    bench.write_text(
        'field = "shengli12"\n[[device]]\nname = "A"\nprofile = "own.toml"\nendpoint = "modbus://127.0.0.1:29000/1"\n'
        'assets = { well = "Well.CACB27A-P1" }\n'
    )
    with pytest.raises(ServiceError, match="no behaviour 'tea_maker' is known"):
        check("shengli12", str(bench))

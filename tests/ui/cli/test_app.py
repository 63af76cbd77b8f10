"""The command itself: what it answers without a running field, and how it tells errors."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.limit import HANGS
from ui.measuring import MEASUREMENTS
from ui.supervisor.program import PROGRAMS

HEAVY = ("numpy", "pyarrow", "duckdb", "fastapi", "httpx", "rich", "psutil", "control", "historian")


def gemelo(*arguments: str, folder: Path | None = None) -> "subprocess.CompletedProcess[str]":
    """Run the command as a shell does."""
    program = Path(sys.executable).with_name("gemelo")
    return subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True, timeout=HANGS)


def test_help_names_every_command_without_importing_anything_heavy() -> None:
    """Established by asking the interpreter what was imported; 0.1 s on a laptop follows from it."""
    script = f"""
import sys
from ui.cli import app
sys.argv = ["gemelo", "--help"]
try:
    app.main()
except SystemExit as end:
    assert not end.code
print("heavy:", [name for name in {HEAVY!r} if name in sys.modules])
"""
    shown = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=HANGS
    ).stdout
    assert "heavy: []" in shown
    for command in ("up", "status", "tags", "read", "watch", "write", "alarms", "field", "bench", "service"):
        assert f"  {command} " in shown


@pytest.mark.parametrize(
    "arguments",
    [
        ("status",),
        ("tags",),
        ("read", "Well.X.Frequency"),
        ("write", "Well.X.Frequency", "1", "--reason", "r"),
        ("alarms",),
    ],
)
def test_where_no_field_runs_one_line_says_so_and_what_to_do(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """No traceback, status 1, nothing on standard output."""
    ended = gemelo(*arguments, folder=tmp_path)
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr == "gemelo: no field is running here (data data); start one with: gemelo up\n"


def test_an_address_where_nothing_answers_is_named(free_port: int, tmp_path: Path) -> None:
    """Connection refused, in one line."""
    url = f"http://127.0.0.1:{free_port}"
    ended = gemelo("tags", "--url", url, folder=tmp_path)
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"gemelo: {url} does not answer: ")
    assert ended.stderr.count("\n") == 1


def test_the_demo_field_and_its_bench_are_free_of_mistakes() -> None:
    """What `make run` starts."""
    ended = gemelo("field", "check", "shengli12", "--bench", "shengli12")
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("shengli12: 12 × Well, ")
    assert "13 acquired" in ended.stdout


def test_all_mistakes_of_field_and_bench_are_told_at_once(tmp_path: Path) -> None:
    """Two in the field, two in the bench, each with file, key and rule."""
    field, bench = tmp_path / "field.toml", tmp_path / "bench.toml"
    field.write_text('name = "f"\ncolour = "blue"\n')
    bench.write_text('field = "f"\nclock = "sun"\n[[device]]\nname = "D"\nprofile = "well_rtu"\nendpoint = "here"\n')
    ended = gemelo("field", "check", str(field), "--bench", str(bench))
    assert ended.returncode == 1
    for told in (
        f"{field}: colour: is not a key of this table",
        f"{field}: tenant: is missing",
        f"{bench}: clock = 'sun': must be one of wall, field",
        f"{bench}: device[D].endpoint = 'here': must be SCHEME://HOST:PORT",
    ):
        assert told in ended.stderr
    assert "Traceback" not in ended.stderr


def test_an_unphysical_well_is_refused_with_key_value_reason_and_the_unit_that_may_be_meant(tmp_path: Path) -> None:
    """A pressure in psi under a key that says MPa, and a tubing wider than its casing."""
    text = (Path(__file__).parents[3] / "plant" / "asset" / "fields" / "shengli12.toml").read_text(encoding="utf-8")
    text = text.replace("reservoir_pressure_MPa = 12.763447", "reservoir_pressure_MPa = 1851", 1)
    (tmp_path / "field.toml").write_text(text.replace("casing_diameter_mm = 220.5", "casing_diameter_mm = 60", 1))
    ended = gemelo("field", "check", "field.toml", folder=tmp_path)
    assert ended.returncode == 1
    assert ended.stderr == (
        "gemelo: field.toml: wells[CACB27A-P1].inflow.reservoir_pressure_MPa = 1851: must be between 1 and 150; "
        "did you mean reservoir_pressure_kPa (1.85 MPa) or reservoir_pressure_psi (12.8 MPa)?\n"
        "field.toml: wells[CACB27A-P1].tubing_diameter_mm = 76: "
        "does not fit into the casing; must be between 20 and 60\n"
    )


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """As for any other mistake."""
    ended = gemelo("field", "check", str(tmp_path / "no.toml"))
    assert ended.returncode == 1
    assert ended.stderr == f"gemelo: {tmp_path / 'no.toml'}: file: does not exist\n"


def test_benches_are_listed_and_an_unknown_one_is_refused() -> None:
    """The list is the registry."""
    assert gemelo("bench", "--list").stdout.split() == list(MEASUREMENTS)
    ended = gemelo("bench", "speed")
    assert ended.returncode == 1
    assert ended.stderr == f"gemelo: no bench 'speed'; there are {', '.join(MEASUREMENTS)}\n"


def test_an_unknown_service_is_refused_with_those_that_exist() -> None:
    """The list is the table of programs."""
    ended = gemelo("service", "weather")
    assert ended.returncode == 1
    names = ", ".join(program.name for program in PROGRAMS if program.module)
    assert ended.stderr == f"gemelo: no service 'weather'; there are {names}\n"


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
def test_a_story_that_is_told_to_end_ends_all_that_it_has_started(tmp_path: Path) -> None:
    """SIGTERM while its field is starting: no process and no folder is left."""
    program = Path(sys.executable).with_name("gemelo")
    story = subprocess.Popen(
        [program, "scenario", "run", "esp-trip"], env={**os.environ, "TMPDIR": str(tmp_path)},
        stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    while not list(tmp_path.glob("gemelo-*/data/run.json")):
        assert story.poll() is None
        time.sleep(0.02)
    started = psutil.Process(story.pid).children(recursive=True)
    assert len(started) >= 2
    story.send_signal(signal.SIGTERM)
    assert b"Traceback" not in story.communicate(timeout=HANGS)[1]
    assert story.returncode == 128 + signal.SIGTERM
    assert psutil.wait_procs(started, timeout=HANGS)[1] == []
    assert list(tmp_path.iterdir()) == []

"""The README: what it shows is what there is."""

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.limit import HANGS
from tests.stack import Stack
from ui.supervisor.greeting import greeting
from ui.supervisor.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
FIRST = "admin 9w1T8mYqkQ0iJ3bVn2xLr5ZD"
TOKEN = "y-16IJ74ZmOEYW6RNfo5hNdrxfDaHpCg"


def blocks(kind: str) -> list[str]:
    """The text of every fenced block of a kind."""
    return [text for found, text in BLOCK.findall(README) if found == kind]


SHELL = [line for block in blocks("sh") for line in block.splitlines()]
STUDIES = [
    line
    for kind, text in BLOCK.findall((ROOT / "docs/studies.md").read_text(encoding="utf-8"))
    if kind == "sh"
    for line in text.splitlines()
]
ASKING = [
    line for line in dict.fromkeys(SHELL + STUDIES) if line.startswith(".venv/bin/gemelo") and "my_bench" not in line
]


@pytest.mark.parametrize("line", ASKING)
def test_every_command_answers_while_the_field_runs(line: str, stack: Stack) -> None:
    """Run as it stands, on a field of the test's own."""
    program, *arguments = shlex.split(line)
    data = [] if arguments[0] == "scenario" or arguments[:2] == ["field", "check"] else ["--data", str(stack.data)]
    ended = subprocess.run(
        [Path(sys.executable).with_name(Path(program).name), *arguments, *data],
        capture_output=True, text=True, timeout=HANGS,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.strip()


def test_every_target_of_make_that_it_names_exists() -> None:
    """As make reads them."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {shlex.split(line)[1] for line in SHELL if line.startswith("make ")}
    assert named == {"run", "test"}
    assert named <= targets


def test_what_it_says_that_make_run_prints_is_what_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The greeting of a default field, made by the code that prints it."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "executable", str(ROOT / ".venv" / "bin" / "python"))
    monkeypatch.setenv("PATH", "")
    assert greeting(Settings(), TOKEN, "shengli12", 13, 4.8, complete=True, first=FIRST) in blocks("text")[0]


def test_every_link_and_path_leads_somewhere() -> None:
    """Links to files, and paths in code marks."""
    links = [target for target in re.findall(r"\]\(([^)#]+)", README) if "://" not in target]
    paths = re.findall(r"`((?:plant|control|docs|tests|ui|\.ci)/[\w./-]+)`", README)
    assert links
    assert paths
    assert [path for path in [*links, *paths] if not (ROOT / path).exists()] == []


def test_the_device_that_it_shows_is_one_that_a_bench_may_have() -> None:
    """The snippet differs from the bundled bench in profile, endpoint and who answers."""
    shown = tomllib.loads(next(block for block in blocks("toml") if "[[device]]" in block))["device"][0]
    bench = tomllib.loads((ROOT / "plant/asset/benches/shengli12.toml").read_text(encoding="utf-8"))
    bundled = next(device for device in bench["device"] if device["name"] == shown["name"])
    assert {key for key in shown if shown[key] != bundled.get(key)} == {"profile", "endpoint", "answers"}


def test_plain_pip_installs_from_the_lock_with_hashes_and_the_lock_names_no_address() -> None:
    """What makes the two pip commands of the README enough."""
    lock = (ROOT / "requirements.lock").read_text()
    pins = re.findall(r"^[A-Za-z0-9_.-]+==", lock, re.MULTILINE)
    assert len(pins) > 50
    assert len(re.findall(r"^[A-Za-z0-9_.-]+==[^\n]*\\\n +--hash=sha256:", lock, re.MULTILINE)) == len(pins)
    assert "://" not in lock
    assert all(f"\n{needed}==" in lock for needed in ("setuptools", "uv"))

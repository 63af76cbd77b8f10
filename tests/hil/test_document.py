"""docs/hil.md: its bench is one, its commands run, and its tables leave nothing out."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from hil.loop.loop_file import load_loop
from hil.outcome import Outcome
from hil.proxy.fault import KINDS
from plant.asset.bench_file import load_bench

TEXT = Path(__file__).parents[2].joinpath("docs", "hil.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", TEXT, re.DOTALL)


def test_the_bench_of_a_real_device_is_read_without_a_mistake(tmp_path):
    bench, process, _ = blocks("toml")
    (tmp_path / "bench.toml").write_text(bench + process)
    (target,) = load_bench(tmp_path / "bench.toml").targets
    assert (target.name, list(target.switches)) == ("drive", ["power", "underload"])
    assert target.processes[0].ready == "listening"


def test_the_closed_loop_is_read_without_a_mistake(tmp_path):
    (tmp_path / "pressure.toml").write_text(blocks("toml")[2])
    loop = load_loop(tmp_path / "pressure.toml")
    assert (loop.scan, loop.controller.timeout, loop.outputs[0].safe) == (0.1, 0.08, 1.0)


@pytest.mark.parametrize("word", [*KINDS, *Outcome])
def test_the_tables_have_a_row_for_each(word):
    rows = [line.split("|")[1] for line in TEXT.splitlines() if line.startswith("| ")]
    assert any(word in re.findall(r"[a-z_]+", row) for row in rows)


def test_the_commands_do_what_is_said(tmp_path):
    for line in blocks("")[0].strip().splitlines():
        command = [sys.executable, "-m", "ui.cli.app", *shlex.split(line)[1:]]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    assert (tmp_path / "runs" / "first" / "report.html").exists()

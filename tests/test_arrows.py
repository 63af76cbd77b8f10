"""The import arrows of the architecture hold, and the check itself is alive: broken on purpose, it fails."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.limit import HANGS

ROOT = Path(__file__).parents[1]
FOLDERS = ("plant", "control", "simulators", "historian", "twin", "hil", "scenarios", "ui")


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    """import-linter over the tree at ``root``, by the contracts in its pyproject.toml."""
    program = Path(sys.executable).with_name("lint-imports")
    command = [str(program), "--config", str(root / "pyproject.toml"), "--no-cache"]
    return subprocess.run(
        command, cwd=root, capture_output=True, text=True, timeout=HANGS,
        env={"PYTHONPATH": str(root), "COLUMNS": "200"},
    )  # fmt: skip


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree that a test may break; only what is imported."""
    copy = tmp_path_factory.mktemp("tree")
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, copy / folder, ignore=lambda _, names: [n for n in names if not _is_source(n)])
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


def _is_source(name: str) -> bool:
    return name.endswith(".py") or ("." not in name and name != "__pycache__")


def test_every_import_follows_the_arrows():
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout


AGAINST = [  # a module, a line that it must not have, and the contract that says so
    ("control/service.py", "import simulators.field", "Control never imports simulators or plant.process"),
    ("control/site.py", "import plant.process.field", "Control never imports simulators or plant.process"),
    ("twin/__init__.py", "import simulators.device", "Twin never imports simulators"),
    ("historian/__init__.py", "import plant.process.field", "Historian knows assets and the bus"),
    ("simulators/__init__.py", "import control.acquisition.link", "Simulated devices know the plant"),
    ("plant/__init__.py", "import control.bus.batch", "The plant knows no folder of ours"),
    ("plant/process/injector.py", "import socket", "The plant knows no wall clock"),
    ("plant/asset/signal.py", "import time", "The plant knows no wall clock"),
    ("plant/physics/column.py", "import plant.asset.tag", "The plant's floors"),
    ("plant/asset/tag.py", "import plant.process.parameter", "The plant's floors"),
    ("plant/process/parameter.py", "import plant.evidence.number", "The plant's floors"),
    ("plant/unit.py", "import plant.physics.column", "The plant's floors"),
    ("ui/api/text.py", "import ui.screens.palette", "The interface's rooms"),
    ("ui/supervisor/log.py", "import ui.cli.text", "The interface's rooms"),
    ("ui/measuring/wire.py", "import ui.api.text", "The interface's rooms"),
    ("ui/trust.py", "import ui.api.moment", "The interface's rooms"),
    ("ui/screens/palette.py", "import plant.process.parameter", "Screens show what came over the bus"),
    ("ui/screens/band.py", "import plant.physics.nodal", "Screens draw a pump's chart"),
    ("ui/api/host.py", "import duckdb", "Ways in speak neither SQL"),
    ("ui/cli/option.py", "import pymodbus", "Ways in speak neither SQL"),
]
NEW_ROOMS = [  # that no contract speaks of, and the one that finds it
    ("plant/attic.py", "The plant's floors"),
    ("ui/attic.py", "The interface's rooms"),
]


@pytest.fixture(scope="module")
def broken(tree: Path) -> str:
    """What import-linter says of a tree with all of :data:`AGAINST` and :data:`NEW_ROOMS` in it: one run for all."""
    for room, _ in NEW_ROOMS:
        (tree / room).touch()
    for module, line, _ in AGAINST:
        with (tree / module).open("a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")
    done = lint(tree)
    assert done.returncode != 0
    return done.stdout


@pytest.mark.parametrize(("module", "line", "contract"), AGAINST)
def test_an_arrow_the_wrong_way_is_found(broken, module, line, contract):
    arrow = f"{module.removesuffix('.py').removesuffix('/__init__').replace('/', '.')} -> {line.partition(' ')[2]}"
    assert arrow in found_by(broken, contract), broken


@pytest.mark.parametrize(("room", "contract"), NEW_ROOMS)
def test_a_room_that_no_contract_speaks_of_is_found(broken, room, contract):
    assert room.removesuffix(".py").replace("/", ".") in found_by(broken, contract), broken


def found_by(said: str, contract: str) -> str:
    """What import-linter says below the heading of one contract that is broken."""
    _, _, details = said.partition("Broken contracts")
    heading = next(text for text in details.splitlines() if contract in text)
    return details.partition(heading)[2].partition("\n---")[2].partition("\n---")[0]

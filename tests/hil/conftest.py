from collections.abc import Callable
from pathlib import Path

import pytest

from hil.scope import Scope
from hil.timeline import Timeline, load_timeline
from plant.asset.tag import tags_of
from simulators.fault.target import Targets


@pytest.fixture
def scope() -> Scope:
    """Two wells and a separator behind three devices that are asked every three seconds."""
    devices = {"RTU-A": ("Well.A-1.Flow", "Well.A-1.RunState"), "RTU-B": ("Well.B-2.Flow",), "PLC": ()}
    assets = ["Well.A-1", "Well.B-2", "Separator.SEP"]
    targets = Targets.named(assets, {"RTU-A": "modbus", "RTU-B": "mqtt", "PLC": "modbus"}, {"Wellpad.B": ("Well.B-2",)})
    return Scope(tags_of(assets), devices, targets, scan=3.0)


@pytest.fixture
def timeline(tmp_path: Path, scope: Scope) -> Callable[[str], Timeline]:
    """A timeline from the text of its file."""

    def load(text: str) -> Timeline:
        file = tmp_path / "story.toml"
        file.write_text(text, encoding="utf-8")
        return load_timeline(file, scope)

    return load

"""Where the state of a simulated field stands in a data folder, and where one that nobody goes on from is put."""

from __future__ import annotations

from pathlib import Path

ENDING = "-state.npz"


def state_path(data: Path, field: str) -> Path:
    """Of a field, by its name."""
    return data / f"{field}{ENDING}"


def set_aside(path: Path) -> Path:
    """Give a state that nobody can go on from a name of its own, so that it is not lost; returns that name."""
    number = 1
    while (aside := path.with_name(f"{path.stem}-{number}.npz")).exists():
        number += 1
    path.replace(aside)
    return aside


def set_all_aside(data: Path) -> list[Path]:
    """The same for all that stand in a folder, so that their fields start anew."""
    return [set_aside(path) for path in data.glob(f"*{ENDING}")]

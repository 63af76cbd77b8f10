"""The doors of an application: every route with what opens it, a row each. What has no row is not there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.routing import compile_path

from control.access.role import table
from plant.asset.toml_file import read_toml
from plant.error import ConfigError, Mistake

OPEN, ANYONE = "open", "anyone"  # to whoever reaches it; to whoever has shown who he is
SOCKET = "WEBSOCKET"  # the method of a websocket


@dataclass(frozen=True)
class Row:
    """One door: its method and path as the application writes it, and the permission that opens it.

    What shows a field as a whole (``is_whole``) is not for those who are given some of its assets only.
    """

    method: str
    path: str
    permission: str
    is_whole: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it asks for nothing."""
        return self.permission == OPEN


@dataclass(frozen=True)
class Found:
    """What stands at a path: the row that answers, or the methods of those that would."""

    row: Row | None
    methods: tuple[str, ...]


class DoorTable:
    """All doors of an application. Of two that fit, the one that is written first is meant."""

    def __init__(self, rows: Iterable[Row]):
        self.rows = tuple(rows)
        self._patterns = [(_pattern(row.path), row) for row in self.rows]

    @classmethod
    def load(cls, file: Path) -> DoorTable:
        """The table in a file. Raises one :class:`ConfigError` with every row that is none."""
        rows, mistakes = [], []
        for name, permission in read_toml(file).items():
            method, _, path = name.partition(" ")
            rows.append(Row(method, path, permission))
            if not path.startswith("/"):
                mistakes.append(Mistake(str(file), name, permission, "must be called METHOD /path"))
            if permission not in (OPEN, ANYONE, *table().permissions):
                mistakes.append(Mistake(str(file), name, permission, "must be open, anyone or a permission"))
        if mistakes:
            raise ConfigError(mistakes)
        return cls(rows)

    def at(self, method: str, path: str) -> Found:
        """What stands there. ``HEAD`` is asked as ``GET`` is."""
        wanted = "GET" if method == "HEAD" else method
        there = [row for pattern, row in self._patterns if pattern.match(path)]
        row = next((row for row in there if row.method == wanted), None)
        return Found(row, tuple(dict.fromkeys(row.method for row in there)))


def _pattern(path: str) -> re.Pattern[str]:
    return compile_path(path)[0]


def asked(scope: dict[str, Any]) -> tuple[str, str]:
    """The method and the path of a request or a websocket."""
    return (SOCKET if scope["type"] == "websocket" else scope["method"]), scope["path"]

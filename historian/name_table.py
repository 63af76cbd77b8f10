"""A name table: the numbers that long names go by in the hot table."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb
import numpy as np

MANY = 1000  # tuples of names whose numbers are remembered


class NameTable:
    """Names and their numbers, 0, 1, 2 … in the order in which they first came, as a table of the file.

    After a transaction that failed, a new one over the same table knows again what the file knows.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, table: str):
        self._connection, self._table = connection, table
        rows = connection.execute(f"select name from {table} order by id").fetchall()
        self.names = [name for (name,) in rows]
        self._number = {name: i for i, name in enumerate(self.names)}
        self._known: dict[tuple[str, ...], np.ndarray] = {}

    def add(self, names: Iterable[str]) -> None:
        """Give a number to each name that has none yet."""
        for name in names:
            if name not in self._number:
                self._connection.execute(f"insert into {self._table} values (?, ?)", [len(self.names), name])
                self._number[name] = len(self.names)
                self.names.append(name)

    def added(self, names: tuple[str, ...]) -> np.ndarray:
        """The number of each name, given to those that have none yet; what comes again is looked up once."""
        known = self._known.get(names)
        if known is None:
            self.add(names)
            known = self.numbers(names)
            self._known = {names: known} if len(self._known) > MANY else self._known | {names: known}
        return known

    def numbers(self, names: Iterable[str]) -> np.ndarray:
        """The number of each name, all of which are known."""
        return np.array([self._number[name] for name in names], dtype=np.int32)

    def known(self, names: Iterable[str]) -> list[str]:
        """Those of the names that have a number, each once."""
        return [name for name in dict.fromkeys(names) if name in self._number]

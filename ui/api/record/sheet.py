"""Sheets: rows of a CSV or XLSX file, each a record by the names in the first row."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from plant.asset.toml_file import decoded
from plant.error import OutOfRange

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNPACKED = 512 * 2**20  # byte, of an XLSX file: a small one can be made to hold a disk full
Row = dict[str, Any]


def rows(content: bytes, kind: str) -> Iterator[tuple[int, Row]]:
    """Number (as a spreadsheet counts) and cells of each row; empty cells and rows are left out.

    Raises :class:`OutOfRange` for what is no such file.
    """
    lines = _xlsx(content) if kind == XLSX else _csv(content)
    names = [str(name or "").strip() for name in next(lines, [])]
    named = [name for name in names if name]
    if not named or len(set(named)) < len(named):
        raise OutOfRange("row 1", ", ".join(names), "must name each column, each once")
    for number, cells in enumerate(lines, 2):
        if len(cells) > len(names):
            cells = [*cells[: len(names)], *(cell for cell in cells[len(names) :] if cell not in (None, ""))]
        row = {names[i] if i < len(names) else f"column {i + 1}": cell for i, cell in enumerate(cells)}
        row = {name: cell for name, cell in row.items() if cell not in (None, "") and name}
        if row:
            yield number, row


def _csv(content: bytes) -> Iterator[list[Any]]:
    text = decoded(content)
    head = text[:10_000].partition("\n")[0]
    separator = ";" if head.count(";") > head.count(",") else ","
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    except csv.Error as error:
        raise OutOfRange("body", "CSV", f"cannot be read: {error}") from None


def _xlsx(content: bytes) -> Iterator[list[Any]]:
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > UNPACKED:
                raise OutOfRange("body", "XLSX", f"must hold at most {UNPACKED} bytes unpacked")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        if isinstance(error, OutOfRange):
            raise
        raise OutOfRange("body", "XLSX", f"cannot be read: {error}") from None
    for cells in book.worksheets[0].iter_rows(values_only=True):
        yield [_cell(cell) for cell in cells]


def _cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat() if value.time() != datetime.min.time() else value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else value

"""Plain text for a terminal or a pipe: aligned columns, short numbers, ages."""

from __future__ import annotations

from collections.abc import Sequence

AGES = ((86_400.0, "d"), (3_600.0, "h"), (60.0, "min"), (1.0, "s"))


def columns(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Rows under a head, each column as wide as its widest cell; numbers stand right."""
    cells = [[_cell(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(head, *cells, strict=True)]
    right = [any(isinstance(row[i], int | float) for row in rows) for i in range(len(head))]
    return "\n".join(_line(line, widths, right) for line in [list(head), *cells])


def number(value: float | None) -> str:
    """Six significant digits at most."""
    return "-" if value is None else f"{value:.6g}"


def age(seconds: float | None) -> str:
    """How long ago, in the largest unit that makes it more than one."""
    if seconds is None:
        return "-"
    size, unit = next((row for row in AGES if seconds >= row[0]), (1.0, "s"))
    return f"{seconds / size:.1f} {unit}"


def _cell(cell: object) -> str:
    return number(cell) if isinstance(cell, float) or cell is None else str(cell)


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    parts = (
        cell.rjust(width) if to_right else cell.ljust(width)
        for cell, width, to_right in zip(cells, widths, right, strict=True)
    )
    return "  ".join(parts).rstrip()

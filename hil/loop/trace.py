"""The trace of a closed loop: scan by scan what the plant showed and what was moved, kept and written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from plant.error import OutOfRange

MOST = 36_000  # scans that are kept, an hour at 100 ms
ENDINGS = (".parquet", ".csv")


def check_ending(path: Path | None) -> None:
    """Raise :class:`OutOfRange` where nothing is written that ends so."""
    if path is not None and path.suffix not in ENDINGS:
        raise OutOfRange("--save", path, f"must end in {' or '.join(ENDINGS)}")


class Trace:
    """Inputs and outputs by tag, SI; NaN where nothing was shown, or moved."""

    def __init__(self, inputs: Sequence[str], outputs: Sequence[str]):
        self._tags = [*inputs, *outputs]
        self._rows: list[tuple[float, bool, list[float]]] = []

    def add(self, at: float, shown: Sequence[float], moved: Sequence[float], is_there: bool) -> None:
        """One scan, ``at`` so many seconds after the first, as long as there is room."""
        if len(self._rows) < MOST:
            self._rows.append((at, is_there, [*shown, *moved]))

    def of(self, tag: str) -> list[float]:
        """All values of a tag."""
        return [values[self._tags.index(tag)] for _, _, values in self._rows]

    def save(self, path: Path) -> Path:
        """Write it, a row a scan, as ``path`` says by its ending."""
        import pyarrow as pa
        import pyarrow.csv
        import pyarrow.parquet

        check_ending(path)
        columns = {"at_s": [at for at, *_ in self._rows], "answered": [there for _, there, _ in self._rows]}
        table = pa.table({**columns, **{tag: self.of(tag) for tag in self._tags}})
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".csv":
            pa.csv.write_csv(table, path)
        else:
            pa.parquet.write_table(table, path, compression="zstd")
        return path

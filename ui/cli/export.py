"""Export: pages of history into a CSV or Parquet file that has its name only once it is whole."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from plant.error import ServiceError
from ui.cli.pages import Page

Take = Callable[[Page], None]
TYPES = {"tag": pa.string(), "unit": pa.string(), "quality": pa.string(), "count": pa.int64(), "bad": pa.int64()}


def write(pages: Iterable[Page], out: Path, form: str, say: Callable[[str], Any]) -> int:
    """Write all pages and say how far that is; the number of rows. Raises :class:`ServiceError` where it cannot."""
    part, rows = out.with_name(f".{out.name}.part"), 0
    try:
        with WRITERS[form](part) as take:
            for page in pages:
                take(page)
                rows += len(page.time)
                say(f"{page.share:4.0%}  {rows} rows")
        os.replace(part, out)
    except OSError as error:
        raise ServiceError(f"{out} cannot be written: {error.strerror or error}") from None
    finally:
        part.unlink(missing_ok=True)
    return rows


@contextmanager
def _csv(path: Path) -> Iterator[Take]:
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)

        def take(page: Page) -> None:
            if not file.tell():
                table.writerow(page.columns)
            table.writerows(zip(page.shown_times(), *page.cells.values(), strict=True))

        yield take


@contextmanager
def _parquet(path: Path) -> Iterator[Take]:
    """Times are instants there, in UTC, whatever the zone."""
    with path.open("wb") as file:  # before there is a page: a folder that is not there fails at once
        writer: pq.ParquetWriter | None = None

        def take(page: Page) -> None:
            nonlocal writer
            table = _table(page)
            writer = writer or pq.ParquetWriter(file, table.schema, compression="zstd")
            writer.write_table(table)

        try:
            yield take
        finally:
            if writer is not None:
                writer.close()


def _table(page: Page) -> pa.Table:
    columns = {name: pa.array(column, TYPES.get(name, pa.float64())) for name, column in page.cells.items()}
    return pa.table({"time": pa.array(page.time, pa.timestamp("ns", "UTC")), **columns})


WRITERS = {"csv": _csv, "parquet": _parquet}

"""One page of a run: verdicts, captures as drawings, what passed on the wire, bench, revision and seed.

It is one file that needs no other, and small: a capture is drawn with few points, and the wire is shown where a fault
befell it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

WIDTH, HEIGHT, POINTS = 360, 60, 300
MOST_FAULTS, MOST_CAPTURES, MOST_SIGNALS = 200, 60, 6
STYLE = """
body{font:14px/1.45 system-ui,sans-serif;margin:2em;max-width:72em;color:#222}
table{border-collapse:collapse}td,th{padding:.25em .7em;text-align:left;vertical-align:top;border-bottom:1px solid #ddd}
.fail{color:#a00;font-weight:600}.error,.inconclusive{color:#864;font-weight:600}.skipped{color:#777}
svg{background:#f6f6f6;margin:.2em}polyline{fill:none;stroke:#246;stroke-width:1}pre{white-space:pre-wrap;margin:0}
"""


def page(folder: Path) -> str:
    """The page of the run in ``folder``."""
    manifest = json.loads((folder / "manifest.json").read_text())
    rows = [json.loads(line) for line in (folder / "verdicts.jsonl").read_text().splitlines()]
    parts = ["<!doctype html><meta charset=utf-8><title>Gemelo HIL run</title>", f"<style>{STYLE}</style>"]
    parts += ["<h1>HIL run</h1>", *_head(manifest), "<h2>Verdicts</h2>", *_verdicts(rows)]
    parts += ["<h2>Captures</h2>", *_captures(folder, rows), "<h2>Faults on the wire</h2>", *_wire(folder)]
    return "\n".join(parts)


def _head(manifest: dict[str, Any]) -> Iterator[str]:
    counts = ", ".join(f"{n} {outcome}" for outcome, n in manifest["verdicts"].items() if n)
    yield f"<p><b>{counts or 'nothing run'}</b>; {manifest['started']} … {manifest['ended'] or 'not ended'}</p><table>"
    for key in ("bench", "gemelo", "python", "machine", "seed"):
        yield f"<tr><th>{key}<td>{escape(str(manifest[key]))}"
    for name, target in manifest["targets"].items():
        devices = ", ".join(f"{n} at {d['endpoint']} ({d['profile']})" for n, d in target["devices"].items())
        lacks = "; ".join(f"lacks {one}: {why}" for one, why in target["lacks"].items())
        cells = map(escape, (devices, ", ".join(target["features"]), lacks))
        yield f"<tr><th>{escape(name)}<td>{'<br>'.join(cells)}"
    yield "</table>"


def _verdicts(rows: list[dict[str, Any]]) -> Iterator[str]:
    yield "<table><tr><th>target<th>test<th>verdict<th>s<th>why"
    for row in rows:
        name, outcome = escape(row["test"].rpartition("::")[2]), row["outcome"]
        why = escape(row["why"][:600])
        yield f"<tr><td>{escape(row['target'])}<td>{name}<td class={outcome}>{outcome}<td>{row['seconds']:.1f}"
        yield f"<td><pre>{why}</pre>"
    yield "</table>"


def _captures(folder: Path, rows: list[dict[str, Any]]) -> Iterator[str]:
    paths = [(row["test"], path) for row in rows for path in row.get("captures", [])]
    for test, path in paths[:MOST_CAPTURES]:
        yield f"<h3>{escape(test.rpartition('::')[2])}</h3><p>{escape(path)}</p>"
        for tag, values in list(_series(folder / path).items())[:MOST_SIGNALS]:
            yield f"<figure>{_drawn(values)}<figcaption>{escape(tag)}: {min(values):.5g} … {max(values):.5g} SI"
            yield "</figcaption></figure>"
    if len(paths) > MOST_CAPTURES:
        yield f"<p>and {len(paths) - MOST_CAPTURES} more</p>"


def _series(path: Path) -> dict[str, list[float]]:
    import pyarrow.parquet as pq

    found: dict[str, list[float]] = {}
    table = pq.read_table(path, columns=["tag", "value"])
    for tag, value in zip(table["tag"].to_pylist(), table["value"].to_pylist(), strict=True):
        if value == value:  # NaN is no number to be drawn
            found.setdefault(tag, []).append(value)
    return found


def _drawn(values: list[float]) -> str:
    every = max(1, len(values) // POINTS)
    some = values[::every]
    low, span = min(some), (max(some) - min(some)) or 1.0
    step = WIDTH / max(len(some) - 1, 1)
    points = " ".join(f"{i * step:.0f},{HEIGHT - (v - low) / span * (HEIGHT - 4) - 2:.0f}" for i, v in enumerate(some))
    return f'<svg width={WIDTH} height={HEIGHT}><polyline points="{points}"/></svg>'


def _wire(folder: Path) -> Iterator[str]:
    lines = (json.loads(line) for line in (folder / "wire.jsonl").open())
    hit = [line for line in lines if line.get("fault")]
    yield f"<p>{len(hit)} frames were hit; all frames are in wire.jsonl.</p><table>"
    for line in hit[:MOST_FAULTS]:
        cells = (line["test"].rpartition("::")[2], line["device"], line["fault"], line["way"], line["function"])
        yield "<tr>" + "".join(f"<td>{escape(str(cell))}" for cell in (*cells, line["address"]))
    yield "</table>"

"""``gemelo scenario``: stories told to a field of their own, on the wire and in plant time, and judged.

The field is started as a person starts one, in a folder of its own on free ports, so that nothing that
runs already is disturbed; it is stopped and its folder removed at the end.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plant.error import GemeloError, ServiceError
from ui.cli.option import DATA, Data

if TYPE_CHECKING:
    from hil.stack import Stack
    from hil.timeline import Timeline
    from plant.asset.bench import Bench
    from scenarios.run import Run

UNWRAPPED = 240  # columns, where nobody looks at a terminal

app = typer.Typer(help="Tell stories to a field, and judge them.", no_args_is_help=True, rich_markup_mode=None)

Story = Annotated[str, typer.Argument(metavar="FILE", help="A story file, or the name of a bundled one.")]


@app.command()
def run(
    file: Story,
    speed: Annotated[float, typer.Option(min=0.1, max=100.0, help="Plant seconds a second.")] = 20.0,
    seed: Annotated[int, typer.Option(help="What the true wells' hidden parameters are drawn from.")] = 0,
    report: Annotated[Path | None, typer.Option(help="Write a page of trends there (HTML, one file).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    ports_from: Annotated[
        int, typer.Option(min=0, max=65000, help="First port of all, as for up.", show_default="free ones")
    ] = 0,
    keep: Annotated[bool, typer.Option("--keep", help="Keep the field's folder: data, bench and logs.")] = False,
    junit: Annotated[
        Path | None, typer.Option(help="Write a test case for each expectation there (JUnit XML).")
    ] = None,
    running: Annotated[bool, typer.Option("--running", help="Tell it to the field that runs on --data.")] = False,
    data: Data = DATA,
) -> None:
    """Start a field (or take one that runs), tell it a story, and say whether everything expected was seen.

    Exit status: 0 it was, 1 it was not, 2 the story could not be told.
    """
    from scenarios.junit import as_junit, error_as_junit

    try:
        result = _told_to_running(file, data) if running else _told_to_own(file, speed, seed, ports_from, keep)
        if report is not None:
            _write_page(result, report)
    except GemeloError as error:
        _write_junit(junit, error_as_junit(Path(file).stem, str(error)))
        print(f"gemelo: {error}", file=sys.stderr)
        raise typer.Exit(2) from None
    _write_junit(junit, as_junit(result))
    _show(result, as_json)
    raise typer.Exit(0 if result.passed else 1)


@app.command()
def check(file: Story) -> None:
    """Report every mistake in a story file, or what it tells."""
    from hil.wording import doing, wording
    from plant.asset.duration import shown
    from scenarios.story import load_story

    timeline, _, _ = load_story(file)
    print(f"{timeline.title}: {shown(timeline.length)}")
    for event in timeline.events:
        print(f"  {shown(event.at):>8}  {event.name}: {doing(event)}")
    for expectation in timeline.expectations:
        print(f"  expects   {wording(expectation)}")


@app.command(name="list")
def show_list() -> None:
    """List the bundled stories."""
    from plant.asset.table import Table
    from scenarios.story import bundled

    for name, path in bundled().items():
        print(f"{name:16} {Table.load(path).text('title')}")


def field_stack(field: str, speed: float, seed: int, folder: Path | None = None, ports_from: int = 0) -> Stack:
    """The field that stories are told to: its own bench, but on ports of its own and on plant time."""
    from hil.stack import Stack
    from plant.asset.bench_file import bench_of, load_bench

    bench = on_plant_time(load_bench(bench_of(field)), speed)
    told = "--speed", str(speed), "--seed", str(seed)
    return Stack(bench, *told, folder=folder, field=field, ports_from=ports_from)


def on_plant_time(bench: Bench, speed: float) -> Bench:
    """A bench, its clock the field's, and no scan so short that the wall has less than 0.1 s for it."""
    return bench.on_clock("field").each(lambda device: replace(device, scan=max(device.scan, 0.1 * speed)))


def _told_to_own(file: str, speed: float, seed: int, ports_from: int, keep: bool) -> Run:
    from scenarios.story import load_story

    timeline, _, _ = load_story(file)  # its mistakes before anything starts
    folder = Path(tempfile.mkdtemp(prefix="gemelo-scenario-")) if keep else None
    try:
        return _told(timeline, field_stack(timeline.field, speed, seed, folder, ports_from))
    finally:
        if keep:
            print(f"kept: {folder}", file=sys.stderr)


def _told_to_running(file: str, data: Path) -> Run:
    """The story to the field that runs on a data folder. Raises :class:`ServiceError` where none does, or another."""
    from control.bus.keyring import Ring
    from control.bus.server import KEYS
    from control.bus.subject import Subjects
    from plant.asset.place import read_place
    from scenarios.run import run_story
    from scenarios.story import load_story
    from ui.supervisor.folder import Folder

    found = Folder(data).read_run()
    if found is None:
        raise ServiceError(f"no field is running here (data {data}); start one with: gemelo up")
    timeline, _, bench = load_story(file, found["settings"]["bench"])
    runs, wanted = (read_place(field) for field in (found["settings"]["field"], timeline.field))
    if runs != wanted:
        raise ServiceError(f"{file} is told to the field {wanted[1]}; on {data} runs {runs[1]}")
    key = Ring.read(data / "bus" / KEYS).key(Subjects(*runs), "hil")
    return asyncio.run(run_story(timeline, bench, found["bus"], _say, key))


def _write_junit(file: Path | None, text: str) -> None:
    if file is None:
        return
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        print(f"gemelo: {file} cannot be written: {error.strerror}", file=sys.stderr)
        raise typer.Exit(2) from None


def _told(timeline: Timeline, stack: Stack) -> Run:
    from scenarios.run import run_story
    from scenarios.story import load_story

    with stack:
        timeline, _, bench = load_story(timeline.path, stack.bench.path)
        return asyncio.run(run_story(timeline, bench, stack.bus_url, _say, stack.key))


def _show(result: Run, as_json: bool) -> None:
    from rich.console import Console

    from scenarios import report

    if as_json:
        print(json.dumps(report.as_json(result)))
    else:
        report.show(result, Console(width=None if sys.stdout.isatty() else UNWRAPPED))


def _write_page(result: Run, file: Path) -> None:
    from control.alarms.table import alarm_file, load_alarms
    from plant.asset.field_file import load_field
    from plant.asset.tag import tags_of

    try:
        from scenarios.page import page
    except ModuleNotFoundError as error:
        raise ServiceError(f"a page of trends needs {error.name}: install gemelo[screens]") from None
    name = result.timeline.field
    rules = load_alarms(alarm_file(name), tags_of(load_field(name).assets())).rules
    try:
        file.write_text(page(result, rules), encoding="utf-8")
    except OSError as error:
        raise ServiceError(f"{file} cannot be written: {error.strerror}") from None


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)

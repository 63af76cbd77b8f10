"""``gemelo hil``: targets of a bench, runs of acceptance suites on them, and the reports of those."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from plant.error import ServiceError, Unknown
from ui.cli.option import Json

app = typer.Typer(help="Hardware in the loop: targets, acceptance suites and their runs.", no_args_is_help=True)

Bench = Annotated[str, typer.Option(help="Bench: a bundled one by name, or a file.")]


@app.command()
def targets(bench: Bench = "shengli12", as_json: Json = False) -> None:
    """List what suites can be run against, with features."""
    import json

    from hil.target.rig import features_of, targets_of
    from plant.asset.bench_file import load_bench
    from ui.cli.text import columns

    found = load_bench(bench)
    said = [
        {"target": name, "devices": list(t.devices), "features": sorted(features_of(found, t)), "lacks": dict(t.lacks)}
        for name, t in targets_of(found).items()
    ]
    if as_json:
        print(json.dumps(said))
        return
    table = [(row["target"], ", ".join(row["devices"]), ", ".join(row["features"])) for row in said]
    print(columns(("target", "devices", "features"), table))


@app.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
def run(
    context: typer.Context,
    suite: Annotated[str, typer.Argument(help="A shipped suite by name (drive), or a file or folder of tests.")],
    bench: Bench = "shengli12",
    target: Annotated[list[str] | None, typer.Option(help="Of the bench; may be repeated.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder of the run.", show_default="runs/TIME")] = None,
    seed: Annotated[int, typer.Option(help="Of the simulated plant and of chance.")] = 0,
) -> None:
    """Run a suite on targets; what follows goes to pytest. Ends with 0 only where everything passed."""
    if find_spec("pytest") is None:
        raise ServiceError("pytest is not installed: it runs the suites")
    folder = out or Path("runs") / datetime.now().strftime("%Y%m%d-%H%M%S")
    named = [part for name in target or () for part in ("--target", name)]
    command = [
        sys.executable, "-m", "pytest", str(_suite(suite)), "-o", "python_files=*.py", "-p", "no:cacheprovider", "-v",
        "--rootdir", str(Path.cwd()), "--bench", bench, *named, "--hil-run", str(folder), "--hil-seed", str(seed),
        *(() if _is_registered() else ("-p", "hil.pytest_plugin")), *context.args,
    ]  # fmt: skip
    sys.stdout.flush()
    os.execv(sys.executable, command)  # so that whoever signals us signals it


@app.command()
def loop(
    file: Annotated[Path, typer.Argument(help="A closed loop: docs/hil.md says how one is written.")],
    endpoint: Annotated[str, typer.Option(help="Where the controller is, in place of the file's.")] = "",
    seconds: Annotated[float, typer.Option(min=0.1, help="How long to run.")] = 60.0,
    save: Annotated[Path | None, typer.Option(help="Trace of every scan: .parquet or .csv.")] = None,
    seed: Annotated[int, typer.Option(help="Of the simulated plant.")] = 0,
    as_json: Json = False,
) -> None:
    """Let a controller that is not ours hold the plant. Ends with 0 only where it was never lost."""
    import json

    from hil.loop.loop_file import load_loop
    from hil.loop.session import held
    from hil.loop.trace import check_ending

    check_ending(save)
    ran = held(load_loop(file, endpoint), seconds, seed)
    if save is not None:
        ran.trace.save(save)
    said = ran.plain()
    if as_json:
        print(json.dumps(said))
    else:
        print("\n".join(f"{key:18} {value}" for key, value in said.items()))
    if ran.beat.safe:
        raise typer.Exit(1)


@app.command()
def report(folder: Annotated[Path, typer.Argument(help="Of a run.")]) -> None:
    """Make the page of a run anew, and say how it went."""
    from hil.run.page import page

    if not (folder / "manifest.json").exists():
        raise Unknown("run", str(folder))
    path = folder / "report.html"
    path.write_text(page(folder))
    print(f"{path} ({path.stat().st_size // 1024} kB)")


def _suite(name: str) -> Path:
    import hil.suite

    shipped = Path(str(hil.suite.__file__)).parent
    if (path := shipped / f"{name}.py").exists():
        return path
    if Path(name).exists():
        return Path(name)
    there = ", ".join(sorted(one.stem for one in shipped.glob("[a-z]*.py")))
    raise Unknown("suite", f"{name} (shipped are {there}; or a file)")


def _is_registered() -> bool:
    from importlib.metadata import entry_points

    return any(point.value == "hil.pytest_plugin" for point in entry_points(group="pytest11"))

"""``gemelo field``: check field files, and drive a simulated field that runs, as a trainer does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from plant.asset.duration import shown
from ui.cli.option import DATA, Data, Json, Token, Url, api
from ui.cli.text import columns

app = typer.Typer(
    help="Check field files; drive a simulated field that runs.", no_args_is_help=True, rich_markup_mode=None
)

Settings = Annotated[
    list[str] | None, typer.Argument(metavar="[KEY=VALUE]...", help="As severity_pct=80 ramp=10m size_MPa=0.5.")
]
On = Annotated[
    str | None, typer.Argument(help="Asset, tag, device, pattern as Well.*, or Wellpad.B; without it, the field.")
]
Moment = Annotated[str, typer.Argument(help="Its name: letters, digits, - and _.")]
Pumped = Annotated[str, typer.Argument(metavar="WELL", help="A well with a drive, as Well.CACB27A-P1.")]
Name = Annotated[str, typer.Argument(help="A name of `gemelo malfunction list`.")]


@app.command()
def check(
    file: Annotated[str, typer.Argument(help="A field file, or the name of a bundled one.")],
    bench: Annotated[str | None, typer.Option(help="A bench of that field, to be checked with it.")] = None,
) -> None:
    """Report every mistake in a field file (and a bench), or what it describes."""
    from ui.cli import field_file

    field_file.check(file, bench)


@app.command("import")
def import_(
    file: Annotated[str, typer.Argument(help="A field file, or the name of a bundled one.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what differs, and change nothing.")] = False,
    data: Data = DATA, as_json: Json = False,
) -> None:  # fmt: skip
    """Take a field file over into the ledger, and say what differed."""
    from ui.cli import ledger

    ledger.import_field(data, file, dry_run, as_json)


@app.command()
def export(
    name: Annotated[str, typer.Argument(help="Name of a field in the ledger.")],
    out: Annotated[Path, typer.Option(help="File to write.")],
    tenant: Annotated[str, typer.Option(help="Whose it is.")] = "demo",
    data: Data = DATA,
) -> None:
    """Write a field as the ledger has it to a file, every value in SI."""
    from ui.cli import ledger

    ledger.export_field(data, tenant, name, out)


@app.command()
def status(data: Data = DATA, url: Url = None, token: Token = None, as_json: Json = False) -> None:
    """Show how fast plant time passes, and what is wrong in truth: devices, drives, malfunctions."""
    from ui.cli.truth import show

    show(api(data, url, token).get("/field"), as_json)


@app.command()
def freeze(data: Data = DATA, url: Url = None, token: Token = None) -> None:
    """Let plant time stand still."""
    _ask(api(data, url, token), "freeze", {})


@app.command()
def run(data: Data = DATA, url: Url = None, token: Token = None) -> None:
    """Let plant time pass again, as fast as before."""
    _ask(api(data, url, token), "run", {})


@app.command()
def speed(
    speed: Annotated[str, typer.Argument(help="Plant seconds a second; 0 frozen, max as fast as it can.")],
    data: Data = DATA, url: Url = None, token: Token = None,
) -> None:  # fmt: skip
    """Let plant time pass faster or slower."""
    _ask(api(data, url, token), "speed", {"speed": plain(speed)})


@app.command()
def step(
    by: Annotated[str, typer.Argument(help="How much plant time at once, as 10s; at most a minute.")] = "10s",
    data: Data = DATA, url: Url = None, token: Token = None,
) -> None:  # fmt: skip
    """Let some plant time pass at once, and stand still then."""
    _ask(api(data, url, token), "step", {"for": by})


@app.command()
def trip(
    well: Annotated[str, typer.Argument(help="A well, as Well.CACB27A-P1, or a pattern.")],
    code: Annotated[str, typer.Option(help="What the drive says it was, as Overload.")] = "External",
    data: Data = DATA, url: Url = None, token: Token = None,
) -> None:  # fmt: skip
    """Trip a well's drive."""
    _ask(api(data, url, token), "trip", {"on": well, "code": code})


@app.command()
def local(well: Pumped, data: Data = DATA, url: Url = None, token: Token = None) -> None:
    """Let a well's drive be operated at its panel: it takes nothing from the wire."""
    _ask(api(data, url, token), "local", {"well": well})


@app.command()
def remote(well: Pumped, data: Data = DATA, url: Url = None, token: Token = None) -> None:
    """Give a drive that is operated at its panel back to the wire."""
    _ask(api(data, url, token), "remote", {"well": well})


@app.command()
def save(name: Moment, data: Data = DATA, url: Url = None, token: Token = None) -> None:
    """Keep the field as it is now, by name."""
    _ask(api(data, url, token), "save", {"name": name})


@app.command()
def restore(name: Moment, data: Data = DATA, url: Url = None, token: Token = None) -> None:
    """Go on from a moment that was saved, or is in the ring, as a run of its own."""
    _ask(api(data, url, token), "restore", {"name": name})


@app.command()
def back(
    by: Annotated[str, typer.Argument(help="How far, in plant time, as 5m.")],
    data: Data = DATA, url: Url = None, token: Token = None,
) -> None:  # fmt: skip
    """Go back to the newest moment of the ring that lies so far back, and on from there as a run of its own."""
    _ask(api(data, url, token), "restore", {"back": by})


@app.command()
def moments(data: Data = DATA, url: Url = None, token: Token = None, as_json: Json = False) -> None:
    """List what can be gone back to: moments saved by name, and the ring of the last ones, newest first."""
    found = api(data, url, token).get("/field/moments")
    if as_json:
        print(json.dumps(found))
        return
    rows = [
        (row["name"], _ago(found["time_ns"], row["time_ns"]), row["run"] or "-", f"{row['size'] / 1000:.0f} kB")
        for row in found["moments"]
    ]
    print(columns(("moment", "ago", "run", "size"), rows))


def _ago(now: int, then: int) -> str:
    from control.bus.clock import SECOND

    return shown((now - then) // SECOND) if then else "-"


@app.command(context_settings={"ignore_unknown_options": True})
def malfunction(
    name: Name, on: On = None, settings: Settings = None, data: Data = DATA, url: Url = None, token: Token = None
) -> None:
    """Let something go wrong."""
    _ask(api(data, url, token), "malfunction", request(name, on, settings))


@app.command(context_settings={"ignore_unknown_options": True})
def heal(
    name: Annotated[str | None, typer.Argument(help="Which malfunction; without it, all at once.")] = None,
    on: On = None, settings: Settings = None, data: Data = DATA, url: Url = None, token: Token = None,
) -> None:  # fmt: skip
    """Let it go."""
    _ask(api(data, url, token), "heal", request(name, on, settings))


@app.command()
def personality(
    name: Annotated[str | None, typer.Argument(help="Which; sound for none. Without it, all there are.")] = None,
    device: Annotated[str | None, typer.Argument(help="A simulated device, or a pattern as RTU-*.")] = None,
    data: Data = DATA, url: Url = None, token: Token = None,
) -> None:  # fmt: skip
    """Give devices bad manners that integrators have met, in place of whatever is wrong with them."""
    if name is None:
        from simulators.fault.personality import personalities

        print(columns(("personality", "what it is"), [(p.name, p.says["en"]) for p in personalities().values()]))
    else:
        _ask(api(data, url, token), "personality", {"personality": name, "on": device or "*"})


def request(name: str | None, on: str | None, settings: list[str] | None) -> dict[str, Any]:
    """What is asked. A setting may stand in the target's place, where a field as a whole is meant."""
    given = [text for text in (on, *(settings or ())) if text]
    targets = [text for text in given if "=" not in text]
    asked: dict[str, Any] = {"malfunction": name} if name else {}
    asked |= {"on": targets[0] if len(targets) == 1 else targets} if targets else {}
    return asked | {key: plain(value) for key, _, value in (text.partition("=") for text in given if "=" in text)}


def plain(text: str) -> float | str:
    """A number where it is one."""
    try:
        return float(text)
    except ValueError:
        return text


def _ask(to: Any, verb: str, asked: dict[str, Any]) -> None:
    done = to.post(f"/field/{verb}", asked)
    print(json.dumps({key: value for key, value in done.items() if key != "time_ns"}, ensure_ascii=False))

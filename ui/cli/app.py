"""``gemelo``, the command. Each subcommand is here with its options; what it does is in a module of its own,
imported only when it is asked for, so that the command answers at once.
"""

from __future__ import annotations

import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from plant.error import GemeloError, OutOfRange
from ui.cli import audit, device, drill, field, handling, hil, history, malfunction, scenario, study, user
from ui.cli.option import DATA, Data, Json, Run, Token, Url, api

app = typer.Typer(
    help="Gemelo: a digital twin and hardware-in-the-loop testbed for oil fields.",
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
)  # fmt: skip
app.add_typer(field.app, name="field")
app.add_typer(audit.app, name="audit")
app.add_typer(handling.app, name="alarm")
app.add_typer(device.app, name="device")
app.add_typer(scenario.app, name="scenario")
app.add_typer(drill.app, name="drill")
app.add_typer(study.app, name="study")
app.add_typer(history.app, name="history")
app.add_typer(malfunction.app, name="malfunction")
app.add_typer(user.app, name="user")
app.add_typer(user.keys, name="key")
app.add_typer(hil.app, name="hil")

Field = Annotated[str, typer.Option(help="Field: a bundled one by name, or a file.")]
Bench = Annotated[
    str,
    typer.Option(
        help="Bench, where each device answers: a bundled one by name, or a file.", show_default="the field's own"
    ),
]
PortsFrom = Annotated[
    int,
    typer.Option(
        min=0, max=65000, show_default="each its own",
        help="First port of all: API, screens, bus, MQTT, then simulated devices in the bench's order.",
    ),
]  # fmt: skip

DOCS = Path("docs")


def main() -> None:
    """Run the command; an error of ours is told in its own words, without a traceback."""
    _end_when_told()
    try:
        app()
    except GemeloError as error:
        sys.exit(f"gemelo: {error}")
    except KeyboardInterrupt:
        sys.exit(130)


def _end_when_told() -> None:
    """Let signals unwind what is under way, so that whatever a command has started is ended by it.

    Interrupts are heard even where a shell without job control has started the command deaf to them.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)


def _end(number: int, _frame: object) -> None:
    signal.signal(number, signal.SIG_IGN)  # once is enough: what ends must not be ended
    raise SystemExit(128 + number)


@app.command()
def up(
    data: Data = DATA,
    field: Field = "shengli12",
    bench: Bench = "",
    speed: Annotated[float, typer.Option(min=0.0, help="Plant seconds a second; 0 frozen, inf unbound.")] = 1.0,
    seed: Annotated[int, typer.Option(help="What the true wells' hidden parameters are drawn from.")] = 0,
    host: Annotated[str, typer.Option(help="Address on which API and screens listen.")] = "127.0.0.1",
    ports_from: PortsFrom = 0,
    api_port: Annotated[int | None, typer.Option(min=1, max=65535, show_default="8080")] = None,
    screens_port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="0: no screens.", show_default="8081")
    ] = None,
    bus_port: Annotated[int | None, typer.Option(min=1, max=65535, show_default="4222")] = None,
    mqtt_port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="Of the MQTT broker within the bus; 0: none.", show_default="1883"),
    ] = None,
    bus: Annotated[str, typer.Option(help="Join the bus that runs at this URL.", show_default="its own")] = "",
    keys: Annotated[str, typer.Option(help="File of the keys for that bus, as `gemelo admit` wrote it.")] = "",
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Start the simulated field anew, wherever it was left.")
    ] = False,
    parent: Annotated[int, typer.Option(hidden=True, help="Stop when this process is no longer the parent.")] = 0,
) -> None:
    """Start a field and everything around it; Ctrl-C stops all of it."""
    from ui.supervisor import lean
    from ui.supervisor.settings import Settings, ports

    chosen = {"api_port": api_port, "screens_port": screens_port, "bus_port": bus_port, "mqtt_port": mqtt_port}
    settings = Settings(str(data), field, bench, speed, seed, host, bus=bus, keys=keys, parent=parent)
    placed: dict[str, Any] = {"ports_from": ports_from, "fresh": fresh, **ports(ports_from, chosen)}
    lean.become(replace(settings, **placed))


@app.command()
def admit(
    field: Annotated[str, typer.Argument(help="Field to be let in: a bundled one by name, or a file.")],
    to: Annotated[Path, typer.Option(help="File to write its keys to.")],
    data: Data = DATA, bench: Bench = "",
) -> None:  # fmt: skip
    """Let another field onto the bus of the field on --data; it joins with `gemelo up --bus URL --keys FILE`."""
    from ui.cli import admit as command

    command.admit(data, field, bench, to)


@app.command()
def login(
    name: Annotated[str, typer.Argument(help="Login.")],
    stdin: Annotated[
        bool, typer.Option("--stdin", help="Read the password, and a new one if need be, from standard input.")
    ] = False,
    tenant: Annotated[str | None, typer.Option(help="Tenant; without it, the field's own.")] = None,
    data: Data = DATA, url: Url = None,
) -> None:  # fmt: skip
    """Come in by name and password; the commands that follow are yours."""
    from ui.cli import people

    people.come_in(api(data, url), name, stdin, tenant)


@app.command()
def logout(data: Data = DATA, url: Url = None) -> None:
    """Go; the commands that follow are the data folder's again, where it can be read."""
    from ui.cli import people

    people.go(api(data, url))


@app.command()
def whoami(data: Data = DATA, url: Url = None, token: Token = None, as_json: Json = False) -> None:
    """Say as whom the API knows you, and what you may."""
    from ui.cli import people

    people.who(api(data, url, token), as_json)


@app.command()
def link(data: Data = DATA) -> None:
    """Print a link that opens the screens once, as the local administrator; those before it open nothing."""
    from ui.cli import admit as command

    command.link(data)


@app.command()
def status(data: Data = DATA, url: Url = None, as_json: Json = False) -> None:
    """Show every process and device: rate, lag, last error."""
    from ui.cli import status as command

    command.show(api(data, url), data, as_json)


@app.command()
def tags(
    pattern: Annotated[str, typer.Argument(help="With * and ?, as Well.*.Frequency.")] = "*",
    data: Data = DATA, url: Url = None, as_json: Json = False,
) -> None:  # fmt: skip
    """List tags: what can be read and set."""
    from ui.cli import tag

    tag.show_tags(api(data, url), pattern, as_json)


@app.command()
def read(
    pattern: Annotated[list[str], typer.Argument(metavar="TAG...", help="Tags, or patterns with * and ?.")],
    data: Data = DATA, url: Url = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Show the latest values."""
    from ui.cli import tag

    tag.show_values(api(data, url), pattern, as_json)


@app.command()
def watch(
    pattern: Annotated[list[str], typer.Argument(metavar="TAG...", help="Tags, or patterns with * and ?.")],
    data: Data = DATA, url: Url = None, as_json: Json = False,
    count: Annotated[int | None, typer.Option(min=1, help="End after so many values.")] = None,
) -> None:  # fmt: skip
    """Show values as they come, until Ctrl-C."""
    from ui.cli import tag

    tag.watch(api(data, url), pattern, as_json, count)


@app.command(context_settings={"ignore_unknown_options": True})
def write(
    tag: str,
    value: Annotated[float, typer.Argument(help="In the unit that `gemelo tags` shows.")],
    reason: Annotated[str, typer.Option(help="Why; it is kept with the command.")],
    data: Data = DATA, url: Url = None, token: Token = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Write a setpoint or a command, through the guard, and say what came of it."""
    from ui.cli import command

    command.write(api(data, url, token), tag, value, reason, as_json)


@app.command()
def alarms(
    asset: Annotated[str | None, typer.Option(help="Of one asset, as Well.CACB27A-P1.")] = None,
    tags: Annotated[str | None, typer.Option(help="Of a tag or pattern, as 'Well.*.IntakePressure'.")] = None,
    priority: Annotated[int | None, typer.Option(min=1, max=4, help="1 critical … 4 low.")] = None,
    aside: Annotated[bool, typer.Option("--aside", help="Shelved, suppressed and out of service instead.")] = False,
    history: Annotated[bool, typer.Option("--history", help="Every transition in place of those that stand.")] = False,
    since: Annotated[str, typer.Option("--from", help="Of a history: ISO 8601, or so long before --to: 2h.")] = "1d",
    until: Annotated[str, typer.Option("--to", help="Likewise; without it, the field's now.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="Rows of a history.")] = 200,
    run: Run = None, data: Data = DATA, url: Url = None, as_json: Json = False,
) -> None:  # fmt: skip
    """List standing alarms, or those that were: when raised, returned and acknowledged, and by whom."""
    from ui.cli import alarm

    filters = {"asset": asset, "tags": tags, "priority": priority}
    if history:
        alarm.show_history(api(data, url), as_json, since, until, limit, run=run, **filters)
    elif run is not None:
        raise OutOfRange("--run", run, "goes with --history: what stands, stands in the run that runs")
    else:
        alarm.show(api(data, url), as_json, aside="true" if aside else None, **filters)


@app.command()
def ack(
    alarm: Annotated[list[str], typer.Argument(metavar="ALARM...", help="By id, tag, or pattern of either.")],
    comment: Annotated[str, typer.Option(help="What is to be said about it.")] = "",
    data: Data = DATA, url: Url = None, token: Token = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Acknowledge alarms."""
    from ui.cli.alarm import handle

    handle(api(data, url, token), "acknowledge", alarm, comment, as_json)


@app.command()
def bench(
    name: Annotated[str | None, typer.Argument(help="Which; without it, all are listed.")] = None,
    seconds: Annotated[float, typer.Option(min=1.0, help="How long it may take.")] = 30.0,
    as_json: Json = False,
    names: Annotated[bool, typer.Option("--list", help="Print the names only.")] = False,
) -> None:
    """Measure: figures of this machine beside a peer's, in one run. The long form of a bench is --seconds 300."""
    from ui.cli import measurement as command

    command.show(name, seconds, as_json, names)


@app.command()
def validate(
    out: Annotated[Path, typer.Option(help="Folder for validation.md, and validation/ with its pictures.")] = DOCS,
) -> None:
    """Compare the physics with every number given for it, and write the page that says so."""
    from ui.cli import validation

    validation.write(out)


@app.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
def service(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="As status shows it: field, control …")],
) -> None:
    """Run one process alone. Its options: gemelo service NAME -- --help."""
    from ui.cli import service as command

    command.run(name, context.args)


if __name__ == "__main__":
    main()

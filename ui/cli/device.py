"""``gemelo device``: the first hour with real hardware. What answers, whether a bench says the truth of it, and a
register map from a spreadsheet. Nothing here writes to a device."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plant.error import OutOfRange, ServiceError
from ui.cli.option import Json

if TYPE_CHECKING:
    from control.acquisition.survey.finding import Finding

app = typer.Typer(
    help="Look at a real device: probe an endpoint, check a bench's device, import a register map.",
    no_args_is_help=True,
)  # fmt: skip


@app.command()
def probe(
    endpoint: Annotated[str, typer.Argument(help="As in a bench: modbus://192.168.10.21/1, opc.tcp://…, mqtt://…")],
    units: Annotated[str, typer.Option(help="Modbus units to ask, as 1-10 or 1,2,17.", show_default="usual")] = "",
    addresses: Annotated[str, typer.Option(help="Modbus addresses to look at, first and last.")] = "0-999",
    timeout: Annotated[float, typer.Option(min=0.01, help="Seconds that an answer may take.")] = 1.0,
    seconds: Annotated[float, typer.Option(min=0.1, help="How long to listen, on MQTT.")] = 10.0,
    topic: Annotated[str, typer.Option(help="What to listen to, on MQTT.")] = "#",
    most: Annotated[int, typer.Option(min=1, help="How many variables to show, on OPC UA.")] = 500,
    user: Annotated[str, typer.Option(help="As whom to come in.")] = "",
    password_file: Annotated[Path | None, typer.Option(exists=True, help="Where his password stands.")] = None,
    certificate: Annotated[Path | None, typer.Option(exists=True, help="Our certificate.")] = None,
    key: Annotated[Path | None, typer.Option(exists=True, help="Its key.")] = None,
    trust: Annotated[Path | None, typer.Option(exists=True, help="Certificate that we believe.")] = None,
    as_json: Json = False,
) -> None:
    """Find out what answers at an endpoint: units, ranges, nodes or topics, and what the values look like."""
    from control.acquisition.survey.finding import Wanted
    from control.acquisition.survey.table import probe as look
    from plant.asset.credential import Credentials
    from plant.asset.endpoint import Endpoint
    from plant.asset.protocol.table import PORTS

    try:
        place = Endpoint.read(endpoint, PORTS)
    except ValueError as error:
        raise OutOfRange("endpoint", endpoint, str(error)) from None
    first, last = _span("addresses", addresses)
    if bool(certificate) != bool(key):
        raise OutOfRange("--certificate", certificate, "must be given together with --key")
    own = Credentials(user, "", password_file, certificate, key, trust)
    wanted = Wanted(place, _numbers("units", units), (first, last), timeout, seconds, topic, most, own)
    asyncio.run(_told(look(wanted), as_json))


@app.command("certificate")
def make_certificate(
    name: Annotated[str, typer.Argument(help="Of whom: its files are NAME.der and NAME.key.")],
    use: Annotated[str, typer.Option("--for", help="client (acquisition, a master) or server.")] = "client",
    host: Annotated[str, typer.Option(help="Name or address at which a server is reached.")] = "localhost",
    out: Annotated[Path, typer.Option(help="Folder; made where it is not there.")] = Path("."),
) -> None:
    """Make a key and a certificate of its own for OPC UA, to be named in a bench and laid where it is to be trusted."""
    from simulators.opcua.certificate import make

    made = make(out, name, use, host)
    print(f"{made.certificate}: to be given to whom it meets, and laid into his trusted folder")
    print(f"{made.key}: to be kept, readable by its owner alone; valid until {made.until:%Y-%m-%d}")


@app.command()
def check(
    bench: Annotated[str, typer.Argument(help="A bench: a bundled one by name, or a file.")],
    device: Annotated[str, typer.Argument(help="One of its devices, by name.")],
    as_json: Json = False,
) -> None:
    """Reach a device, read every point, and show raw and engineering value, its clock, and what fails."""
    from control.acquisition.survey.check import check as look
    from plant.asset.bench_file import load_bench

    place = load_bench(bench).device(device)
    _tell(asyncio.run(look(place)), as_json)


@app.command("import")
def import_(
    table: Annotated[Path, typer.Argument(help="A CSV file whose columns are named by the keys of a point.")],
    to: Annotated[Path | None, typer.Option(help="The profile to write.", show_default="TABLE.toml")] = None,
    role: Annotated[list[str] | None, typer.Option(help="As well=Well; without it, by the signals.")] = None,
) -> None:
    """Make a profile of a maker's register map."""
    from plant.asset.profile.file import load_profile
    from plant.asset.profile.register_map import import_map

    target = to or table.with_suffix(".toml")
    if target.exists():
        raise ServiceError(f"{target} exists; choose another with --to")
    made = import_map(table, dict(_pair(text) for text in role or ()))
    draft = target.with_suffix(".draft.toml")
    draft.write_text(made.text, encoding="utf-8")
    try:
        load_profile(f"./{draft.name}", draft)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    for line in made.left_out:
        print(f"left out: {line}")
    print(f"{target}: {made.points} points")


async def _told(findings: AsyncIterator[Finding], as_json: bool) -> None:
    if as_json:
        _tell([finding async for finding in findings], True)
        return
    async for finding in findings:
        _tell([finding], False)


def _tell(findings: Iterable[Finding], as_json: bool) -> None:
    from ui.cli.text import columns

    if as_json:
        print(json.dumps([finding.plain() for finding in findings]))
        return
    for finding in findings:
        print(finding.title, flush=True)
        if finding.rows:
            print(columns(finding.head, finding.rows), flush=True)


def _numbers(name: str, text: str) -> tuple[int, ...]:
    """``1,3-5`` as numbers."""
    found: list[int] = []
    for part in filter(None, text.split(",")):
        first, last = _span(name, part)
        found += range(first, last + 1)
    return tuple(found)


def _span(name: str, text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    try:
        low, high = int(first), int(last or first)
    except ValueError:
        low, high = 1, 0
    if not 0 <= low <= high <= 65_535:
        raise OutOfRange(name, text, "must be FIRST-LAST, from 0 to 65535")
    return low, high


def _pair(text: str) -> tuple[str, str]:
    role, sign, asset_type = text.partition("=")
    if not (role and sign and asset_type):
        raise OutOfRange("role", text, "must be ROLE=TYPE, such as well=Well")
    return role, asset_type

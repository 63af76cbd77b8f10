"""``gemelo drill``: drills, played by bots in shortened time, scored and reported."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from plant.error import ServiceError
from ui.cli.option import DATA, Data, Json, Token, Url, api

app = typer.Typer(
    help="Drills: list, check and play them; begin and watch one on a field that runs.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Which = Annotated[str, typer.Argument(metavar="DRILL", help="A drill file, or the name of a bundled one.")]
Tongue = Annotated[str, typer.Option("--language", help="en or es.")]
PLAYERS = ("expert", "novice", "nothing")


@app.command(name="list")
def show_list(language: Tongue = "en") -> None:
    """List the bundled drills."""
    from plant.asset.table import Table
    from scenarios.drill.drill_file import bundled

    for name, path in bundled().items():
        print(f"{name:20} {Table.load(path).text(f'title_{language}')}")


@app.command()
def check(drill: Which) -> None:
    """Report every mistake in a drill file, or what it asks for."""
    from hil.wording import doing
    from plant.asset.duration import shown
    from scenarios.drill.drill_file import load_drill

    found, _, _ = load_drill(drill)
    print(f"{found.title['en']}: {shown(found.length)}")
    for event in found.events:
        print(f"  {shown(event.at):>8}  {event.name}: {doing(event)}")
    for expected in found.expected:
        within = f"within {shown(expected.within)} of {expected.after}"
        print(f"  {expected.points:5g} points  {expected.act.says['en']}, {within}")
    for wrong in found.forbidden:
        print(f"  {-wrong.points:5g} points  {wrong.act.name}: {wrong.act.says['en']}")


@app.command()
def run(
    drill: Which,
    bot: Annotated[str, typer.Option(help=f"Who plays: {', '.join(PLAYERS)}; or all.")] = "all",
    seed: Annotated[int, typer.Option(help="Of the true wells' hidden parameters, of noise and of bots' luck.")] = 0,
    report: Annotated[Path | None, typer.Option(help="Write a page about the try there (HTML, one file).")] = None,
    language: Tongue = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Have bots play a drill on a field of their own in shortened time, and say what each try is worth.

    The report is of the first player named; the expert always plays, for the others are judged beside it.
    """
    from plant.asset.duration import shown
    from scenarios.drill.drill_file import load_drill
    from scenarios.drill.play import tries
    from scenarios.drill.report import page, plain
    from scenarios.drill.score import score

    if bot not in (*PLAYERS, "all"):
        raise typer.BadParameter(f"{bot!r} is none of {', '.join(PLAYERS)}, all", param_hint="--bot")
    found, field, bench = load_drill(drill)
    players = PLAYERS if bot == "all" else (bot,)
    played = tries(found, field, bench, seed, players)
    scores = {name: score(found, played[name], played["expert"]) for name in players}
    if report is not None:
        name = "novice" if bot == "all" else bot
        _write(report, page(found, played[name], scores[name], played["expert"], language))
    if as_json:
        print(json.dumps([plain(found, played[name], scores[name], played["expert"]) for name in players]))
        return
    for name in players:
        print(f"{name}: {scores[name].points:.1f} points, {scores[name].regret:.2f} bbl above the expert's cost")
        for lost in scores[name].deductions:
            print(f"  {-lost.points:6.1f}  {lost.kind}: {lost.subject}: {lost.detail}")
    print(f"({shown(found.length)} of plant time each)")


@app.command()
def start(
    drill: Which,
    player: Annotated[str, typer.Option(help="Who is trained.")] = "trainee",
    moment: Annotated[str | None, typer.Option(help="A moment of `gemelo field moments` to begin from.")] = None,
    data: Data = DATA, url: Url = None, token: Token = None,
) -> None:  # fmt: skip
    """Begin a drill on the field that runs, as a run of its own. Its bench must have `clock = "field"`."""
    begun = api(data, url, token).post("/drill", {"drill": drill, "player": player, "moment": moment})
    print(f"{begun['id']}: {begun['title']['en']}, run {begun['run']}")


@app.command()
def status(data: Data = DATA, url: Url = None, token: Token = None, as_json: Json = False) -> None:
    """Show what of the drill that runs was done, who drives the field, and at the end the score."""
    from ui.cli.drill_status import lines

    found = api(data, url, token).get("/drill")
    print(json.dumps(found) if as_json else "\n".join(lines(found)))


@app.command()
def stop(data: Data = DATA, url: Url = None, token: Token = None) -> None:
    """End the drill that runs before its time; it is scored as it stands."""
    done = api(data, url, token).post("/drill/stop", {})
    print(f"{done['id']}: {done['state']}")


@app.command()
def brief(data: Data = DATA, url: Url = None, token: Token = None) -> None:
    """Show the drill as a trainee sees it: briefing, question, messages."""
    print(json.dumps(api(data, url, token).get("/drill/brief"), ensure_ascii=False, indent=1))


@app.command()
def answer(
    what: Annotated[str, typer.Argument(help="One of the choices of `gemelo drill brief`.")],
    data: Data = DATA, url: Url = None, token: Token = None,
) -> None:  # fmt: skip
    """Say what is wrong, as a trainee."""
    print(json.dumps(api(data, url, token).post("/drill/answer", {"what": what})["drill"], ensure_ascii=False))


@app.command()
def hint(data: Data = DATA, url: Url = None, token: Token = None) -> None:
    """Ask for a hint, at its cost."""
    print(json.dumps(api(data, url, token).post("/drill/hint", {})["messages"][-1]["text"], ensure_ascii=False))


@app.command()
def message(
    text: Annotated[str, typer.Argument(help="What trainees are to read.")],
    data: Data = DATA, url: Url = None, token: Token = None,
) -> None:  # fmt: skip
    """Tell trainees something."""
    api(data, url, token).post("/drill/message", {"text": text})


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ServiceError(f"{file} cannot be written: {error.strerror}") from None

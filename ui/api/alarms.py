"""Alarms: those that stand, those that were, and what is done with them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from control.alarms.handling import LONGEST, SHORTEST, VERBS
from control.alarms.state import ASIDE, TO_DO
from control.alarms.table import SEVERITIES
from plant.asset import amount
from plant.asset.name import LANGUAGES, said
from plant.asset.pattern import matches
from plant.asset.signal import Signal, signals
from plant.asset.tag import asset_of, signal_of
from plant.error import OutOfRange, Unknown
from plant.unit import UNITS
from ui.api.asked import FORMAT, Listed
from ui.api.context import Ctx, OfRun, names
from ui.api.moment import iso, moment
from ui.api.problem import responses
from ui.api.text import Text

router = APIRouter(tags=["alarms"], route_class=Listed, dependencies=FORMAT)

MOMENTS = ("raised", "returned", "acknowledged", "shelved", "shelved_until", "removed")

_EXAMPLE: dict[str, Any] = {
    "id": "Well.CACB27A-P1.IntakePressure.low", "tag": "Well.CACB27A-P1.IntakePressure", "kind": "low",
    "state": "UNACK", "priority": 2, "value": 3.1, "limit": 3.5, "unit": "MPa(g)", "value_si": 3201325.0,
    "value_state": None, "limit_si": 3601325.0, "time": "2026-01-31T12:00:00.000Z", "time_ns": 1769860800000000000,
    "raised": "2026-01-31T12:00:00.000Z", "returned": None, "acknowledged": None, "acknowledged_by": None,
    "acknowledged_comment": None, "shelved": None, "shelved_until": None, "shelved_by": None, "shelved_comment": None,
    "removed": None, "removed_by": None, "removed_comment": None, "message": "Intake pressure low",
    "messages": {"en": "Intake pressure low", "es": "Presión de succión baja"},
    "value_texts": {"en": "3.10 MPa(g)", "es": "3,10 MPa(g)"},
    "limit_texts": {"en": "3.50 MPa(g)", "es": "3,50 MPa(g)"},
}  # fmt: skip


class Alarm(BaseModel):
    """An alarm, or one transition of it; ``state`` is as ISA-18.2 names it.

    NORM, UNACK, ACKED, RTNUN; latched LTUNA, LTACK; shelved SHLVD, suppressed by design DSUPR, out of service OOSRV.
    ``time`` is when it came into this state; ``raised``, ``returned`` and ``acknowledged`` stay until it is raised
    anew, what sets it aside until that is taken back.

    Where ``value`` is a code, ``value_state`` is its name. ``messages``, ``value_texts`` and ``limit_texts`` are
    what people read, by language.
    """

    model_config = ConfigDict(extra="allow", json_schema_extra={"example": _EXAMPLE})
    id: str
    tag: str
    kind: str
    state: str
    priority: int
    value: float | None
    value_si: float | None
    value_state: str | None = None
    limit: float | None
    limit_si: float | None
    unit: str
    time: str
    time_ns: int
    raised: str | None = None
    returned: str | None = None
    acknowledged: str | None = None
    acknowledged_by: str | None = None
    acknowledged_comment: str | None = None
    shelved: str | None = None
    shelved_until: str | None = None
    shelved_by: str | None = None
    shelved_comment: str | None = None
    removed: str | None = None
    removed_by: str | None = None
    removed_comment: str | None = None
    message: str
    messages: dict[str, str]
    value_texts: dict[str, str]
    limit_texts: dict[str, str]


class Alarms(BaseModel):
    """Alarms. Where a history had to be cut, ``next`` is the ``end`` of the request for what came before."""

    alarms: list[Alarm]
    next: str | None = None


class Handling(BaseModel):
    """Why something is done with an alarm; of shelving, for how long [s], else until its condition has gone."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"comment": "seen"}})
    comment: Text = Field(default="", max_length=1000)
    for_s: float | None = Field(default=None, ge=SHORTEST, le=LONGEST)


class Handlings(Handling):
    """Which alarms, by id, tag or pattern of either, and as for one."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"alarms": ["Well.*.IntakePressure"], "comment": "seen"}}
    )
    alarms: list[Text] = Field(min_length=1, max_length=1000)


class Handled(BaseModel):
    """The alarms with which it was done, by id."""

    handled: list[str]


Tags = Annotated[str, Query(description="tag names or patterns with commas between; all where left out")]
Priority = Annotated[int | None, Query(ge=1, le=len(SEVERITIES), description="1 critical … 4 low")]
WhichVerb = Annotated[str, Path(description=f"one of {', '.join(VERBS)}")]


@router.get("/alarms", summary="Standing alarms", response_model=Alarms, responses=responses(404))
async def standing(
    ctx: Ctx, asset: str | None = None, tags: Tags = "", priority: Priority = None, aside: bool = False
) -> Alarms:
    """Alarms with which there is something to do: the most urgent first, then the newest.

    With ``aside`` in their place those that are shelved, suppressed by design or out of service.
    """
    if asset is not None:
        ctx.catalogue.check(asset)
    meant = set(ctx.catalogue.named(names(tags)))
    found = [
        a
        for a in ctx.feed.alarms.values()
        if asset_of(a["tag"]) in ctx.catalogue.assets
        and (asset is None or asset_of(a["tag"]) == asset)
        and (not tags or a["tag"] in meant)
        and priority in (None, a["priority"])
        and aside is (a["state"] in ASIDE)
    ]
    return Alarms(alarms=[shown(a) for a in sorted(found, key=lambda a: (a["priority"], -a["time_ns"]))])


@router.get("/alarms/history", summary="Alarm history", response_model=Alarms, responses=responses(404, 422, 503))
async def history(
    ctx: Ctx,
    tags: Tags = "",
    asset: str | None = None,
    priority: Priority = None,
    start: str | None = None,
    end: str | None = None,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 200,
    run: OfRun = None,
) -> Alarms:
    """Every transition, the newest first."""
    asked = ctx.catalogue.named(names(tags))
    if asset is not None:
        of_asset = [one.name for one in ctx.catalogue.of(asset, None)]
        asked = [name for name in asked if name in of_asset] if tags else of_asset
        if not asked:
            return Alarms(alarms=[])
    kinds = [] if priority is None else [SEVERITIES[priority]]
    entries, at = await ctx.history.of(run).alarm_page(tags=asked, kinds=kinds, **span(start, end), limit=limit)
    return Alarms(alarms=[shown(entry) for entry in entries], next=None if at is None else str(at))


@router.post(
    "/alarms/{alarm:path}/{verb}", summary="Handle an alarm",
    responses=responses(404, 413, 422, 503),
)  # fmt: skip
async def handle(ctx: Ctx, alarm: str, verb: WhichVerb, said: Handling | None = None) -> dict[str, Any]:
    """Acknowledge, reset, shelve, unshelve, remove from service or return to it; who and why goes into the journal."""
    said = said or Handling()
    ctx.check(VERBS[_known(verb)].permission, asset_of(alarm), "alarm", alarm)
    return (await ctx.control.handle(alarm, _known(verb), ctx.identity.name, said.comment, said.for_s)).plain()


@router.post(
    "/alarms/{verb}", summary="Handle alarms", response_model=Handled,
    responses=responses(404, 413, 422, 503),
)  # fmt: skip
async def handle_all(ctx: Ctx, verb: WhichVerb, said: Handlings) -> Handled:
    """Likewise with all alarms that the patterns mean; with none where no pattern means one."""
    meant = _meant(said.alarms, _candidates(ctx, _known(verb)), verb)
    for alarm in meant:
        ctx.check(VERBS[verb].permission, asset_of(alarm), "alarm", alarm)
    for alarm in meant:
        await ctx.control.handle(alarm, verb, ctx.identity.name, said.comment, said.for_s)
    return Handled(handled=meant)


def _known(verb: str) -> str:
    if verb not in VERBS:
        raise Unknown(f"way to handle an alarm ({', '.join(VERBS)})", verb)
    return verb


def _candidates(ctx: Ctx, verb: str) -> dict[str, str]:
    """The alarms that a pattern may mean, with their tags: those in which the verb finds something to do."""
    states = TO_DO[VERBS[verb].event]
    found = {rule.id: rule.tag.name for rule in ctx.catalogue.site.rules if "NORM" in states}
    found |= {a["id"]: a["tag"] for a in ctx.feed.alarms.values()}
    known = {a["id"]: a["state"] for a in ctx.feed.alarms.values()}
    seen = {alarm: tag for alarm, tag in found.items() if asset_of(tag) in ctx.catalogue.assets}
    return {alarm: tag for alarm, tag in seen.items() if known.get(alarm, "NORM") in states}


def _meant(patterns: list[str], candidates: dict[str, str], verb: str) -> list[str]:
    meant: dict[str, None] = {}
    for pattern in patterns:
        found = [alarm for alarm, tag in candidates.items() if matches(alarm, pattern) or matches(tag, pattern)]
        if not found:
            raise Unknown(f"alarm to {verb}", pattern)
        meant |= dict.fromkeys(found)
    return list(meant)


def span(start: str | None, end: str | None) -> dict[str, int]:
    """A range of time for a journal query, open where nothing is said."""
    asked = {"start_ns": moment("start", start) if start else 0}
    if end:
        asked["end_ns"] = moment("end", end)
        if asked["end_ns"] <= asked["start_ns"]:
            raise OutOfRange("end", end, f"must be later than start = {start}")
    return asked


def shown(alarm: dict[str, Any]) -> Alarm:
    """An alarm as it is sent: value and limit in the tag's own unit, and in SI."""
    unit = UNITS[alarm["unit"]]
    si = {key: alarm[key] for key in ("value", "limit")}
    both = {key: None if value is None else unit.from_si(value) for key, value in si.items()}
    both |= {f"{key}_si": value for key, value in si.items()}
    signal = signals().get((alarm["tag"].partition(".")[0], signal_of(alarm["tag"])))
    messages = said(signal_of(alarm["tag"]), alarm["kind"]) | (alarm["message"] or {})
    texts = {
        "unit": unit.symbol, "time": iso(alarm["time_ns"]), "message": messages["en"], "messages": messages,
        "value_state": _state(signal, alarm["value"]), **_texts(signal, si),
    }  # fmt: skip
    moments = {name: iso(at) if (at := alarm.get(f"{name}_ns")) else None for name in MOMENTS}
    return Alarm(**alarm | both | texts | moments)


def _state(signal: Signal | None, value: float | None) -> str | None:
    """The name of the state that a value is the code of; none for what is no state, or a code without a name."""
    states = (signal.states if signal else None) or {}
    return next((text for code, text in states.items() if code == value), None)


def _texts(signal: Signal | None, si: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Value and limit as people read them; nothing of a signal that is no more."""
    if signal is None:
        return {"value_texts": {}, "limit_texts": {}}
    return {
        "value_texts": {language: amount.amount(si["value"], signal, language) for language in LANGUAGES},
        "limit_texts": {language: amount.limit(si["limit"], signal, language) for language in LANGUAGES},
    }

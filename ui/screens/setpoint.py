"""Setpoints: what an operator may set on a well, always asked back, always through the guarded command path."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import param

from control.bus.message.command import Command, Outcome
from control.client import Control
from plant.asset.amount import amount
from plant.asset.tag import Tag
from plant.error import CommandRefused, GemeloError, ServiceError
from ui import trust
from ui.screens.context import Context
from ui.screens.mount import Component
from ui.screens.page import Page
from ui.screens.page_feed import Fresh
from ui.screens.shown_value import plain, row_of, shown

LABELS = (
    "Setpoint", "Actual", "Set to", "Set…", "Drive", "Start", "Stop", "Reset", "Confirm", "Cancel", "now", "new",
    "Reason", "A reason is needed", "Your role only looks", "sending…", "allowed", "The device does not answer",
)  # fmt: skip


@dataclass(frozen=True)
class Settable:
    """One thing that can be set, and the measurement in which its effect shows."""

    signal: str
    actual: str


SETPOINTS = (Settable("FrequencyReference", "Frequency"), Settable("ChokeReference", "Choke"))
COMMANDS = ("Start", "Stop", "Reset")


class Setpoints(Component):
    """``tick`` is ``[values, trust, arrives]``: of each setpoint and its actual value, and of setpoints and commands
    whether a write can arrive now. Answers go back as messages.
    """

    script: ClassVar[str] = "setpoint.js"
    labels = param.Dict()
    asset = param.String()
    rows = param.List()
    commands = param.List()
    may = param.Boolean()
    tick = param.List()


def add_setpoints(page: Page, asset: str) -> None:
    """Put the setpoints of a well on a page."""
    context, text = page.context, page.text
    tags = context.site.tags
    pairs = [(tags[f"{asset}.{s.signal}"], tags[f"{asset}.{s.actual}"]) for s in SETPOINTS]
    settable = {tag.name: tag for tag, _ in pairs} | {f"{asset}.{c}": tags[f"{asset}.{c}"] for c in COMMANDS}
    flat = [tag for pair in pairs for tag in pair]
    rows = context.feed.rows([tag.name for tag in flat])
    signs = context.feed.rows([sign_of(tag) for tag in settable.values()])

    def now() -> list[Any]:
        arrives = trust.is_known(context.feed.trust(signs)).tolist()
        return [plain(shown(flat, context.feed.value[rows])), context.feed.trust(rows).tolist(), arrives]

    part = Setpoints(
        labels=text.of(*LABELS), asset=asset.partition(".")[2], may=page.may("command.write", asset), tick=now(),
        rows=[_row(context, page, setpoint) for setpoint, _ in pairs],
        commands=[[f"{asset}.{c}", text(c)] for c in COMMANDS],
    )  # fmt: skip
    page.add("setpoints", part)

    def update(_: list[Fresh]) -> None:
        part.tick = now()

    async def answer(asked: Mapping[str, Any]) -> None:
        outcome = await carry_out(page, settable, asked)
        page.later(lambda: part._send_msg(outcome | {"id": asked.get("id")}))

    page.every_tick(update)
    part.on_msg(lambda event: page.run(answer(event.data)))


async def carry_out(page: Page, settable: Mapping[str, Tag], asked: Mapping[str, Any]) -> dict[str, str]:
    """Send a command as the page's user, and say how it ended. The value is in the unit that people see."""
    text, tag, value = page.text, settable.get(str(asked.get("tag"))), asked.get("value")
    if not page.may("command.write", tag.asset if tag else None):
        return {"outcome": "refused", "text": f"{text('refused')}: {text('Your role only looks')}"}
    if tag is None or isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        return {"outcome": "refused", "text": f"{text('refused')}: {text('must be a number')}"}
    if not can_arrive(page.context, tag):
        return {"outcome": "refused", "text": f"{text('refused')}: {text('The device does not answer')}"}
    si = float(tag.signal.unit.to_si(value))
    try:
        outcome = await Control(page.context.bus).write(Command(tag.name, si, page.user, str(asked.get("reason", ""))))
    except ServiceError as error:
        return {"outcome": "failed", "text": f"{text('failed')}: {error}"}
    except CommandRefused as error:
        return {"outcome": "refused", "text": f"{text('refused')}: {error.rules.get(text.code, error.rule)}"}
    except GemeloError as error:
        return {"outcome": "refused", "text": f"{text('refused')}: {error}"}
    return _shown(page, tag, outcome)


def sign_of(tag: Tag) -> str:
    """The tag in which a write shows: the setpoint itself as it is held, or the effect of a command."""
    return f"{tag.asset}.{tag.signal.confirmed_by}" if tag.signal.confirmed_by else tag.name


def can_arrive(context: Context, tag: Tag) -> bool:
    """Whether its device is heard, so that a write could arrive and its effect be seen."""
    return bool(trust.is_known(context.feed.trust(context.feed.rows([sign_of(tag)])))[0])


def _shown(page: Page, tag: Tag, outcome: Outcome) -> dict[str, str]:
    text, seen = page.text, outcome.readback
    read = "" if seen is None else text("read back {value}", value=amount(seen, tag.signal, text.code))
    detail = outcome.detail or read
    said = f"{text(outcome.outcome)}: {detail}" if detail else text(outcome.outcome)
    return {"outcome": outcome.outcome, "text": said}


def _row(context: Context, page: Page, tag: Tag) -> dict[str, Any]:
    unit = tag.signal.unit
    limits = [round(float(unit.from_si(x)), 3) for x in (tag.signal.low, tag.signal.high)]
    return row_of(context, tag, page.text) | {"limits": limits}

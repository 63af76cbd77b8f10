"""The guard: may this be written? Pure, and asked before anything else.

A command that breaks a rule is refused with the rule; nothing has been written then.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping

from control.bus.message.command import Command
from plant.asset.amount import about
from plant.asset.signal import Signal
from plant.asset.tag import Tag
from plant.error import CommandRefused, Unknown


def check(
    command: Command, tags: Mapping[str, Tag], served: Collection[str], previous: float | None, elapsed: float
) -> Tag:
    """The tag, if ``command`` may be written to it.

    ``served`` are the tags that a primary device answers for, ``previous`` the value that stands now, and
    ``elapsed`` how long ago it was last written [s]. Raises :class:`Unknown` or :class:`CommandRefused`.
    """
    tag = tags.get(command.tag)
    if tag is None:
        raise Unknown("tag", command.tag)
    signal = tag.signal
    for is_broken, en, es in (
        (not signal.is_writable, f"is {_a(signal.kind)}, which cannot be written", "no es de las que se escriben"),
        (command.tag not in served, "is served by no device of this bench", "ningún equipo de este banco la atiende"),
        (not math.isfinite(command.value), "must be a finite number", "debe ser un número finito"),
        (signal.kind == "command" and command.value != 1, "must be 1, which gives the command",
         "debe ser 1, que da la orden"),
        (not signal.low <= command.value <= signal.high, f"must be {span(signal)}",
         f"debe estar entre {_in_spanish(signal.low, signal)} y {_in_spanish(signal.high, signal)}"),
        (_is_too_fast(command, signal, previous, elapsed), f"must not change faster than {_rate(signal)}",
         f"no debe cambiar más rápido que {_rate(signal).replace('.', ',')}"),
    ):  # fmt: skip
        if is_broken:
            raise CommandRefused(command.tag, shown(command.value, signal), en, {"en": en, "es": es})
    return tag


def shown(value: float, signal: Signal) -> str:
    """A value as people read it, with its unit."""
    return f"{signal.unit.from_si(value):.6g} {signal.unit.symbol}".strip()


def _in_spanish(value: float, signal: Signal) -> str:
    return f"{about(float(signal.unit.from_si(value)), 'es')} {signal.unit.symbol}".strip()


def _a(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _is_too_fast(command: Command, signal: Signal, previous: float | None, elapsed: float) -> bool:
    if signal.rate is None or previous is None:
        return False
    return abs(command.value - previous) > signal.rate * elapsed


def span(signal: Signal) -> str:
    """What a setpoint may be, as people read it."""
    return f"between {shown(signal.low, signal)} and {shown(signal.high, signal)}"


def _rate(signal: Signal) -> str:
    return f"{(signal.rate or 0.0) / signal.unit.scale:.6g} {signal.unit.symbol}/s"

"""A refusal: an error of ours on its way over the bus, and what it was at its end.

Here alone the errors of :mod:`plant.error` become JSON and are raised again.
"""

from __future__ import annotations

import json
from typing import Any

from plant.error import (
    CommandRefused,
    ConfigError,
    DeviceError,
    DeviceLost,
    DeviceRefused,
    DeviceTimeout,
    GemeloError,
    Mistake,
    OutOfRange,
    ServiceError,
    Unknown,
)

MARK = b'{"error":'  # begins every refusal; no message of ours and no Arrow stream begins like this

# Each error, and the attributes that it is made of in the order of its arguments; the others have their text alone.
_MADE_OF: dict[type[GemeloError], tuple[str, ...]] = {
    CommandRefused: ("tag", "value", "rule", "rules"),
    OutOfRange: ("name", "value", "rule"),
    Unknown: ("kind", "name"),
    **dict.fromkeys((DeviceError, DeviceLost, DeviceTimeout, DeviceRefused), ("device", "rule")),
}
_KINDS = {error.__name__: error for error in (*_MADE_OF, ConfigError)}


def refusal(error: GemeloError) -> bytes:
    """``{"error": {"kind", "detail", "of"}}``: the error's class, what it says, and what it is made of."""
    said = {"kind": type(error).__name__, "detail": str(error), "of": _made_of(error)}
    return MARK + json.dumps(said).encode() + b"}"


def accepted(reply: bytes) -> bytes:
    """The reply, where it is no refusal; else raises what was refused, as it was raised there."""
    if not reply.startswith(MARK):
        return reply
    said = json.loads(reply)["error"]
    kind, of = _KINDS.get(said.get("kind")), said.get("of")
    if kind is None or not of:
        raise ServiceError(str(said.get("detail")))
    if kind is ConfigError:
        raise ConfigError([Mistake(*mistake) for mistake in of])
    raise kind(*of)


def _made_of(error: GemeloError) -> list[Any]:
    if isinstance(error, ConfigError):
        return [[m.file, m.key, _plain(m.value), m.rule] for m in error.mistakes]
    return [_plain(getattr(error, name)) for name in _MADE_OF.get(type(error), ())]


def _plain(value: Any) -> Any:
    """A value as JSON has it, which has neither NaN nor our own kinds."""
    if (
        value is None
        or isinstance(value, (bool, int, str, dict))
        or (isinstance(value, float) and value - value == 0.0)
    ):
        return value
    return str(value)

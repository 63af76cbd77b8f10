"""What comes from the streams, read: a telemetry message is a batch, an event message a journal entry.

:class:`Unreadable` says why a message is neither; such a message is put aside and never asked for again.
"""

from __future__ import annotations

import json

from nats.aio.msg import Msg

from control.bus.batch import Batch
from control.bus.message.run import OWN
from historian.store import Entry
from plant.error import OutOfRange


class Unreadable(ValueError):
    """A message that is not what its subject promises."""


def read_batch(message: Msg) -> Batch:
    """The batch in a telemetry message."""
    try:
        return Batch.decode(message.data)
    except OutOfRange as error:
        raise Unreadable(f"{message.subject}: {error}") from None


def read_entry(message: Msg) -> Entry:
    """The journal entry in an alarm or event message. It happened at its ``time_ns``, else when it was sent."""
    try:
        payload = message.data.decode()
        said = json.loads(payload)
    except ValueError as error:
        raise Unreadable(f"{message.subject}: not JSON: {error}") from None
    if not isinstance(said, dict):
        raise Unreadable(f"{message.subject}: not a JSON object")
    topic, kind = message.subject.split(".")[-2:]
    tag = (
        str(said.get("tag") or said.get("device") or "").encode(errors="replace").decode()
    )  # JSON may hold half a pair
    run = said.get("run")
    return Entry(
        _time(said.get("time_ns"), message), topic, kind, tag, payload, run if isinstance(run, str) and run else OWN
    )


def _time(said: object, message: Msg) -> int:
    if type(said) is int and 0 <= said < 2**63:
        return said
    return int(message.metadata.timestamp.timestamp() * 1e6) * 1000

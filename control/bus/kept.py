"""What a bucket holds now: all of its entries at once, for whoever comes late or was away.

A watcher of nats-py, and with it ``keys``, asks whether more is to come while it is being delivered to; where that
answer overtakes the first message, a full bucket looks empty, and nobody is told. Here nothing is delivered before
it is known how much there is.
"""

from __future__ import annotations

from typing import NamedTuple

from nats.aio.msg import Msg
from nats.js import api
from nats.js.kv import KeyValue

from control.bus.connection import Bus

PATIENCE = 5.0  # s for all entries to come
FORGOTTEN = 5.0  # s after which the server drops what was made to read them
OPERATION = "KV-Operation"  # header of the mark that a deleted key leaves


class Entry(NamedTuple):
    """A value, and its number in the order of all that were put."""

    revision: int
    value: bytes


async def kept(bus: Bus, bucket: KeyValue) -> list[Entry]:
    """Every entry of ``bucket``, in the order in which they were put. Raises as the bus does where it is away."""
    stream = (await bucket.status()).stream_info.config
    assert stream.subjects, "a bucket has the subject of its keys"
    subscription = await bus.stream.pull_subscribe(
        stream.subjects[0], stream=stream.name, config=api.ConsumerConfig(
            deliver_policy=api.DeliverPolicy.LAST_PER_SUBJECT, ack_policy=api.AckPolicy.NONE,
            inactive_threshold=FORGOTTEN, mem_storage=True,
        ),
    )  # fmt: skip
    try:
        waiting = (await subscription.consumer_info()).num_pending
        messages = await subscription.fetch(waiting, timeout=PATIENCE) if waiting else []
    finally:
        await subscription.unsubscribe()
    return [_entry(message) for message in messages if OPERATION not in (message.headers or {})]


def _entry(message: Msg) -> Entry:
    return Entry(message.metadata.sequence.stream, message.data)

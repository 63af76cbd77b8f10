"""Hearing: what is said on a subject, read and handed on. What is malformed is said in the log and put aside."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from nats.aio.msg import Msg
from nats.aio.subscription import Subscription

from control.bus import log
from control.bus.connection import Bus
from plant.error import OutOfRange

T = TypeVar("T")


async def hear(
    bus: Bus, subject: str, read: Callable[[bytes], T], take: Callable[[T], None],
    complain: Callable[[object], None] = lambda _: None,
) -> Subscription:  # fmt: skip
    """Have all that is said on ``subject`` from now on taken, as ``read`` makes it of bytes."""

    async def on_message(message: Msg) -> None:
        try:
            heard = read(message.data)
        except OutOfRange as error:
            log.warning("malformed", subject=message.subject, error=error)
            complain(f"{message.subject}: {error}")
        else:
            take(heard)

    return await bus.client.subscribe(subject, cb=on_message)

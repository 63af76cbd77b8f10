"""The survey of an MQTT broker: which topics are spoken on while one listens, how often, and what is said there."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import aiomqtt

from control.acquisition.mqtt import client_of
from control.acquisition.survey.finding import Finding, Wanted
from plant.asset.protocol.mqtt import MqttSettings
from plant.error import DeviceLost

HEAD = ("topic", "path", "value", "looks like", "messages", "seconds between")
MOST = 300  # topics that are told apart
LONGEST = 40  # letters of a value that are shown
EPOCHS = (("s", 1e9), ("ms", 1e12), ("us", 1e15), ("ns", 1e18))  # what a stamp of 2001 to 2033 is at least


@dataclass
class Heard:
    """One topic: how often it was spoken on, when first and last, and what was said last."""

    count: int = 0
    first: float = 0.0
    last: float = 0.0
    payload: bytes = b""
    is_retained: bool = False


async def probe(wanted: Wanted) -> AsyncIterator[Finding]:
    """What was heard within ``wanted.seconds``. Raises :class:`DeviceLost` where no broker lets us in."""
    device = wanted.device("mqtt", MqttSettings())
    topics: dict[str, Heard] = {}
    try:
        async with client_of(device) as client:
            await client.subscribe(wanted.topic, qos=0)
            yield Finding(f"listening to {wanted.topic} for {wanted.seconds:g} s")
            try:
                async with asyncio.timeout(wanted.seconds):
                    async for message in client.messages:
                        _hear(topics, message)
            except TimeoutError:
                pass  # which is how long was to be listened
    except aiomqtt.MqttError as error:
        raise DeviceLost(device.name, f"the broker does not let us in: {error}") from None
    rows = [row for topic in sorted(topics) for row in _rows(topic, topics[topic])]
    cut = f", the first {MOST}: a narrower --topic shows others" if len(topics) == MOST else ""
    yield Finding(f"{len(topics)} topics{cut}", HEAD if rows else (), rows)


def _hear(topics: dict[str, Heard], message: aiomqtt.Message) -> None:
    name, now = message.topic.value, time.monotonic()
    if name not in topics and len(topics) >= MOST:
        return
    heard = topics.setdefault(name, Heard(first=now))
    heard.count, heard.last, heard.is_retained = heard.count + 1, now, bool(message.retain)
    heard.payload = bytes(message.payload) if isinstance(message.payload, (bytes, bytearray)) else b""


def _rows(topic: str, heard: Heard) -> list[tuple[object, ...]]:
    each = f"{(heard.last - heard.first) / (heard.count - 1):.3g}" if heard.count > 1 else ""
    kept = "retained" if heard.is_retained and heard.count == 1 else each
    return [(topic, path, _short(value), _guess(value), heard.count, kept) for path, value in _parts(heard.payload)]


def _parts(payload: bytes) -> list[tuple[str, Any]]:
    """What a message says, by path as a profile's ``key`` has it; of what is no JSON, the text or how long it is."""
    try:
        text = payload.decode("utf-8")
    except UnicodeDecodeError:
        return [("", f"{len(payload)} bytes that are no text")]
    try:
        return list(_walk("", json.loads(text)))
    except ValueError:
        return [("", text)]


def _walk(path: str, said: Any) -> Iterator[tuple[str, Any]]:
    children = said.items() if isinstance(said, dict) else enumerate(said) if isinstance(said, list) else None
    if children is None:
        yield path, said
        return
    for key, value in children:
        yield from _walk(f"{path}.{key}" if path else str(key), value)


def _guess(value: Any) -> str:
    if isinstance(value, bool):
        return "state"
    if isinstance(value, str):
        return _of_text(value)
    if not isinstance(value, (int, float)):
        return ""
    return next((f"time in {unit}" for unit, least in EPOCHS if least <= value < 2 * least), "number")


def _of_text(text: str) -> str:
    try:
        float(text)
    except ValueError:
        return "time, ISO 8601" if len(text) > 16 and text[4:5] == "-" and text[10:11] in "T " else "text"
    return "number as text"


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"

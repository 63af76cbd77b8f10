"""MQTT: a device says its signals to a broker, as keys of its telemetry (ThingsBoard's device API)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from plant.asset.endpoint import Endpoint
from plant.asset.profile.option import Option
from plant.asset.protocol.row import Protocol, Rules
from plant.asset.signal import Signal
from plant.asset.table import Table


@dataclass(frozen=True)
class Key:
    """A key of an MQTT telemetry message, and the RPC method by which it is set, where it has one of its own."""

    name: str
    method: str = ""


def _key(row: Table, _: Any, _signal: Signal, _is_written: bool) -> Key:
    return Key(row.text("key"), row.text("method", ""))


def _rules(endpoint: Endpoint, roles: Mapping[str, str], profile: str) -> Rules:
    if len(roles) != 1:
        yield "profile", profile, "must have one role: an MQTT device is one asset"
    if re.search(r"[/+#\s]", endpoint.path):
        yield "endpoint", str(endpoint), "must end in a device id without / + # and blanks, or in none"


def _place(endpoint: Endpoint, device_id: str) -> str:
    """What its topics are called at its broker."""
    host, port = endpoint.place
    return str(Endpoint(endpoint.scheme, host, port, device_id))


OPTIONS = (
    Option("point", "key", "a text", "must be said", "under which key of a message it is said"),
    Option(
        "point", "method", "a text", "write, with key and value", "by which RPC it is set", 'method = "setFrequency"'
    ),
)

MQTT = Protocol(
    "mqtt", {"mqtt": 1883}, timeout=2.0, listens=False, read_address=_key, place=_place, rules=_rules, options=OPTIONS
)

"""MQTT: a device says its signals to a broker, as keys of its telemetry (ThingsBoard's device API), or in messages
of its maker's own, which its profile maps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from plant.asset.endpoint import Endpoint
from plant.asset.profile.option import Option
from plant.asset.protocol.row import Protocol, Rules
from plant.asset.signal import Signal
from plant.asset.table import Table

STAMPS = {"s": 1e9, "ms": 1e6, "us": 1e3, "ns": 1.0, "iso": 0.0}  # what a stamp counts [ns]; a text for 0
VERSIONS = ("3.1.1", "5")
REPORTS = ("whole", "changes")


@dataclass(frozen=True)
class MqttSettings:
    """How a kind of device speaks. Without a topic of its own it does as ThingsBoard's device API has it."""

    topic: str = ""  # {id} stands for the device's id; + and # as in MQTT
    stamp: str = ""  # path of the time in a message
    counts: str = "ms"
    report: str = "whole"
    version: str = "3.1.1"


@dataclass(frozen=True)
class Key:
    """A key of an MQTT telemetry message, and the RPC method by which it is set, where it has one of its own; or a path
    in the messages of a topic, and the topic where it is written."""

    name: str
    method: str = ""
    topic: str = ""
    write_topic: str = ""


def _settings(file: Table) -> MqttSettings:
    topic, stamp = file.text("topic", ""), file.text("stamp", "")
    counts, report = file.text("stamp_counts", "ms", tuple(STAMPS)), file.text("report", "whole", REPORTS)
    return MqttSettings(topic, stamp, counts, report, file.text("mqtt_version", VERSIONS[0], VERSIONS))


def _key(row: Table, settings: MqttSettings, signal: Signal, is_written: bool) -> Key:
    topic = row.text("topic", settings.topic)
    key = row.text("key", "") if topic else row.text("key")  # a message may be the value itself
    write = row.text("write_topic", "")
    if is_written and topic and not write:
        row.mistake(
            "write_topic", None, f"must be said: a {signal.kind} is written, and this device has topics of its own"
        )
    if re.search(r"[+#]", write):
        row.mistake("write_topic", write, "must be one topic, without + and #")
    return Key(key, row.text("method", ""), topic, write)


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
    Option(
        "profile",
        "topic",
        "a topic, with + and #",
        "ThingsBoard's device API",
        "where messages of its maker's own come; {id} stands for the device's id",
        'topic = "field/{id}/data"',
    ),
    Option(
        "profile",
        "stamp",
        "a path",
        "none",
        "where the time stands in a message of its own topic",
        'topic = "field/{id}"\nstamp = "meta.at"',
    ),
    Option(
        "profile",
        "stamp_counts",
        ", ".join(STAMPS),
        "ms",
        "what that time counts from 1970, or iso for a text",
        'topic = "field/{id}"\nstamp = "at"\nstamp_counts = "iso"',
    ),
    Option(
        "profile",
        "report",
        ", ".join(REPORTS),
        "whole",
        "whether a value that a message leaves out is Uncertain, or unchanged and Good while the device lives",
        'report = "changes"',
    ),
    Option(
        "profile",
        "mqtt_version",
        ", ".join(VERSIONS),
        VERSIONS[0],
        "which version of MQTT is spoken",
        'mqtt_version = "5"',
    ),
    Option(
        "point",
        "key",
        "a text; with a topic a path",
        "must be said; with a topic, the whole message",
        "under which key of a message it is said; in a message of its own topic keys and positions are divided by dots",
        'topic = "field/{id}"\nkey = "pump.0.hz"',
    ),
    Option(
        "point",
        "topic",
        "a topic, with + and #",
        "the profile's",
        "where it is said, if not where the others are",
        'topic = "field/{id}/hz"\nkey = ""',
    ),
    Option(
        "point",
        "write_topic",
        "a topic",
        "none",
        "where its value is published when it is written, where the device has topics of its own",
        'write_topic = "field/{id}/set/hz"',
    ),
    Option(
        "point", "method", "a text", "write, with key and value", "by which RPC it is set", 'method = "setFrequency"'
    ),
)

MQTT = Protocol(
    "mqtt", {"mqtt": 1883, "mqtts": 8883}, timeout=2.0, listens=False, read_address=_key, place=_place, rules=_rules,
    read_settings=_settings, simulated=("mqtt",), options=OPTIONS,
)  # fmt: skip

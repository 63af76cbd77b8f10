"""Accounts: a tenant's own part of the bus, with a user for each process of each of its fields.

Subjects, streams and buckets of one account do not exist for another. Field devices, which come over MQTT without a
name, have an account to themselves, in which there are the topics that benches name and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from control.bus.access import ROLES, Permissions, permissions
from control.bus.keyring import Key, Ring
from control.bus.subject import Subjects

DEVICES = "$devices"  # no tenant can be called so
_OWN_STREAMS = "jetstream: enabled"
_WILD = {"#": ">", "+": "*"}


def accounts(ring: Ring) -> str:
    """The part of the server's configuration that says who may do what."""
    tenants = [f"  {tenant}: {{ {_OWN_STREAMS}, users: [\n{_users(ring, tenant)}\n  ] }}" for tenant in ring.fields]
    return "\n".join(
        ["accounts {", *tenants, f"  {_devices(topic for topics in ring.topics.values() for topic in topics)}", "}"]
    )


def _users(ring: Ring, tenant: str) -> str:
    return ",\n".join(
        _user(key, permissions(ROLES[role], Subjects(tenant, field), key.inbox), "STANDARD", "allow_responses: true, ")
        for field in ring.fields[tenant]
        for role, key in ring.keys(tenant, field).items()
        if role in ROLES
    )


def _devices(topics: Iterable[str]) -> str:
    subjects = tuple(sorted({subject_of(topic) for topic in topics})) or ("none",)
    user = _user(Key(DEVICES, ""), Permissions(subjects, subjects), "MQTT")
    return f"{json.dumps(DEVICES)}: {{ {_OWN_STREAMS}, users: [\n{user}\n  ] }}"


def _user(key: Key, may: Permissions, over: str, more: str = "") -> str:
    allowed = f"publish: {{ allow: {json.dumps(may.publish)} }}, subscribe: {{ allow: {json.dumps(may.subscribe)} }}"
    who = f"user: {json.dumps(key.user)}, password: {json.dumps(key.password)}"
    return f'    {{ {who}, allowed_connection_types: ["{over}"], permissions: {{ {more}{allowed} }} }}'


def subject_of(topic: str) -> str:
    """The subject that an MQTT topic is on the server.

    >>> subject_of("v1/devices/W.1/rpc/#")
    'v1.devices.W//1.rpc.>'
    """
    levels = (_WILD.get(level, level.replace(".", "//")) for level in topic.split("/"))
    return ".".join(levels)

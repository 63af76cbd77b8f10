"""Modbus: signals lie in registers and bits, read in turn from a unit of an endpoint."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from plant.asset.endpoint import Endpoint
from plant.asset.protocol.row import Protocol, Rules
from plant.asset.register import AREAS, ORDERS, TYPES, Register
from plant.asset.signal import Signal
from plant.asset.table import Table

LAST = 65_535  # address of the last register or bit of an area
WRITABLE = ("coil", "holding")


def _defaults(file: Table) -> Mapping[str, Any]:
    return {"order": file.text("word_order", "ABCD", ORDERS)}


def _register(row: Table, defaults: Mapping[str, Any], signal: Signal) -> Register:
    register = Register(
        row.text("area", choices=AREAS), row.integer("address", low=0, high=LAST),
        row.text("type", "bool" if row.data.get("area") in ("coil", "discrete") else "uint16", tuple(TYPES)),
        row.text("order", defaults["order"], ORDERS),
        row.number("scale", default=1.0), row.number("offset", default=0.0),
    )  # fmt: skip
    if register.area in AREAS and register.type in TYPES:
        _check(row, register, signal)
    if register.scale == 0:
        row.mistake("scale", 0, "must not be zero")
    return register


def _check(row: Table, register: Register, signal: Signal) -> None:
    if register.is_bit != (register.type == "bool"):
        row.mistake("type", register.type, f"does not fit a {register.area}")
    elif register.address + register.width - 1 > LAST:
        rule = f"must be at most {LAST + 1 - register.width}: a {register.type} takes {register.width} registers"
        row.mistake("address", register.address, rule)
    if signal.is_writable and register.area not in WRITABLE:
        row.mistake("area", register.area, f"must be {' or '.join(WRITABLE)}: a {signal.kind} is written")


def _rules(endpoint: Endpoint, _roles: Mapping[str, str], _profile: str) -> Rules:
    if not _is_unit(endpoint.path or "1"):
        yield "endpoint", str(endpoint), "must end in a Modbus unit number, 0 to 247 or 255"


def _is_unit(text: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{1,3}", text)) and (int(text) <= 247 or int(text) == 255)


def _place(endpoint: Endpoint, _device_id: str) -> str:
    host, port = endpoint.place
    return str(Endpoint(endpoint.scheme, host, port, str(endpoint.unit_id) if _is_unit(endpoint.path or "1") else ""))


MODBUS = Protocol(
    "modbus", {"modbus": 502}, timeout=0.5, listens=True,
    read_address=_register, place=_place, rules=_rules, read_defaults=_defaults,
)  # fmt: skip

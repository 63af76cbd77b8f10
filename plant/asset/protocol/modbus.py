"""Modbus: signals lie in registers and bits, read in turn from a unit of an endpoint."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from plant.asset.endpoint import Endpoint
from plant.asset.profile.option import Option
from plant.asset.protocol.row import Protocol, Rules
from plant.asset.register import AREAS, HALVES, LONG_ORDERS, ORDERS, TEXT, TYPES, Register
from plant.asset.signal import Signal
from plant.asset.table import Table

LAST = 65_535  # address of the last register or bit of an area
WRITABLE = ("coil", "holding")
FUNCTIONS = ("auto", "single", "multiple", "mask")
PARITIES = ("none", "even", "odd")
CONNECTIONS = ("shared", "own")
MOST_REGISTERS, MOST_BITS = 125, 2000  # of one read: Modbus application protocol V1.1b3, 6.1–6.4
GAP = 16  # registers (or bits) of no point that are read along rather than asked around
STAMPS = {"s": 1.0, "ms": 1e-3}  # what a clock register counts in [s]


@dataclass(frozen=True)
class ModbusClock:
    """Where a device shows its clock, and what that counts in [s], from 1970 in UTC."""

    register: Register
    step: float


@dataclass(frozen=True)
class ModbusSettings:
    """How a kind of device wants to be asked. Times in seconds."""

    order: str = "ABCD"
    max_registers: int = MOST_REGISTERS
    max_bits: int = MOST_BITS
    gap: int = GAP
    pause: float = 0.0
    function: str = "auto"
    connection: str = "shared"
    baud: int = 19_200  # and even parity: the defaults of Modbus over serial line V1.02, 2.5.1
    parity: str = "even"
    stop_bits: int = 1
    clock: ModbusClock | None = None


def _settings(file: Table) -> ModbusSettings:
    order, function = file.text("word_order", "ABCD", ORDERS), file.text("write_function", "auto", FUNCTIONS)
    clock = _clock(file.table("clock"), order) if "clock" in file.data else None
    return ModbusSettings(
        order, file.integer("max_registers", MOST_REGISTERS, 1, MOST_REGISTERS),
        file.integer("max_bits", MOST_BITS, 1, MOST_BITS), file.integer("gap", GAP, 0, MOST_REGISTERS),
        file.number("pause", "time", 0.0, 0.0, 60.0), function, file.text("connection", "shared", CONNECTIONS),
        file.integer("baud", 19_200, 300, 4_000_000), file.text("parity", "even", PARITIES),
        file.integer("stop_bits", 1, 1, 2), clock,
    )  # fmt: skip


def _clock(table: Table, order: str) -> ModbusClock | None:
    register = _lies(table, ModbusSettings(order))
    step = STAMPS.get(table.text("counts", "s", tuple(STAMPS)), 1.0)
    table.no_others()
    if register.type not in TYPES or register.area not in AREAS:
        return None
    if register.is_bit or register.width < 2:
        table.mistake("type", register.type, "must have 32 bits or more: a clock counts from 1970")
    return ModbusClock(register, step)


def _register(row: Table, settings: ModbusSettings, signal: Signal, is_written: bool) -> Register:
    register = _lies(row, settings)
    if register.area in AREAS and (register.type in TYPES or register.type == TEXT):
        _check(row, register, signal, is_written)
    return register


def _lies(row: Table, settings: ModbusSettings) -> Register:
    usual = "bool" if row.data.get("area") in ("coil", "discrete") else "uint16"
    kind = row.text("type", usual, (*TYPES, TEXT))
    orders = (*ORDERS, *LONG_ORDERS) if kind in TYPES and TYPES[kind].itemsize == 8 else ORDERS
    return Register(
        row.text("area", choices=AREAS), row.integer("address", low=0, high=LAST), kind,
        row.text("order", settings.order, orders), row.integer("length", 1, 1, MOST_REGISTERS),
        row.text("half", "low", HALVES), row.text("write_function", settings.function, FUNCTIONS),
    )  # fmt: skip


def _check(row: Table, register: Register, signal: Signal, is_written: bool) -> None:
    if register.is_bit != (register.type == "bool"):
        row.mistake("type", register.type, f"does not fit a {register.area}")
    elif register.address + register.width - 1 > LAST:
        rule = f"must be at most {LAST + 1 - register.width}: a {register.type} takes {register.width} registers"
        row.mistake("address", register.address, rule)
    if is_written and register.area not in WRITABLE:
        row.mistake("area", register.area, f"must be {' or '.join(WRITABLE)}: a {signal.kind} is written")
    if is_written and register.is_half:
        row.mistake("type", register.type, "cannot be written: registers are written whole; take bits by mask")
    if "mask" in row.data or "bit" in row.data:
        _check_bits(row, register)


def _check_bits(row: Table, register: Register) -> None:
    if register.type == TEXT or register.is_bcd or TYPES[register.type].kind not in "iu":
        row.mistake("type", register.type, "must be an integer where it is taken by mask or bit")
    elif (
        "bit" in row.data and isinstance(row.data["bit"], int) and row.data["bit"] >= 8 * TYPES[register.type].itemsize
    ):
        row.mistake(
            "bit", row.data["bit"], f"is beyond the {8 * TYPES[register.type].itemsize} bits of a {register.type}"
        )


def _rules(endpoint: Endpoint, _roles: Mapping[str, str], _profile: str) -> Rules:
    if not _is_unit(endpoint.path or "1"):
        yield "endpoint", str(endpoint), "must end in a Modbus unit number, 0 to 247 or 255"


def _is_unit(text: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{1,3}", text)) and (int(text) <= 247 or int(text) == 255)


def _place(endpoint: Endpoint, _device_id: str) -> str:
    host, port = endpoint.place
    return str(Endpoint(endpoint.scheme, host, port, str(endpoint.unit_id) if _is_unit(endpoint.path or "1") else ""))


def _alike(endpoint: Endpoint, settings: ModbusSettings) -> str:
    """A serial port is set once, for all that hang on it."""
    return "" if endpoint.port else f"baud {settings.baud}, parity {settings.parity}, {settings.stop_bits} stop bits"


OPTIONS = (
    Option("profile", "word_order", ", ".join(ORDERS), "ABCD", "in which order the bytes of a 32-bit value lie",
           'word_order = "CDAB"'),
    Option("profile", "max_registers", "1 to 125", "125", "how many registers may be read at once; less is also "
           "learned where a device refuses a long read or is silent on it", "max_registers = 32"),
    Option("profile", "max_bits", "1 to 2000", "2000", "how many coils or discrete inputs may be read at once",
           "max_bits = 64"),
    Option("profile", "gap", "0 to 125", "16", "how many registers of no point are read along between two of points; a "
           "gap that the device refuses is also learned", "gap = 0"),
    Option("profile", "pause_s", "a time", "0", "how long to wait after an answer before the next request",
           "pause_s = 0.05"),
    Option("profile", "write_function", ", ".join(FUNCTIONS), "auto", "by which function points are written: single is "
           "5 and 6, multiple 15 and 16, mask 22; auto is single where one register is enough, and the other where the "
           "device does not have it", 'write_function = "multiple"'),
    Option("profile", "connection", ", ".join(CONNECTIONS), "shared", "whether devices at one host and port are asked "
           "in turn over one connection, as a gateway wants it, or each over its own", 'connection = "own"'),
    Option("profile", "baud, parity, stop_bits", "300 to 4000000; none, even, odd; 1, 2", "19200, even, 1",
           "how a serial line is set", 'baud = 9600\nparity = "none"\nstop_bits = 2'),
    Option("profile", "clock", "table: area, address, type, order; counts", "none", "where the device shows its clock, "
           "from 1970 in UTC, and whether it counts s or ms",
           'clock = { area = "input", address = 90, type = "uint32", counts = "s" }'),
    Option("point", "area", ", ".join(AREAS), "must be said", "in which of the four tables it lies"),
    Option("point", "address", "0 to 65535", "must be said", "of its first register or its bit, as on the wire: "
           "counted from 0"),
    Option("point", "type", ", ".join((*TYPES, TEXT)), "uint16; bool of bits", "what its registers hold",
           'type = "float32"'),
    Option("point", "order", ", ".join((*ORDERS, *LONG_ORDERS)), "the profile's word_order", "in which order its bytes "
           "lie", 'type = "int64"\norder = "EFGHABCD"'),
    Option("point", "length", "1 to 125", "1", "how many registers a text takes", 'type = "text"\nlength = 8'),
    Option("point", "half", "low, high", "low", "in which half of its register an 8-bit value lies",
           'type = "uint8"\nhalf = "high"'),
    Option("point", "write_function", ", ".join(FUNCTIONS), "the profile's", "by which function it is written",
           'write_function = "multiple"'),
)  # fmt: skip

MODBUS = Protocol(
    "modbus", {"modbus": 502, "modbus+tls": 802, "modbus+rtu": 502, "modbus+serial": 0}, timeout=0.5, listens=True,
    read_address=_register, place=_place, rules=_rules, read_settings=_settings,
    has_stamps=lambda settings: settings.clock is not None,
    alike=_alike, is_polled=True, simulated=("modbus", "modbus+rtu"), options=OPTIONS,
)  # fmt: skip

"""A bench on three wires: every third well's primary device is over Modbus, OPC UA or MQTT."""

from __future__ import annotations

import tomllib

WIRES = ("modbus", "opc.tcp", "mqtt")
ALTERNATE = 'role = "alternate"\n'


def on_three_wires(bench: str) -> str:
    """The text of the demo bench with its wells' primary devices dealt out over the wires in turn."""
    head, *rows = bench.split("[[device]]\n")
    wells = list(dict.fromkeys(well for row in rows if (well := _device(row)["assets"].get("well"))))
    wire = {well: WIRES[i % len(WIRES)] for i, well in enumerate(wells)}
    return "[[device]]\n".join([head, *(_dealt(row, wire) for row in rows)])


def _dealt(row: str, wire: dict[str, str]) -> str:
    device = _device(row)
    well = device["assets"].get("well")
    if well is None:
        return row
    is_primary = device["endpoint"].startswith(wire[well] + ":")
    plain = row.replace(ALTERNATE, "")
    return plain if is_primary else plain.replace("assets =", f"{ALTERNATE}assets =", 1)


def _device(row: str) -> dict:
    return tomllib.loads("[[device]]\n" + row)["device"][0]

"""A bench on three wires: every third well's primary device is over Modbus, OPC UA or MQTT."""

from __future__ import annotations

from dataclasses import replace

from plant.asset.bench import Bench, Device
from plant.asset.protocol.table import PROTOCOLS


def on_three_wires(bench: Bench) -> Bench:
    """The demo bench with its wells' primary devices dealt out over the wires in turn."""
    wells = list(dict.fromkeys(device.assets["well"] for device in bench.devices if "well" in device.assets))
    wires = list(PROTOCOLS)
    wire = {well: wires[i % len(wires)] for i, well in enumerate(wells)}

    def dealt(device: Device) -> Device:
        if "well" not in device.assets:
            return device
        is_primary = device.profile.protocol == wire[device.assets["well"]]
        return replace(device, is_primary=is_primary, is_acquired=is_primary)

    return bench.each(dealt)

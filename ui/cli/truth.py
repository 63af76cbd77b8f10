"""How a simulated field stands in truth, as a table: for trainers, never for who is trained."""

from __future__ import annotations

import json
from typing import Any

from ui.cli.text import columns


def show(status: dict[str, Any], as_json: bool) -> None:
    """Print its speed, what is wrong with it, and the devices that do not answer."""
    if as_json:
        print(json.dumps(status))
        return
    print(f"plant time: {status['time']}, speed {status['speed']}")
    rows = [
        (one["malfunction"], one["on"], 100.0 * one["severity"], 100.0 * one["target"])
        for one in status["malfunctions"]
    ]
    print(columns(("malfunction", "on", "now %", "goes to %"), rows) if rows else "nothing is made to fail")
    lost = [name for name, device in status["devices"].items() if not device["answers"]]
    print(f"devices: {len(status['devices']) - len(lost)} answer" + (f"; not {', '.join(lost)}" if lost else ""))
    tripped = [well for well, drive in status["drives"].items() if drive["trip"]]
    print(f"drives: {len(status['drives'])}" + (f"; tripped {', '.join(tripped)}" if tripped else "; none tripped"))

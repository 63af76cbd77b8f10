"""Listeners: whom the server of simulated devices lets in at an endpoint, by certificate and by name.

A bench says it of an endpoint, not of a device, since devices that answer there share the server.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plant.asset.endpoint import Endpoint
from plant.asset.protocol.opcua import POLICIES
from plant.asset.protocol.table import PORTS
from plant.asset.table import Table

OFFERED = POLICIES[1:]
ROLES = ("viewer", "operator")  # who may read, and who may write setpoints too
FILES = ("certificate_file", "key_file", "trust_folder")


@dataclass(frozen=True)
class Guest:
    """Somebody who may come in by name; the password is read whenever he does, so that a new one counts at once."""

    role: str
    password_file: Path


@dataclass(frozen=True)
class Listener:
    """How one server is met. Without ``trust_folder`` no certificate of a client is believed."""

    endpoint: Endpoint
    policies: tuple[str, ...]
    certificate_file: Path | None = None
    key_file: Path | None = None
    trust_folder: Path | None = None
    anonymous: str = ""  # as whom nameless clients come in; nobody does where it is empty
    guests: Mapping[str, Guest] = field(default_factory=dict)

    def said(self) -> dict[str, Any]:
        """As a bench says it."""
        files = {key: str(path) for key in FILES if (path := getattr(self, key))}
        users = {name: {"role": one.role, "password_file": str(one.password_file)} for name, one in self.guests.items()}
        said: dict[str, Any] = {"endpoint": str(self.endpoint), "policies": list(self.policies), **files}
        return said | ({"anonymous": self.anonymous} if self.anonymous else {}) | ({"users": users} if users else {})


def read_listeners(file: Table, beside: Path) -> tuple[Listener, ...]:
    """Those of a bench; files are relative to it. What is wrong goes to the file's mistakes."""
    found = [one for row in file.tables("listener", []) if (one := _read(row, beside))]
    places = [one.endpoint.place for one in found]
    for one in found:
        if places.count(one.endpoint.place) > 1:
            file.mistake(f"listener[{one.endpoint}]", None, "is said twice of one host and port")
    return tuple(found)


def check_listeners(file: Table, listeners: Iterable[Listener], served: Iterable[Endpoint]) -> None:
    """That each stands where a simulated device answers."""
    places = {endpoint.place for endpoint in served}
    for one in listeners:
        if one.endpoint.place not in places:
            file.mistake(f"listener[{one.endpoint}]", None, "is where no simulated OPC UA device of the bench answers")


def _read(row: Table, beside: Path) -> Listener | None:
    text, endpoint = row.text("endpoint"), None
    try:
        endpoint = Endpoint.read(text, PORTS)
    except ValueError as error:
        row.mistake("endpoint", text, str(error))
    if endpoint and endpoint.scheme != "opc.tcp":
        row.mistake("endpoint", text, "must be opc.tcp://…: other simulated devices let everybody in")
    policies = row.texts("policies", [POLICIES[2]])
    for policy in policies:
        if policy not in OFFERED:
            row.mistake("policies", policy, f"must be of {', '.join(OFFERED)}")
    files = {key: _path(row, key, beside) for key in FILES}
    if any(policy != "None" for policy in policies):
        for key in FILES:
            if files[key] is None and not row.data.get(key):
                row.mistake(key, None, f"must be said where policies = {list(policies)}")
    anonymous = row.text("anonymous", "", ("", *ROLES))
    users = row.named_tables("users") if "users" in row.data else ()
    guests = {name: guest for name, said in users if (guest := _guest(said, beside))}
    row.no_others()
    if not anonymous and not row.data.get("users"):
        row.mistake("users", None, "must name somebody, or anonymous must say as whom nameless clients come in")
    if endpoint is None:
        return None
    return Listener(endpoint, tuple(policies), **files, anonymous=anonymous, guests=guests)


def _guest(said: Table, beside: Path) -> Guest | None:
    role, password = said.text("role", ROLES[0], ROLES), _path(said, "password_file", beside, is_wanted=True)
    said.no_others()
    return Guest(role, password) if password else None


def _path(row: Table, key: str, beside: Path, is_wanted: bool = False) -> Path | None:
    text = row.text(key) if is_wanted else row.text(key, "")
    if not text:
        return None
    path = (beside / text).absolute()
    if not path.exists():
        row.mistake(key, text, "does not exist; gemelo device certificate makes certificates and folders of them")
    return path

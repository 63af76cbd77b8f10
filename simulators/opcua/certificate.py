"""Certificates of OPC UA applications, signed by themselves: for a bench, and for plants without an authority."""

from __future__ import annotations

import asyncio
import os
import re
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from asyncua.crypto.cert_gen import setup_self_signed_certificate
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from plant.error import OutOfRange, ServiceError

USES = {"client": ExtendedKeyUsageOID.CLIENT_AUTH, "server": ExtendedKeyUsageOID.SERVER_AUTH}
NAME = re.compile(r"[A-Za-z0-9][-\w.]*", re.ASCII)


class Made(NamedTuple):
    """Where a certificate and its key stand, and how long it is valid."""

    certificate: Path
    key: Path
    until: datetime


def make(folder: Path, name: str, use: str, host: str) -> Made:
    """Make both, RSA of 2048 bit, valid for a year (OPC 10000-4, 6.1).

    Raises :class:`OutOfRange` for a name or use that is none, :class:`ServiceError` where files stand there already:
    a key that is in use is never overwritten.
    """
    if not NAME.fullmatch(name):
        raise OutOfRange("name", name, "must be letters without accents, digits, - _ and dots")
    if use not in USES:
        raise OutOfRange("--for", use, f"must be {' or '.join(USES)}")
    made, key = folder / f"{name}.der", folder / f"{name}.key"
    if there := [path for path in (made, key) if path.exists()]:
        raise ServiceError(f"{there[0]} is there already: choose another name or folder, or move it away")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        before = os.umask(0o077)  # so that the key is never to be read by others
        try:
            asyncio.run(_make(key, made, f"urn:gemelo:{name}", host, use, name))
        finally:
            os.umask(before)
    except OSError as error:
        raise ServiceError(f"{error.filename}: {error.strerror}") from None
    return Made(made, key, x509.load_der_x509_certificate(made.read_bytes()).not_valid_after_utc)


async def _make(key: Path, made: Path, uri: str, host: str, use: str, name: str) -> None:
    await setup_self_signed_certificate(key, made, uri, host, [USES[use]], {"commonName": name})

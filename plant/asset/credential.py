"""Credentials: who we are to a device, and whom we believe. A bench names where secrets stand, and never holds one."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from plant.asset.table import Table
from plant.error import DeviceRefused

KEYS = ("user", "password_env", "password_file", "certificate_file", "key_file", "trust_file")


@dataclass(frozen=True)
class Credentials:
    """What a device's row of a bench says of them. Files are read when the device is reached, so that a new one
    counts from the next time on."""

    user: str = ""
    password_env: str = ""
    password_file: Path | None = None
    certificate_file: Path | None = None
    key_file: Path | None = None
    trust_file: Path | None = None

    def password(self, device: str) -> str:
        """The password, from where the bench says it stands. Raises :class:`DeviceRefused` where it does not."""
        if self.password_env:
            if self.password_env not in os.environ:
                raise DeviceRefused(device, f"password_env = {self.password_env}: no such variable is set for control")
            return os.environ[self.password_env]
        if self.password_file is None:
            return ""
        return self.text(device, "password_file").removesuffix("\n").removesuffix("\r")

    def text(self, device: str, key: str) -> str:
        """What stands in one of the files. Raises :class:`DeviceRefused` where it cannot be read."""
        path: Path = getattr(self, key)
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "is no text"
            raise DeviceRefused(device, f"{key} = {path}: {reason}") from None

    def said(self) -> dict[str, str]:
        """As a bench's row says it."""
        return {key: str(value) for key in KEYS if (value := getattr(self, key))}


NONE = Credentials()


def read_credentials(row: Table, beside: Path) -> Credentials:
    """What a device's row says; files are relative to the bench ``beside`` which they are named."""
    texts = {key: row.text(key, "") for key in KEYS}
    if texts["password_env"] and texts["password_file"]:
        row.mistake("password_file", texts["password_file"], "must not stand beside password_env")
    if (texts["password_env"] or texts["password_file"]) and not texts["user"]:
        row.mistake("user", None, "must be said where there is a password")
    if bool(texts["certificate_file"]) != bool(texts["key_file"]):
        lacking = "key_file" if texts["certificate_file"] else "certificate_file"
        row.mistake(lacking, None, "must be said: certificate_file and key_file go together")
    files = {key: (beside / text).absolute() if text else None for key, text in texts.items() if key.endswith("_file")}
    for key, path in files.items():
        if path is not None and not path.exists():
            row.mistake(key, texts[key], "does not exist")
    return Credentials(texts["user"], texts["password_env"], **files)

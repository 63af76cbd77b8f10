"""The data folder: everything a field keeps, and what says who runs on it.

``gemelo.lock`` is held by the one supervisor that may use the folder; ``run.json`` says where its parts
answer; ``token`` is the local administrator's; ``code`` lets one into the screens, once; ``logs`` holds what each
process printed.
"""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any, TextIO

from control.bus.keyring import Ring
from control.bus.server import KEYS
from plant.error import ServiceError


class Folder:
    """A data folder, created where it is absent."""

    def __init__(self, path: Path):
        self.path = path.resolve()
        self._lock: TextIO | None = None

    @property
    def run_file(self) -> Path:
        """Where the running field's addresses stand while it runs."""
        return self.path / "run.json"

    @property
    def token_file(self) -> Path:
        """Where the API's token stands."""
        return self.path / "token"

    def lock(self) -> None:
        """Take the folder for this process. Raises :class:`ServiceError` naming the process that has it."""
        try:
            (self.path / "logs").mkdir(parents=True, exist_ok=True)
            handle = (self.path / "gemelo.lock").open("a+")
        except OSError as error:
            raise ServiceError(f"data folder {self.path} cannot be used: {error.strerror}") from None
        if not _lock(handle):
            handle.seek(0)
            holder = handle.read().strip() or "unknown"
            raise ServiceError(
                f"a field already runs on {self.path} (process {holder}); stop it, or choose another folder with --data"
            )
        handle.seek(0)
        handle.truncate()
        print(os.getpid(), file=handle, flush=True)
        self._lock = handle

    def unlock(self) -> None:
        """Give the folder back."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def token(self) -> str:
        """The local administrator's token, readable by its owner only; made once, and anew where it is empty.

        Raises :class:`ServiceError` where its file cannot be used.
        """
        try:
            if token := self.kept_token():
                return token
            token = secrets.token_urlsafe(24)
            _write(self.token_file, f"{token}\n", 0o600)
        except OSError as error:
            raise ServiceError(f"{self.token_file} cannot be written: {error.strerror}") from None
        return token

    def kept_token(self) -> str | None:
        """The token as it stands; None where there is none. Raises :class:`ServiceError` where it cannot be read."""
        return _read(self.token_file).strip() or None

    def new_code(self) -> str:
        """A code that lets one person into the screens once; the one before lets nobody in any more."""
        code = secrets.token_urlsafe(24)
        _write(self.path / "code", f"{code}\n", 0o600)
        return code

    def first_password(self) -> str:
        """Login and password of the first administrator, the one time that they are asked for; empty ever after."""
        file = self.path / "administrator"
        said = _read(file).strip()
        file.unlink(missing_ok=True)
        return said

    @property
    def bus(self) -> Path:
        """Where the bus keeps its streams, and who may do what on it."""
        return self.path / "bus"

    def ring(self) -> Ring:
        """The keys of the bus. Raises :class:`ServiceError` where they cannot be read."""
        return Ring.read(self.bus / KEYS)

    def log(self, name: str) -> Path:
        """Where a process' output goes."""
        return self.path / "logs" / f"{name}.log"

    def write_run(self, run: dict[str, Any]) -> None:
        """Say where the running field answers; whoever reads sees the old or the new, never a half."""
        _write(self.run_file, json.dumps(run, indent=2), 0o644)

    def read_run(self) -> dict[str, Any] | None:
        """Where the running field answers; None where none runs. Raises :class:`ServiceError` where it is damaged."""
        text = _read(self.run_file)
        try:
            run = json.loads(text) if self.run_file.exists() else None
            if run is not None:
                run["api"], run["children"].items()
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            rule = "is damaged: it is written anew with the next gemelo up; until then ask with --url http://HOST:PORT"
            raise ServiceError(f"{self.run_file} {rule}") from None
        return run

    def remove_run(self) -> None:
        """Say that nothing runs any more."""
        self.run_file.unlink(missing_ok=True)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise ServiceError(f"{file} cannot be read: {getattr(error, 'strerror', None) or error}") from None


def _write(file: Path, text: str, mode: int) -> None:
    """The old or the new stands there, whenever the power goes."""
    draft = file.with_name(f"{file.name}.new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    draft.replace(file)


def _lock(handle: TextIO) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            handle.seek(1 << 20)  # a byte far behind the text, which others must be able to read
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True

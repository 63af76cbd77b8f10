"""The data folder: everything a field keeps, and what says who runs on it.

``gemelo.lock`` is held by the one supervisor that may use the folder; ``run.json`` says where its parts
answer; ``token`` opens the API for writing; ``logs`` holds what each process printed.
"""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any, TextIO

from plant.asset.error import ServiceError


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
        """The token that opens the API for writing, made once and readable by its owner only."""
        try:
            handle = os.open(self.token_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return self.token_file.read_text().strip()
        token = secrets.token_urlsafe(24)
        with os.fdopen(handle, "w") as file:
            print(token, file=file)
        return token

    def log(self, name: str) -> Path:
        """Where a process' output goes."""
        return self.path / "logs" / f"{name}.log"

    def write_run(self, run: dict[str, Any]) -> None:
        """Say where the running field answers; whoever reads sees the old or the new, never a half."""
        draft = self.run_file.with_suffix(".new")
        draft.write_text(json.dumps(run, indent=2))
        draft.replace(self.run_file)

    def read_run(self) -> dict[str, Any] | None:
        """Where the running field answers; None where none runs."""
        try:
            run: dict[str, Any] = json.loads(self.run_file.read_text())
        except FileNotFoundError:
            return None
        return run

    def remove_run(self) -> None:
        """Say that nothing runs any more."""
        self.run_file.unlink(missing_ok=True)


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

"""A private PostgreSQL, for measurements and tests: Debian's binaries, a folder and a socket in it, no port.

As a user of its own where we are root, whom it refuses.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
OPTIONS = "-c listen_addresses='' -c fsync=off -c full_page_writes=off -c shared_buffers=16MB -c max_connections=20"


def is_installed() -> bool:
    """Whether there is one to start."""
    return bool(BINARIES)


@contextmanager
def databases(folder: Path) -> Iterator[dict[str, str]]:
    """URL of a new ledger in each kind of database that this machine has."""
    urls = {"sqlite": f"sqlite:///{folder / 'wells.sqlite'}"}
    if not is_installed():
        yield urls
        return
    with running() as url:
        yield urls | {"postgresql": url}


@contextmanager
def running() -> Iterator[str]:
    """URL of its database ``postgres`` while it runs."""
    binaries, user = BINARIES[-1].parent, "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    folder = Path(tempfile.mkdtemp(prefix="gemelo-pg-"))  # a socket's path has to be short
    shutil.chown(folder, user)
    data = folder / "data"
    try:
        _run(user, binaries / "initdb", "-D", data, "-A", "trust", "-U", "keeper", "--no-sync", "-E", "UTF8")
        _run(
            user,
            binaries / "pg_ctl",
            "-D",
            data,
            "-w",
            "-t",
            "300",
            "-l",
            folder / "log",
            "-o",
            f"{OPTIONS} -k {folder}",
            "start",
        )
        yield f"postgresql://keeper@/postgres?host={folder}"
    finally:
        if (data / "postmaster.pid").exists():
            _run(user, binaries / "pg_ctl", "-D", data, "-m", "immediate", "-w", "-t", "300", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _run(user: str, *command: object) -> None:
    as_user = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"] if os.geteuid() == 0 else []
    subprocess.run([*as_user, *map(str, command)], check=True, stdout=subprocess.DEVNULL, cwd="/tmp")

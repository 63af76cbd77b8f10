"""Where compiled equations lie, so that they are compiled once and not by every process.

A folder of the user's cache, named by a hash of every source that is compiled, and of where they stand. Numba itself
looks only at the file of a loop, so that a change in a function that the loop calls would go unseen; and what
it compiled from sources elsewhere it does not take. It survives restarts;
what old sources left there is thrown away when new ones are compiled.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

PLANT = Path(__file__).parent.parent
STATION = "kernel", "row", "line", "outlet", "parting", "phase", "growth", "filling", "valve"
COMPILED = (
    "physics/**/*.py", "process/esp/*.py", *(f"process/facility/{name}.py" for name in STATION),
    "process/compiler.py", "process/parameter.py",
)  # fmt: skip
KEPT = 6  # folders: one per version of the sources, of which two may be in use side by side
READY = "ready"


@cache
def folder() -> Path:
    """Of these sources; made where it is not yet."""
    home = blake2b(str(PLANT).encode(), digest_size=4).hexdigest()  # Numba keeps loops by the path of their sources
    place = _caches() / f"kernels-{fingerprint(*COMPILED)}-{home}"
    try:
        place.mkdir(parents=True, exist_ok=True)
        if os.access(place, os.W_OK):
            return place
    except OSError:
        pass
    return Path(tempfile.mkdtemp(prefix="gemelo-kernels-"))  # of this process alone: a home that cannot be written to


def is_ready() -> bool:
    """Whether everything has been compiled."""
    return (folder() / READY).exists()


@contextmanager
def compiling() -> Iterator[None]:
    """Hold the others off meanwhile: they would compile the same. Then everything is ready."""
    if is_ready():
        yield
        return
    with _alone(folder() / "lock"):
        yield
        (folder() / READY).touch()
        _forget_old()


@cache
def fingerprint(*sources: str) -> str:
    """A hash of the plant's sources of these patterns, and of the versions of what runs them."""
    seen = blake2b(digest_size=8)
    for name in ("numba", "llvmlite", "numpy"):
        seen.update(version(name).encode())
    for source in sorted(path for pattern in sources for path in PLANT.glob(pattern)):
        seen.update(source.read_bytes())
    return seen.hexdigest()


def _caches() -> Path:
    if chosen := os.environ.get("XDG_CACHE_HOME"):
        return Path(chosen) / "gemelo"
    if sys.platform == "win32" and (local := os.environ.get("LOCALAPPDATA")):
        return Path(local) / "gemelo" / "cache"
    with suppress(RuntimeError):  # nobody's home
        return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "gemelo"
    return Path(tempfile.gettempdir()) / "gemelo"


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        with suppress(ImportError):  # without it two processes compile the same, which does no harm
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _forget_old() -> None:
    everything = sorted(folder().parent.glob("kernels-*"), key=lambda place: place.stat().st_mtime, reverse=True)
    for old in everything[KEPT:]:
        shutil.rmtree(old, ignore_errors=True)

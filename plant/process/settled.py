"""A field at rest, on its environment: what a simulated field, a study or a test starts from.

Settling takes hundreds of steps. Where a field of this file and seed came to rest before, by this code, it starts there
at once, to the same bits: that is kept beside the compiled equations.
"""

from __future__ import annotations

from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

import simpy

from plant.asset.field import Field
from plant.error import ConfigError
from plant.process import kernel_cache
from plant.process.array_file import read_arrays, write_arrays
from plant.process.field import STEP, FieldProcess

KEPT = 64  # fields of which it is known where they rest


def settled_field(
    field: Field, *, seed: int | None = 0, dt: float = STEP, env: simpy.Environment | None = None
) -> FieldProcess:
    """The field at rest, running on ``env``, by default one of its own."""
    process = FieldProcess(field, seed=seed, dt=dt)
    code = kernel_cache.fingerprint("physics/**/*.py", "process/**/*.py")
    place = kernel_cache.folder() / f"settled-{field_key(field)}-{seed}-{code}.npz"
    if not _is_put_there(process, place):
        process.settle()
        with suppress(OSError):  # a full disk: the next one settles by itself
            write_arrays(place, process.save(), {})
            _forget_old(place.parent)
    process.start(env)
    return process


def field_key(field: Field) -> str:
    """A hash of everything that a field's file says."""
    return blake2b(repr(field).encode(), digest_size=8).hexdigest()


def _is_put_there(process: FieldProcess, place: Path) -> bool:
    try:
        process.restore(read_arrays(place)[0])
    except (OSError, ConfigError):
        return False
    return True


def _forget_old(folder: Path) -> None:
    with suppress(OSError):  # another process may be at it
        everything = sorted(folder.glob("settled-*.npz"), key=lambda one: one.stat().st_mtime, reverse=True)
        for old in everything[KEPT:]:
            old.unlink(missing_ok=True)

"""Fields settle once: what starts from the same file and seed as one before it starts where that one came to rest.

Settling takes seconds, and the tests of a worker ask for hundreds of fields. That such a field is one that has settled
itself, to the last bit, is shown in tests/plant/process/test_field.py.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest

from plant.asset.field import Field
from plant.process.field import FieldProcess
from plant.process.snapshot import moving, save

KEPT: dict[tuple[Field, int | None], dict[str, np.ndarray]] = {}
PARTS = ("__init__", "_settle")
OWN = {name: getattr(FieldProcess, name) for name in PARTS}


def start(process: FieldProcess, field: Field, *, seed: int | None = 0, **more: Any) -> None:
    """In place of ``FieldProcess.__init__``, which does not keep the seed."""
    process.__dict__["_starts_as"] = field, seed
    OWN["__init__"](process, field, seed=seed, **more)


def settle(process: FieldProcess) -> None:
    """In place of ``FieldProcess._settle``."""
    key = process.__dict__.pop("_starts_as")
    if key not in KEPT:
        OWN["_settle"](process)
        KEPT[key] = save(process)
    for name, array in moving(process).items():
        array[...] = KEPT[key][name]


@contextmanager
def once() -> Iterator[None]:
    """Until the end of this, fields settle once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FieldProcess, "__init__", start)
        patch.setattr(FieldProcess, "_settle", settle)
        yield


@contextmanager
def anew() -> Iterator[None]:
    """Until the end of this, every field settles by itself."""
    with pytest.MonkeyPatch.context() as patch:
        for name in PARTS:
            patch.setattr(FieldProcess, name, OWN[name])
        yield

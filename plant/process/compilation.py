"""All compiled loops of the plant at once, in the cache: ``python -m plant.process.compilation``.

Loops compile themselves when they are first called, too. But then processes that start together would each do it.
"""

from __future__ import annotations

from functools import cache

from plant.process import kernel_cache
from plant.process.esp import kernel
from plant.process.facility import kernel as station_kernel


@cache
def prepare() -> None:
    """See that everything is compiled; where another process is at it, wait for that."""
    with kernel_cache.compiling():
        if not kernel_cache.is_ready():
            kernel.compile_all()
            station_kernel.compile_all()


if __name__ == "__main__":
    prepare()

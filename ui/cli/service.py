"""``gemelo service``: one process of ours by itself, with the options that its module has."""

from __future__ import annotations

import runpy
import sys

from plant.error import ServiceError
from ui.supervisor.program import PROGRAMS

MODULES = {program.name: program.module for program in PROGRAMS if program.module}


def run(name: str, arguments: list[str]) -> None:
    """Run it here, until it is told to stop."""
    if name not in MODULES:
        raise ServiceError(f"no service {name!r}; there are {', '.join(MODULES)}")
    sys.argv = [f"gemelo service {name}", *arguments]
    runpy.run_module(str(MODULES[name]), run_name="__main__")

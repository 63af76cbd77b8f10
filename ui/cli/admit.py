"""``gemelo admit`` and ``link``: another field is let onto a bus that runs, a person to the screens."""

from __future__ import annotations

import asyncio
from pathlib import Path

from plant.error import ServiceError
from ui.supervisor import admission
from ui.supervisor.folder import Folder
from ui.supervisor.greeting import entrance
from ui.supervisor.preflight import preflight
from ui.supervisor.settings import Settings


def admit(data: Path, field: str, bench: str, to: Path) -> None:
    """Make its keys, and say how it joins. Raises :class:`ServiceError` where a file is wrong or no bus runs."""
    found = asyncio.run(preflight(Settings(field=field, bench=bench)))
    url = admission.admit(Folder(data), found, to)
    print(
        f"{found['tenant']}.{found['field']} may join: gemelo up --field {field} --bus {url} --keys {to} --data FOLDER"
    )


def link(data: Path) -> None:
    """A link for one use. Raises :class:`ServiceError` where no field with screens runs."""
    folder = Folder(data)
    run = folder.read_run()
    settings = run and Settings(**run["settings"])
    if not settings or not settings.screens_port:
        raise ServiceError(f"no screens are running here (data {data}); start them with: gemelo up")
    print(entrance(settings, folder.new_code()))

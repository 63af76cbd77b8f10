"""``gemelo admit``: another field is let onto a bus that runs."""

from __future__ import annotations

import asyncio
from pathlib import Path

from ui.supervisor import admission
from ui.supervisor.folder import Folder
from ui.supervisor.preflight import preflight
from ui.supervisor.settings import Settings


def admit(data: Path, field: str, bench: str, to: Path) -> None:
    """Make its keys, and say how it joins. Raises :class:`ServiceError` where a file is wrong or no bus runs."""
    found = asyncio.run(preflight(Settings(field=field, bench=bench)))
    url = admission.admit(Folder(data), found, to)
    print(
        f"{found['tenant']}.{found['field']} may join: gemelo up --field {field} --bus {url} --keys {to} --data FOLDER"
    )

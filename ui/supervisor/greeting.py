"""What a person reads once the field is running."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from ui.supervisor.settings import Settings

EXAMPLE = "Well.CACB27A-P1.Frequency"


def greeting(settings: Settings, token: str, field: str, devices: int, seconds: float, complete: bool) -> str:
    """Where to look and what to try, each line ready to be copied."""
    gemelo, data = _command(), "" if settings.data == "data" else f" --data {settings.data}"
    first = f"first values after {seconds:.1f} s" if complete else f"no values yet after {seconds:.0f} s: see the logs"
    return f"""\
Gemelo is running: field {field}, {devices} devices, {first}.

{_screens(settings, token)}  API    {settings.api_url}/api/v1, described at {settings.api_url}/docs
  token  {token} (the local administrator's; kept in {settings.data}/token)
  logs   {settings.data}/logs

  {gemelo} status{data}
  {gemelo} read 'Well.*.Frequency'{data}
  {gemelo} watch {EXAMPLE}{data}
  {gemelo} write {EXAMPLE}Reference 48 --reason 'a trial'{data}
  curl -H "Authorization: Bearer $(cat {settings.data}/token)" '{settings.api_url}/api/v1/values?tags={EXAMPLE}'

Ctrl-C stops all of it."""


def _screens(settings: Settings, token: str) -> str:
    return f"  look   {settings.screens_url}/login?token={token}\n" if settings.screens_port else ""


def _command() -> str:
    beside = Path(sys.executable).with_name("gemelo")
    on_path = shutil.which("gemelo")
    if on_path and Path(on_path) == beside:
        return "gemelo"
    return str(beside.relative_to(Path.cwd()) if beside.is_relative_to(Path.cwd()) else beside)

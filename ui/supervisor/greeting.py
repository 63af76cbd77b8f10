"""What a person reads once the field is running."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from ui.supervisor.settings import Settings

EXAMPLE = "Well.CACB27A-P1.Frequency"


def greeting(
    settings: Settings, code: str, field: str, devices: int, seconds: float, complete: bool, first: str = ""
) -> str:
    """Where to look and what to try, each line ready to be copied."""
    gemelo, data = _command(), "" if settings.data == "data" else f" --data {settings.data}"
    took = f"first values after {seconds:.1f} s" if complete else f"no values yet after {seconds:.0f} s: see the logs"
    return f"""\
Gemelo is running: field {field}, {devices} devices, {took}.

{_screens(settings, code)}  API    {settings.api_url}/api/v1, described at {settings.api_url}/docs
  token  kept in {settings.data}/token: who can read it is the local administrator
{_first(first)}  logs   {settings.data}/logs

  {gemelo} status{data}
  {gemelo} read 'Well.*.Frequency'{data}
  {gemelo} watch {EXAMPLE}{data}
  {gemelo} write {EXAMPLE}Reference 48 --reason 'a trial'{data}
  curl -H "Authorization: Bearer $(cat {settings.data}/token)" '{settings.api_url}/api/v1/values?tags={EXAMPLE}'

Ctrl-C stops all of it."""


def entrance(settings: Settings, code: str) -> str:
    """The link that lets one in once: what stands behind ``#`` is sent in no address."""
    return f"{settings.screens_url}/login#{code}"


def _screens(settings: Settings, code: str) -> str:
    return f"  look   {entrance(settings, code)}\n" if settings.screens_port else ""


def _first(said: str) -> str:
    login, _, password = said.partition(" ")
    return f"  login  {login}, password {password}: told this once, to be changed at once\n" if said else ""


def _command() -> str:
    beside = Path(sys.executable).with_name("gemelo")
    on_path = shutil.which("gemelo")
    if on_path and Path(on_path) == beside:
        return "gemelo"
    return str(beside.relative_to(Path.cwd()) if beside.is_relative_to(Path.cwd()) else beside)

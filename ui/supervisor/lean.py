"""The command's process turned into the supervisor's, without what the command has imported.

Reading the command line costs some 15 MB, which the supervisor would keep for as long as the field runs.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict

from ui.supervisor.settings import Settings


def become(settings: Settings) -> None:
    """Run ``python -m ui.supervisor`` in place of this process; where a system cannot, beside it."""
    command = [sys.executable, "-m", "ui.supervisor", json.dumps(asdict(settings))]
    if os.name == "nt":
        sys.exit(subprocess.call(command))
    sys.stdout.flush()
    os.execv(sys.executable, command)

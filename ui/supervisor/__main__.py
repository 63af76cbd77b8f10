"""``python -m ui.supervisor SETTINGS`` (JSON): what ``gemelo up`` becomes."""

from __future__ import annotations

import asyncio
import json
import sys

from plant.error import GemeloError
from ui.supervisor.settings import Settings
from ui.supervisor.supervisor import supervise


def say(text: str) -> None:
    """Tell what somebody waits for, even where the output is a file that is being followed."""
    print(text, flush=True)


def complain(text: str) -> None:
    """Tell what went wrong and was survived."""
    print(f"gemelo: {text}", file=sys.stderr, flush=True)


try:
    asyncio.run(supervise(Settings(**json.loads(sys.argv[1])), say, complain))
except (GemeloError, OSError) as error:
    sys.exit(f"gemelo: {error}")
except KeyboardInterrupt:  # before anything had been started
    sys.exit(130)

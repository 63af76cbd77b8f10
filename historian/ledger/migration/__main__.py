"""Entry point of ``python -m historian.ledger.migration``: the URL, which may hold a password, is read from stdin."""

from __future__ import annotations

import sys
from pathlib import Path

from alembic import command
from alembic.config import Config


def main() -> None:
    """Bring the ledger up to date."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["url"] = sys.stdin.read().strip()
    command.upgrade(config, "head")


if __name__ == "__main__":
    main()

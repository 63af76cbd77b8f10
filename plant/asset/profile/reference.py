"""The reference of all words, as docs/profiles.md shows it: ``python -m plant.asset.profile.reference FILE`` writes it.

The page is prose around one table, which stands between two marks and is made from the options' rows.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from plant.asset.profile.option import SHARED, Option
from plant.asset.protocol.table import PROTOCOLS

BEGIN, END = "<!-- the table: written by plant/asset/profile/reference.py -->", "<!-- the table ends -->"
PLACES = {"profile": "of a profile", "point": "of a point", "device": "of a bench's device"}


def options() -> Iterator[tuple[str, Option]]:
    """Every option, beside the protocol that understands it (``all`` do if it is shared)."""
    for where in PLACES:
        yield from (("all", option) for option in SHARED if option.where == where)
        for protocol in PROTOCOLS.values():
            yield from ((protocol.name, option) for option in protocol.options if option.where == where)


def table() -> str:
    """The reference as Markdown."""
    head = ["| key | where | protocol | what may stand there | unsaid | it is |", "|---|---|---|---|---|---|"]
    rows = [
        f"| `{o.key}` | {PLACES[o.where]} | {protocol} | {o.values} | {o.unsaid} | {o.meaning} |"
        for protocol, o in options()
    ]
    return "\n".join([*head, *rows])


def written(page: str) -> str:
    """A page with the table as it should be."""
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}\n{table()}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    file = Path(sys.argv[1])
    file.write_text(written(file.read_text(encoding="utf-8")), encoding="utf-8")

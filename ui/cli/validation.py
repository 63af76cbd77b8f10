"""``gemelo validate``: write the validation page, and say what failed."""

from __future__ import annotations

from pathlib import Path

from ui.validation import page


def write(folder: Path) -> None:
    """Write page and pictures, and print the count; every number that is not met is named."""
    results = page.write(folder)
    failed = [result.number for result in results if not result.is_met]
    print(f"{folder / page.PAGE}: {len(results)} numbers, {len(failed)} not met")
    for number in failed:
        print(f"  {number.name}: {number.fails or 'the reason is not known'}")

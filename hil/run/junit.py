"""JUnit XML of a run, for CI servers. What the bench did wrong, and what cannot be told, are errors there, each by its
type; only the device's own are failures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree as xml


def junit(rows: Sequence[dict[str, Any]], manifest: dict[str, Any]) -> str:
    """The document."""
    outcomes = [row["outcome"] for row in rows]
    counts = {
        "tests": len(rows), "failures": outcomes.count("fail"), "skipped": outcomes.count("skipped"),
        "errors": outcomes.count("error") + outcomes.count("inconclusive"),
    }  # fmt: skip
    suite = xml.Element("testsuite", {"name": "gemelo hil", "timestamp": manifest["started"]})
    suite.attrib |= {key: str(number) for key, number in counts.items()}
    properties = xml.SubElement(suite, "properties")
    for key in ("bench", "gemelo", "seed", "machine"):
        xml.SubElement(properties, "property", {"name": key, "value": str(manifest[key])})
    for row in rows:
        name, seconds = row["test"].rpartition("::")[2], f"{row['seconds']:.3f}"
        case = xml.SubElement(suite, "testcase", {"classname": row["target"] or "hil", "name": name, "time": seconds})
        if (tag := TAGS.get(row["outcome"])) is not None:
            xml.SubElement(case, tag[0], {"type": tag[1], "message": row["why"][:500]}).text = row["why"]
    return '<?xml version="1.0" encoding="utf-8"?>\n' + xml.tostring(suite, encoding="unicode")


TAGS = {
    "fail": ("failure", "device"), "error": ("error", "bench"), "inconclusive": ("error", "inconclusive"),
    "skipped": ("skipped", "feature"),
}  # fmt: skip

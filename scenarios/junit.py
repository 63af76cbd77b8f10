"""JUnit: a run as the XML that CI servers read, a test case for each expectation, with what was seen."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from hil.wording import wording
from scenarios.report import headline
from scenarios.run import Run

FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in XML 1.0


def as_junit(run: Run) -> str:
    """The run as one suite."""
    failed = sum(not row.passed for row in run.rows)
    suite = _suite(run.timeline.name, len(run.rows), failures=failed, time=run.timeline.length)
    for row in run.rows:
        case = ElementTree.SubElement(
            suite, "testcase", classname=run.timeline.name, name=_text(wording(row.expectation))
        )
        seen = f"observed: {row.finding.observed}; margin: {row.finding.margin_shown()}"
        if row.passed:
            ElementTree.SubElement(case, "system-out").text = _text(seen)
        else:
            ElementTree.SubElement(case, "failure", message=_text(row.finding.observed)).text = _text(seen)
    ElementTree.SubElement(suite, "system-out").text = _text(headline(run))
    return _written(suite)


def error_as_junit(story: str, error: str) -> str:
    """A story that could not be told to its end, as one suite with one error."""
    suite = _suite(story, 1, errors=1)
    case = ElementTree.SubElement(suite, "testcase", classname=story, name="the story is told to its end")
    ElementTree.SubElement(case, "error", message=_text(error.partition("\n")[0])).text = _text(error)
    return _written(suite)


def _suite(name: str, tests: int, failures: int = 0, errors: int = 0, time: float = 0.0) -> ElementTree.Element:
    counts = {"tests": tests, "failures": failures, "errors": errors, "skipped": 0, "time": f"{time:g}"}
    return ElementTree.Element("testsuite", {"name": name, **{key: str(value) for key, value in counts.items()}})


def _written(suite: ElementTree.Element) -> str:
    suites = ElementTree.Element("testsuites")
    suites.append(suite)
    ElementTree.indent(suites)
    return ElementTree.tostring(suites, encoding="unicode", xml_declaration=True) + "\n"


def _text(text: str) -> str:
    return FORBIDDEN.sub("?", text)

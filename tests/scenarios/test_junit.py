"""Runs as CI servers read them."""

from xml.etree import ElementTree

from hil.wording import wording
from scenarios.junit import as_junit, error_as_junit
from scenarios.run import Run


def test_every_expectation_is_a_test_case_and_what_failed_says_what_was_seen(made_up_run: Run) -> None:
    (suite,) = ElementTree.fromstring(as_junit(made_up_run))
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("5", "1", "0")
    cases = suite.findall("testcase")
    assert [case.get("name") for case in cases] == [wording(row.expectation) for row in made_up_run.rows]
    failures = [case.find("failure") for case in cases]
    assert [failure is None for failure in failures] == [row.passed for row in made_up_run.rows]
    observed = [failure.get("message") for failure in failures if failure is not None]
    assert observed == [row.finding.observed for row in made_up_run.rows if not row.passed]


def test_a_story_that_could_not_be_told_is_an_error_and_no_failure() -> None:
    (suite,) = ElementTree.fromstring(error_as_junit("esp-trip", "the bus <does> not \x00 answer\nat all"))
    assert (suite.get("failures"), suite.get("errors")) == ("0", "1")
    error = suite.find("testcase/error")
    assert error is not None
    assert error.get("message") == "the bus <does> not ? answer"

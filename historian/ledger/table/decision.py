"""Decisions: what was recommended, approved and set, the alarms' journal, and runs of scenarios, drills and studies."""

from __future__ import annotations

from sqlalchemy import Index

from historian.ledger.column import moment, noun, number, structure, text

RUNS = ("SCENARIO", "DRILL", "HIL", "STUDY")

RECOMMENDATION = noun(
    "po", "recommendation", moment("time"), text("tag"), number("current", -1e12, 1e12, optional=True),
    number("proposed", -1e12, 1e12), text("why", 2000), structure("expected", {}),
    text("state", 16, choices=("PROPOSED", "APPROVED", "REJECTED", "APPLIED", "EXPIRED")), to=["?well"],
)  # fmt: skip
APPROVAL = noun(
    "po", "approval", text("noun", 64), text("subject", 200), text("by"), moment("time"),
    text("verdict", 16, choices=("APPROVED", "REJECTED")), text("reason", 1000),
)  # fmt: skip
SETPOINT_CHANGE = noun(
    "po", "setpoint_change", moment("time"), text("tag"), number("before", -1e12, 1e12, optional=True),
    number("after", -1e12, 1e12), text("by"), text("reason", 1000), text("command", 100),
    text("outcome", 16), to=["?well", "?recommendation"], unique=[["command"]],
)  # fmt: skip
ALARM_JOURNAL = noun(
    "pf", "alarm_journal", text("alarm"), text("tag"), moment("time"), text("transition", 32), text("state", 32),
    text("by", optional=True), text("comment", 1000, optional=True), structure("entry", {}),
    Index("ix_alarm_journal_time", "tenant", "time"), to=["?field"],
)  # fmt: skip
RUN = noun(
    "pf", "run", text("kind", 16, choices=RUNS), text("name"), moment("start"), moment("end", optional=True),
    text("state", 16, choices=("RUNNING", "PASSED", "FAILED", "BROKEN", "CANCELLED")), text("by"),
    structure("asked", {}), structure("result", optional=True), to=["?field"],
)  # fmt: skip

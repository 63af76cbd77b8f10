"""Production: what wells gave, why they did not, and what they should. Volumes are m³ at standard conditions, SI."""

from __future__ import annotations

from sqlalchemy import Index

from historian.ledger.column import day, moment, noun, number, structure, text

DAY = 90_000.0  # s: 25 h, when clocks are set back
VOLUMES = ("oil", "gas", "water", "gas_flared", "water_injected", "gas_injected", "deferred_oil")
REASONS = (
    "ESP_TRIP", "ELECTRICAL", "WORKOVER", "WELL_TEST", "FACILITY", "FLOW_ASSURANCE", "WEATHER", "RESERVOIR", "PLANNED",
    "OTHER",
)  # fmt: skip

WELL_TEST = noun(
    "pf", "well_test", moment("start"), moment("end"), number("oil", 0.0, 1.0, unit="bpd"),
    number("water", 0.0, 1.0, unit="bpd"), number("gas", 0.0, 1e3, unit="Mscf_d"),
    number("wellhead_pressure", 0.0, 1e8, optional=True, unit="psig"),
    number("choke", 0.0, 1.0, optional=True, unit="pct"), number("frequency", 0.0, 100.0, optional=True, unit="Hz"),
    text("state", 16, choices=("VALID", "REJECTED", "PENDING")), text("remark", 1000, optional=True),
    Index("ix_well_test_latest", "tenant", "well_id", "start"), to=["well"],
)  # fmt: skip
DAILY_PRODUCTION = noun(
    "pf", "daily_production", day("date"), number("uptime", 0.0, DAY, unit="h"),
    *(number(volume, 0.0, 1e8, unit="m3") for volume in VOLUMES),
    number("energy", 0.0, 1e15), number("chemicals", 0.0, 1e6),
    text("state", 16, choices=("OPEN", "CLOSED", "CORRECTION")), text("corrects", 32, optional=True),
    text("reason", 1000, optional=True), structure("basis", {}),
    Index("ix_daily_production_date", "tenant", "date"), to=["field", "?well"],
)  # fmt: skip
DOWNTIME = noun(
    "pf", "downtime", moment("start"), moment("end", optional=True), text("reason", 32, choices=REASONS),
    number("deferred_oil", 0.0, 1e6, optional=True, unit="bbl"), text("remark", 1000, optional=True),
    Index("ix_downtime_well_start", "tenant", "well_id", "start"), to=["well"],
)  # fmt: skip
TARGET = noun(
    "pf", "target", day("start"), day("end"), number("oil", 0.0, 10.0, optional=True, unit="bpd"),
    number("gas", 0.0, 1e4, optional=True, unit="Mscf_d"), number("water", 0.0, 10.0, optional=True, unit="bpd"),
    number("uptime", 0.0, 1.0, optional=True, unit="pct"), text("remark", 1000, optional=True), to=["field", "?well"],
)  # fmt: skip
REPORT = noun(
    "pf", "report", text("kind", 32), text("state", 16, choices=("QUEUED", "RUNNING", "DONE", "FAILED")),
    structure("asked", {}), text("by"), text("role", 64), number("progress", 0.0, 1.0),
    text("path", 500, optional=True), text("detail", 1000, optional=True), moment("done", optional=True), to=["?field"],
)  # fmt: skip

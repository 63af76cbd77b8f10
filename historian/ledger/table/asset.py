"""Assets: fields, what stands in them, and what became of their wells. Places are the field's own grid, and WGS 84."""

from __future__ import annotations

from sqlalchemy import Index

from historian.ledger.column import CODE, WORD, flag, moment, noun, number, structure, text

TYPES = ("PROD_OIL", "PROD_GAS", "INJ_WATER", "INJ_GAS")
LIFTS = ("ESP", "GAS_LIFT", "NATURAL", "ROD_PUMP", "PCP", "INJECTION")
STATUSES = ("DRILLING", "ACTIVE", "SHUT_IN", "WORKOVER", "ABANDONED")


def _place() -> tuple:
    return (
        number("x", -1e7, 1e7, optional=True, unit="m"), number("y", -1e7, 1e7, optional=True, unit="m"),
        number("latitude", -90.0, 90.0, optional=True), number("longitude", -180.0, 180.0, optional=True),
    )  # fmt: skip


FIELD = noun(
    "pf", "field", text("code", 64, **WORD), text("name"), *_place()[2:],
    structure("engineering", optional=True), flag("is_retired"), unique=[["code"]],
)  # fmt: skip
WELLPAD = noun(
    "pf", "wellpad", text("code", 64, **CODE), text("name"), *_place(), flag("is_retired"),
    to=["field"], unique=[["field_id", "code"]],
)  # fmt: skip
WELL = noun(
    "pf", "well", text("code", 64, **CODE), text("name"), text("well_type", 16, choices=TYPES),
    text("lift", 16, choices=LIFTS), text("status", 16, choices=STATUSES), *_place(),
    structure("engineering", optional=True),  # as its field's file has it; the file is its truth
    text("uwi", 40, optional=True, **WORD),  # unique well identifier, as an authority gave it
    Index("ix_well_list", "tenant", "field_id", "status", "well_type", "code"),
    to=["field", "?wellpad"], unique=[["field_id", "code"], ["uwi"]],
)  # fmt: skip
WELL_STATUS = noun(
    "pf", "well_status", text("status", 16, choices=STATUSES), moment("start"), text("reason", 1000), text("by"),
    to=["well"],
)  # fmt: skip
FACILITY = noun(
    "pf", "facility", text("code", 64, **CODE), text("kind", 32, **WORD), text("name"), *_place(),
    structure("engineering", optional=True), flag("is_retired"),
    to=["field", "?wellpad"], unique=[["field_id", "kind", "code"]],
)  # fmt: skip
DEVICE = noun(
    "pf", "device", text("code", 100), text("protocol", 32), text("profile", 100, optional=True),
    text("asset", 100, optional=True), text("endpoint", 300), flag("is_simulated"), flag("is_primary", True),
    flag("is_retired"), to=["field"], unique=[["field_id", "code"]],
)  # fmt: skip

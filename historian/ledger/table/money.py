"""Money: what is owed to whom, for what, by which contract. Decimals throughout."""

from __future__ import annotations

from historian.ledger.column import WORD, day, exact, noun, structure, text

TARIFF = noun(
    "pf", "tariff", text("code", 64, **WORD), text("name"), text("basis", 32), exact("rate"),
    text("currency", 3, pattern=r"[A-Z]{3}"), day("start"), day("end", optional=True), structure("terms", {}),
    unique=[["code", "start"]],
)  # fmt: skip
CONTRACT = noun(
    "pf", "contract", text("code", 64, **WORD), text("name"), text("party"),
    text("currency", 3, pattern=r"[A-Z]{3}"), exact("royalty", "0", "1"), structure("partners", []),
    structure("tariffs", []), day("start"), day("end", optional=True), to=["?field"], unique=[["code"]],
)  # fmt: skip
STATEMENT = noun(
    "pf", "statement", text("number", 64), day("start"), day("end"), text("currency", 3, pattern=r"[A-Z]{3}"),
    structure("lines", []), exact("total"), text("state", 16, choices=("DRAFT", "ISSUED", "CREDITED")),
    text("credits", 32, optional=True), to=["contract"], unique=[["number"]],
)  # fmt: skip

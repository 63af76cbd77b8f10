"""People: tenants, who belongs to them, what they may, and what they have done."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table

from historian.ledger.column import METADATA, WORD, count, flag, moment, noun, structure, text

# The directory of tenants: the one table that is nobody's own.
TENANT = Table(
    "tenant", METADATA, Column("code", String(64), primary_key=True), text("name"), moment("created"), schema="pf"
)

USER = noun(
    "pf", "user",
    text("login", 100, pattern=r"\S+"),  # as he writes it …
    text("folded", 100),  # … and as look-alikes are told apart: NFKC, case folded
    text("name"), text("email", 254, optional=True), text("language", 8, choices=("en", "es")),
    text("password", 500, optional=True, secret=True),  # its hash; none: he comes by another way
    flag("must_change"), flag("is_active", True),
    text("issuer", 500, optional=True), text("subject", 255, optional=True),  # of whoever vouches for him (OIDC)
    unique=[["folded"], ["issuer", "subject"]],
)  # fmt: skip

ROLE = noun(
    "pf", "role", text("code", 64, **WORD), text("name"), count("rank", 0, 1000), structure("permissions", []),
    unique=[["code"]],
)  # fmt: skip

MEMBERSHIP = noun(
    "pf", "membership", text("role", 64, **WORD),
    text("field", 200), structure("assets", ["*"]),  # patterns of the fields and assets in which it holds
    to=["user"],
)  # fmt: skip

SESSION = noun(
    "pf", "session",  # a family of refresh tokens: each is used once and followed by the next
    text("token", 128, secret=True), text("previous", 128, optional=True, secret=True),  # hashes
    moment("used"), moment("expires"), flag("is_revoked"),
    text("whence", 200, optional=True), text("agent", 300, optional=True),
    Index("ix_session_tenant_token", "tenant", "token"), to=["user"],
)  # fmt: skip

PREFERENCE = noun("pf", "preference", text("key", 100), structure("value"), to=["user"], unique=[["user_id", "key"]])

API_KEY = noun(
    "pf", "api_key", text("name"), text("prefix", 16), text("token", 128, secret=True),  # its hash
    structure("scopes", []), moment("expires", optional=True), moment("used", optional=True), flag("is_revoked"),
    to=["user"], unique=[["prefix"]],
)  # fmt: skip

AUDIT_ENTRY = noun(
    "pf", "audit_entry",  # a link of its tenant's chain: hash over the one before and all that it says
    count("number"), moment("time"), text("by"), text("whence", 200), text("action", 64), text("noun", 64),
    text("subject", 200), structure("before", optional=True), structure("after", optional=True), text("reason", 1000),
    text("previous", 64), text("hash", 64),
    Index("ix_audit_entry_tenant_subject", "tenant", "noun", "subject"), unique=[["number"]],
)  # fmt: skip

ANSWERED = noun(
    "pf", "answered",  # a request that was answered under a key of its sender's, so that it is not done twice
    text("key", 200), text("digest", 64), count("status", 100, 599), structure("body", optional=True),
    text("etag", 64, optional=True), unique=[["key"]],
)  # fmt: skip

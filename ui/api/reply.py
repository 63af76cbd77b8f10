"""Replies of control, understood: what went wrong there is raised here as what it is."""

from __future__ import annotations

from typing import Any

from plant.asset.error import CommandRefused, ServiceError, Unknown


def understood(reply: Any, subject: str, value: object) -> dict[str, Any]:
    """The reply, or the error in it about ``subject`` and ``value``."""
    error = reply.get("error")
    if error is None:
        return reply
    detail = error["detail"]
    if error["kind"] == "Unknown":
        raise Unknown(subject, str(value)) if subject == "alarm" else ServiceError(detail)
    if error["kind"] == "CommandRefused":
        rule = detail.partition(": ")[2] or detail  # "TAG = VALUE: RULE"
        raise CommandRefused(subject, value, rule)
    raise ServiceError(detail)

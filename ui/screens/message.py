"""What an alarm says: in the reader's language, with value and limit in the unit that people see."""

from __future__ import annotations

from babel.numbers import format_decimal

from ui.screens.language import Language
from ui.screens.site import Site, digits
from ui.screens.standing import Alarm


def message_of(alarm: Alarm, site: Site, text: Language) -> str:
    """The alarm's own message in this language where it has one, else its signal and kind; then value and limit."""
    own = alarm.get("message") or {}
    said = own.get(text.code) if isinstance(own, dict) else own
    tag = site.tags.get(alarm["tag"])
    name = text(tag.signal.name) if tag is not None else alarm["tag"]
    return said or f"{name}: {text(alarm['kind'])}"


def amount(value: float | None, tag_name: str, site: Site, text: Language) -> str:
    """An SI value as people read it, with its unit."""
    tag = site.tags.get(tag_name)
    if value is None or tag is None:
        return "—"
    unit = tag.signal.unit
    places = "0" * digits(tag)
    shown = format_decimal(float(unit.from_si(value)), format=f"#,##0.{places}".rstrip("."), locale=text.code)
    return f"{shown} {unit.symbol}".strip()

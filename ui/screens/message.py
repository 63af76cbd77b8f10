"""What an alarm says: in the reader's language, with value and limit as people read them."""

from __future__ import annotations

from plant.asset import amount
from plant.asset.name import said
from plant.asset.tag import signal_of
from ui.screens.language import Language
from ui.screens.shown_field import ShownField
from ui.screens.standing import Alarm


def message_of(alarm: Alarm, text: Language) -> str:
    """Its message in this language; that of an alarm of long ago may have been none."""
    own = alarm.get("message") or {}
    return own.get(text.code) or said(signal_of(alarm["tag"]), alarm["kind"])[text.code]


def value_of(alarm: Alarm, site: ShownField, text: Language) -> str:
    """The value that it saw last."""
    return shown(alarm.get("value"), alarm["tag"], site, text)


def limit_of(alarm: Alarm, site: ShownField, text: Language) -> str:
    """The limit that it watches."""
    tag = site.tags.get(alarm["tag"])
    return amount.ABSENT if tag is None else amount.limit(alarm.get("limit"), tag.signal, text.code)


def shown(value: float | None, tag_name: str, site: ShownField, text: Language) -> str:
    """An SI value of a tag, with its unit or by its name."""
    tag = site.tags.get(tag_name)
    return amount.ABSENT if tag is None else amount.amount(value, tag.signal, text.code)

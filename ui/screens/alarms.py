"""The alarm page: all that stands, with filters and acknowledgement of many at once, and what happened lately."""

from __future__ import annotations

from collections.abc import Callable

from ui.screens.alarm_list import add_alarm_list
from ui.screens.context import Context
from ui.screens.journal import add_journal
from ui.screens.page import Page
from ui.screens.page_table import PAGES
from ui.screens.shell import add_shell


def alarms(context: Context) -> Callable[[], None]:
    """The page function."""

    def build() -> None:
        page = Page(context, PAGES["alarms"])
        add_shell(page)
        add_alarm_list(page)
        add_journal(page)
        page.show()

    return build

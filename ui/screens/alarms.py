"""The alarm page: all that stands, with filters and acknowledgement of many at once."""

from __future__ import annotations

from collections.abc import Callable

from ui.screens.alarm_list import add_alarm_list
from ui.screens.context import Context
from ui.screens.page import Page
from ui.screens.shell import add_shell


def alarms(context: Context) -> Callable[[], None]:
    """The page function."""

    def build() -> None:
        page = Page(context, "alarms", "Alarms")
        add_shell(page)
        add_alarm_list(page)
        page.show(scripts=("element.js", "shell.js", "alarm_list.js"))

    return build

"""The overview: the whole field at a glance."""

from __future__ import annotations

from collections.abc import Callable

from ui.screens.context import Context
from ui.screens.field_map import add_map
from ui.screens.page import Page
from ui.screens.page_feed import Fresh
from ui.screens.page_table import PAGES
from ui.screens.production import ProductionView
from ui.screens.shell import add_shell
from ui.screens.wall import WallView

STATION = ("Separator", "Manifold", "Tank")


def overview(context: Context) -> Callable[[], None]:
    """The page function; what does not differ between sessions is computed once for all."""
    site = context.site
    walls = {
        "wells": WallView(context, "well", site.assets("Well")),
        "station": WallView(context, "station", [a for kind in STATION for a in site.assets(kind)]),
    }
    production = ProductionView(context)

    def build() -> None:
        page = Page(context, PAGES["overview"])
        add_shell(page)
        parts = {name: view.component(page.text) for name, view in walls.items()}
        table = production.component(page.text)
        for name, part in (parts | {"production": table}).items():
            page.add(name, part)

        def update(_: list[Fresh]) -> None:
            for name, part in parts.items():
                part.tick = walls[name].tick()
            table.tick = production.tick()

        page.every_tick(update)
        add_map(page)
        page.show()

    return build

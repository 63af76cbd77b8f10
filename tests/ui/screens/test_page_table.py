"""The table of pages: every row can be opened, is drawn and has a name in each language."""

from pathlib import Path

from ui.screens.app import BUILDERS
from ui.screens.language import languages
from ui.screens.page import TEMPLATES
from ui.screens.page_table import ROWS, navigation
from ui.screens.script import FOLDER


def test_every_page_has_its_builder_its_template_its_scripts_and_its_name() -> None:
    assert [row.kind for row in ROWS] == list(BUILDERS)
    assert len({row.path for row in ROWS}) == len(ROWS)
    for row in ROWS:
        assert TEMPLATES.get_template(row.template)
        assert [script for script in row.scripts if not Path(FOLDER, script).exists()] == []
        assert all(text(row.name) for text in languages().values())


def test_the_navigation_is_what_the_rows_say() -> None:
    assert [row.path for row in navigation(lambda _: True)] == ["/", "/alarms", "/station"]
    assert [row.path for row in navigation(lambda permission: permission == "telemetry.read")] == ["/"]

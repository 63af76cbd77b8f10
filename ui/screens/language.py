"""Languages: every text that a person reads on a page, read once at start.

Texts of the pages come from Babel catalogues in ``locale/``, where the text in the code is the English one.
A name out of a table (``IntakePressure``), or its short form (``IntakePressure.short``), comes from the
catalogue of names.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from babel import negotiate_locale
from babel.messages.pofile import read_po

from plant.asset.name import LANGUAGES, names

FOLDER = Path(__file__).with_name("locale")
DEFAULT = "es"


class Language:
    """One language: called with a text, it gives the translation; ``{names}`` in it are filled in."""

    def __init__(self, code: str, texts: dict[str, str]):
        self.code, self.texts = code, texts

    def __call__(self, text: str, **values: object) -> str:
        """``text`` in this language."""
        found = self.texts.get(text) or text
        return found.format(**values) if values else found

    def of(self, *texts: str) -> dict[str, str]:
        """Several texts at once, by themselves, for a script."""
        return {text: self(text) for text in texts}


@cache
def languages() -> dict[str, Language]:
    """All languages."""
    return {code: Language(code, _names(code) | _read(FOLDER / f"{code}.po")) for code in LANGUAGES}


def chosen(cookie: str | None, accepted: str) -> str:
    """Code of the language to show: what was chosen, else what the browser prefers, else Spanish."""
    if cookie in languages():
        return str(cookie)
    wishes = [wish.partition(";")[0].strip().replace("-", "_") for wish in accepted.split(",")]
    return negotiate_locale(wishes, list(languages())) or DEFAULT


def _names(code: str) -> dict[str, str]:
    full = {key: name.text[code] for key, name in names().items()}
    return full | {f"{key}.short": name.short[code] for key, name in names().items()}


def _read(file: Path) -> dict[str, str]:
    with file.open("rb") as stream:
        catalogue = read_po(stream)
    return {str(m.id): str(m.string) for m in catalogue if m.id and m.string}

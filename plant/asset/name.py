"""Names: what people call a signal, a state, a type of asset or a kind of alarm, in each language.

One catalogue, ``names.toml``, by the names that code and tags use. Whatever people read takes its words from
here, so that a signal is called the same on a page, in an alarm and on the command line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from plant.asset.table import Table

LANGUAGES = ("en", "es")


@dataclass(frozen=True)
class Name:
    """One row of the catalogue, by language."""

    text: Mapping[str, str]
    short: Mapping[str, str]  # where room is scarce
    feminine: Mapping[str, str]  # of an adjective, beside a noun that is feminine
    is_feminine: bool  # of a noun


@cache
def names() -> Mapping[str, Name]:
    """The catalogue."""
    file = Table.load(Path(__file__).with_name("names.toml"))
    rows = {key: _name(row) for _, part in file.named_tables() for key, row in part.named_tables()}
    file.finish()
    return rows


def called(name: str, language: str) -> str:
    """What people call it; the name itself where the catalogue has none, as a bench's own may."""
    row = names().get(name)
    return row.text[language] if row else name


def said(signal: str, kind: str) -> dict[str, str]:
    """By language, what an alarm of this kind says of a signal: ``Presión de succión baja``."""
    return {language: f"{called(signal, language)} {word}" for language, word in kind_of(signal, kind).items()}


def kind_of(signal: str, kind: str) -> Mapping[str, str]:
    """By language, a kind of alarm as it is said of this signal: ``baja``, since it is la presión."""
    noun, adjective = names().get(signal), names().get(kind)
    if adjective is None:  # of a table of before
        return dict.fromkeys(LANGUAGES, kind)
    return adjective.feminine if noun is not None and noun.is_feminine else adjective.text


def _name(row: Table) -> Name:
    text = {language: row.text(language) for language in LANGUAGES}
    short = {language: row.text(f"short_{language}", text[language]) for language in LANGUAGES}
    feminine = {language: row.text(f"feminine_{language}", text[language]) for language in LANGUAGES}
    name = Name(text, short, feminine, row.boolean("is_feminine", False))
    row.no_others()
    return name

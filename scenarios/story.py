"""A story: a timeline by name, read against the field and the bench that it plays on."""

from __future__ import annotations

from pathlib import Path

from hil.scope import Scope
from hil.timeline import Timeline, field_of, load_timeline
from plant.asset.bench import Bench
from plant.asset.bench_file import load_bench
from plant.asset.field import Field
from plant.asset.field_file import load_field
from plant.error import Unknown

FOLDER = Path(__file__).with_name("stories")


def bundled() -> dict[str, Path]:
    """The stories that come with Gemelo, by name."""
    return {path.stem: path for path in sorted(FOLDER.glob("*.toml"))}


def find(source: str | Path) -> Path:
    """The file of a story given by bare name or by path."""
    path = Path(source)
    if path.suffix == ".toml":
        return path
    if str(source) not in bundled():
        raise Unknown("story", f"{source} (there are {', '.join(bundled())})")
    return bundled()[str(source)]


def load_story(source: str | Path, bench: str | Path | None = None) -> tuple[Timeline, Field, Bench]:
    """A story with the field it is about, on ``bench`` or that field's own.

    Raises :class:`ConfigError` with every mistake of the story.
    """
    path = find(source)
    name = field_of(path)
    field = load_field(name)
    place = load_bench(bench or name, field.assets())
    return load_timeline(path, Scope.of(field, place)), field, place

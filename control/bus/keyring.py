"""The keyring: the users of a bus and their passwords, one for each process of each field that it serves.

Passwords are random, made when a field is first let in, and kept in a file that its owner alone can read. A process
is given its own key in its environment and no other.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple, Self

from control.bus.access import ROLES
from control.bus.subject import Subjects
from plant.error import ServiceError

USER, PASSWORD = "GEMELO_BUS_USER", "GEMELO_BUS_PASSWORD"  # variables of a process' environment


class Key(NamedTuple):
    """What one process shows the bus."""

    user: str
    password: str

    @classmethod
    def of_environment(cls) -> Key | None:
        """This process' own; None where it was given none, for a bus that asks for nothing."""
        user = os.environ.get(USER)
        return cls(user, os.environ.get(PASSWORD, "")) if user else None

    def environment(self) -> dict[str, str]:
        """As a process is given it."""
        return {USER: self.user, PASSWORD: self.password}

    @property
    def inbox(self) -> str:
        """Where its answers come, which nobody else hears."""
        return f"_INBOX.{self.user}"


@dataclass(frozen=True)
class Ring:
    """Passwords by tenant, field and role, and by field the topics that its devices may use over MQTT."""

    fields: Mapping[str, Mapping[str, Mapping[str, str]]]
    topics: Mapping[str, Sequence[str]]

    @classmethod
    def read(cls, file: Path) -> Self:
        """The ring in a file; an empty one where there is none. Raises :class:`ServiceError` where it is damaged."""
        try:
            said = json.loads(file.read_text(encoding="utf-8"))
            ring = cls(said["fields"], dict(said["topics"]))
            _ = [key for tenant in ring.fields for field in ring.fields[tenant] for key in ring.keys(tenant, field)]
        except FileNotFoundError:
            return cls({}, {})
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            rule = "must hold the users of the bus; remove it to have them made anew"
            raise ServiceError(f"{file}: cannot be read ({error!r}): {rule}") from None
        return ring

    def write(self, file: Path) -> None:
        """Keep it where its owner alone can read it; whoever reads sees the old or the new, never a half."""
        file.parent.mkdir(parents=True, exist_ok=True)
        private(file, json.dumps({"fields": self.fields, "topics": self.topics}, indent=2))

    def with_field(self, subjects: Subjects, topics: Iterable[str] = ()) -> Self:
        """The ring with keys for every process of a field, those that it has kept, and with its devices' topics."""
        tenant = dict(self.fields.get(subjects.tenant, {}))
        known = tenant.get(subjects.field, {})
        tenant[subjects.field] = {role: known.get(role) or secrets.token_urlsafe(24) for role in ROLES}
        fields: dict[str, Any] = {**self.fields, subjects.tenant: tenant}
        return replace(self, fields=fields, topics={**self.topics, subjects.all: sorted(topics)})

    def only(self, subjects: Subjects) -> Self:
        """What of it one field needs."""
        own = self.fields.get(subjects.tenant, {}).get(subjects.field, {})
        return replace(self, fields={subjects.tenant: {subjects.field: own}}, topics={})

    def key(self, subjects: Subjects, role: str) -> Key | None:
        """The key of a process; None where it has none."""
        return self.keys(subjects.tenant, subjects.field).get(role)

    def keys(self, tenant: str, field: str) -> dict[str, Key]:
        """The keys of a field's processes, by role."""
        known = self.fields.get(tenant, {}).get(field, {})
        return {role: Key(f"{tenant}.{field}.{role}", password) for role, password in known.items()}


def private(file: Path, text: str) -> None:
    """Write a file that its owner alone can read."""
    draft = file.with_name(f"{file.name}.new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as handle:
        handle.write(text)
        handle.flush()
        os.fsync(handle.fileno())
    draft.replace(file)

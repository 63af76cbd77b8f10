"""Roles and permissions, as ``roles.toml`` has them: nothing that does not stand there is allowed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from plant.asset.toml_file import read_toml
from plant.error import ConfigError, Mistake, Unknown

FILE = Path(__file__).with_name("roles.toml")
ADMIN = "platform-admin"
A_MINUTE = 100.0  # requests of the API, where a role says nothing else


@dataclass(frozen=True)
class Role:
    """What somebody is. Who grants a role must stand at least as high (``rank``) himself."""

    name: str
    title: Mapping[str, str]  # by language
    rank: int
    a_minute: float = A_MINUTE  # requests


@dataclass(frozen=True)
class Permission:
    """One thing that may be done, and the roles that may do it."""

    name: str
    says: str
    roles: frozenset[str]
    is_whole: bool = False  # of a field as a whole: a grant that is narrowed to assets does not give it


@dataclass(frozen=True)
class Table:
    """Every role and every permission by name."""

    roles: Mapping[str, Role]
    permissions: Mapping[str, Permission]

    def role(self, name: str) -> Role:
        """The role of that name. Raises :class:`Unknown`."""
        if name not in self.roles:
            raise Unknown("role", name)
        return self.roles[name]

    def permission(self, name: str) -> Permission:
        """The permission of that name. Raises :class:`Unknown`."""
        if name not in self.permissions:
            raise Unknown("permission", name)
        return self.permissions[name]


@cache
def table() -> Table:
    """The table as it ships."""
    return read(FILE)


def read(file: Path) -> Table:
    """The table in a file. Raises one :class:`ConfigError` with every mistake in it."""
    said = read_toml(file)
    roles = {
        name: Role(name, row, row.get("rank", 0), row.get("a_minute", A_MINUTE))
        for name, row in said.get("roles", {}).items()
    }
    permissions = {name: _permission(name, row) for name, row in said.get("permissions", {}).items()}
    if mistakes := list(_mistakes(str(file), roles, permissions)):
        raise ConfigError(mistakes)
    return Table(roles, permissions)


def _permission(name: str, row: Mapping[str, Any]) -> Permission:
    return Permission(name, row.get("says", ""), frozenset(row.get("of", ())), row.get("whole", False))


def _mistakes(file: str, roles: Mapping[str, Role], permissions: Mapping[str, Permission]) -> list[Mistake]:
    unknown = [(one.name, role) for one in permissions.values() for role in sorted(one.roles - set(roles))]
    shapeless = [name for name in permissions if name.count(".") != 1]
    silent = [one.name for one in permissions.values() if not one.says]
    return [
        *(
            Mistake(file, f"permissions.{name}.of", role, f"must name one of {', '.join(roles)}")
            for name, role in unknown
        ),
        *(Mistake(file, "permissions", name, "must be called resource.action") for name in shapeless),
        *(Mistake(file, f"permissions.{name}.says", None, "is missing") for name in silent),
    ]

"""The table of roles: what must hold in it whatever else is changed, and what a file of ours may not say."""

from pathlib import Path

import pytest

from control.access.role import FILE, read, table
from plant.error import ConfigError

ROLES = [
    "platform-admin", "tenant-admin", "engineer", "qa", "trainer", "operator", "trainee", "viewer", "program", "device",
]  # fmt: skip


def test_all_roles_of_the_design_are_there_in_two_languages() -> None:
    assert list(table().roles) == ROLES
    assert all(set(role.title) >= {"en", "es"} for role in table().roles.values())


@pytest.mark.parametrize("role", ["operator", "trainee", "viewer", "program", "device"])
@pytest.mark.parametrize("permission", ["truth.read", "field.drive", "user.manage", "key.manage", "audit.read"])
def test_whoever_operates_or_is_trained_sees_no_truth_and_manages_nobody(role: str, permission: str) -> None:
    assert role not in table().permission(permission).roles


def test_only_those_who_may_act_may_write() -> None:
    writers = table().permission("command.write").roles
    assert writers.isdisjoint({"viewer", "qa", "trainer", "program", "device"})


def test_every_mistake_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "roles.toml"
    file.write_text('[roles]\nviewer = {rank = 1}\n[permissions.look]\nsays = ""\nof = ["viewer", "vewer"]\n')
    with pytest.raises(ConfigError) as told:
        read(file)
    assert [mistake.key for mistake in told.value.mistakes] == [
        "permissions.look.of",
        "permissions",
        "permissions.look.says",
    ]
    assert read(FILE) == table()

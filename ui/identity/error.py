"""Why somebody is not let in."""

from __future__ import annotations

import math
from collections.abc import Sequence

from plant.error import GemeloError


class Unauthorized(GemeloError, PermissionError):
    """He has not shown who he is, or not well enough."""


class Forbidden(GemeloError, PermissionError):
    """It is known who he is, and he may not."""

    def __init__(self, permission: str, has_no_role: bool = False):
        self.permission, self.has_no_role = permission, has_no_role
        super().__init__(f"this needs the permission {permission} here, which none of your roles gives you")


class NoSuchDoor(GemeloError, LookupError):
    """Nothing answers there, or not to that method."""

    def __init__(self, methods: Sequence[str] = ()):
        self.methods = tuple(methods)
        super().__init__(f"answers to {', '.join(methods)} only" if methods else "no such page")


class Busy(GemeloError, PermissionError):
    """Too often, or too soon."""

    def __init__(self, rule: str, retry_s: float):
        self.retry_s = retry_s
        super().__init__(f"{rule}; try again in {math.ceil(retry_s)} s")

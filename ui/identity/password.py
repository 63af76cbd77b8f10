"""Passwords: kept as Argon2id, 19 MiB, two passes, one lane (OWASP's least), some 50 ms of a core for each look."""

from __future__ import annotations

import secrets
import threading

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers.argon2 import Argon2Hasher

from plant.error import OutOfRange

SHORTEST, LONGEST = 12, 256  # characters; longer ones would only cost us time
COMMON = ("password", "contraseña", "gemelo", "12345678", "qwertyui")
ONE_TIME = 18  # bytes of chance in a password that we make ourselves

_HASHES = PasswordHash((Argon2Hasher(time_cost=2, memory_cost=19 * 1024, parallelism=1),))
_ROOM = threading.BoundedSemaphore(4)  # looks at once, of 19 MiB each
_NOBODY = _HASHES.hash(secrets.token_urlsafe(ONE_TIME))  # looked at for a name that there is not: it takes as long


def one_time() -> str:
    """A password that nobody guesses, to be told once."""
    return secrets.token_urlsafe(ONE_TIME)


def kept(password: str, name: str = "") -> str:
    """What is kept of a password. Raises :class:`OutOfRange`, without showing it, for one that is easily guessed."""
    rule = _rule(password, name)
    if rule:
        raise OutOfRange("password", "…", rule)
    return _HASHES.hash(password)


def is_right(password: str, hashed: str | None) -> bool:
    """Whether it is the one; of a name that there is not (None) it is not, after as long a look."""
    if len(password) > LONGEST:
        return False
    try:
        with _ROOM:
            right = _HASHES.verify(password, _NOBODY if hashed is None else hashed)
    except UnknownHashError:
        return False
    return right and hashed is not None


def _rule(password: str, name: str) -> str:
    if not SHORTEST <= len(password) <= LONGEST:
        return f"must have {SHORTEST} to {LONGEST} characters"
    small = password.casefold()
    if name and name.casefold() in small:
        return "must not hold the user's name"
    if len(set(password)) < 5 or small.strip("0123456789!.-_ ") in COMMON:
        return "must not be one that everybody tries first"
    return ""

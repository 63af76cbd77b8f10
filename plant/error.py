"""Every error of Gemelo, one tree.

::

    GemeloError
    ├── ConfigError (ValueError)        a file is wrong; carries every mistake in it
    ├── OutOfRange (ValueError)         an argument is outside a relation's validity
    ├── CommandRefused (ValueError)     a write was not allowed; nothing was written
    ├── Unknown (KeyError)              no such tag, asset, device or bench
    ├── DeviceError (OSError)           a device did not do what was asked
    │   ├── DeviceLost (ConnectionError)    its connection is gone or was never there
    │   ├── DeviceTimeout (TimeoutError)    it did not answer in time
    │   └── DeviceRefused                   it answered with an exception of its protocol
    └── ServiceError (RuntimeError)     a process of ours cannot start or answer
        ├── BenchFault                      a test bench is not as it should be (hil.outcome)
        └── Inconclusive                    what a test asks cannot be told from what was seen

Bad data is data (see :mod:`control.bus.quality`); these are broken promises.
Each message names the subject, the value and the rule.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from reprlib import Repr


class GemeloError(Exception):
    """Root of all errors that Gemelo raises on purpose."""


_SHORT = Repr()  # a value may be a megabyte, or a thousand lists deep
_SHORT.maxstring = _SHORT.maxother = 200
_SHORT.maxlist = _SHORT.maxtuple = _SHORT.maxdict = 20


@dataclass(frozen=True)
class Mistake:
    """One wrong thing in one file: where, what stands there, and the rule it breaks."""

    file: str
    key: str
    value: object
    rule: str

    def __str__(self) -> str:
        shown = "" if self.value is None else f" = {_SHORT.repr(self.value)}"
        return f"{self.file}: {self.key}{shown}: {self.rule}"


class ConfigError(GemeloError, ValueError):
    """A configuration file is wrong. ``mistakes`` lists all of it, not the first only."""

    def __init__(self, mistakes: Sequence[Mistake]):
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(map(str, self.mistakes)))


class OutOfRange(GemeloError, ValueError):
    """An argument lies outside the range in which a relation holds."""

    def __init__(self, name: str, value: object, rule: str):
        self.name, self.value, self.rule = name, value, rule
        super().__init__(f"{name} = {value}: {rule}")


class CommandRefused(GemeloError, ValueError):
    """A command did not pass. Nothing was written. ``rules`` is the rule in each language, where it has been put so."""

    def __init__(self, tag: str, value: object, rule: str, rules: Mapping[str, str] | None = None):
        self.tag, self.value, self.rule, self.rules = tag, value, rule, dict(rules or {"en": rule})
        super().__init__(f"{tag} = {value}: {rule}")


class Unknown(GemeloError, KeyError):
    """A name that nothing answers to."""

    def __init__(self, kind: str, name: str):
        self.kind, self.name = kind, name
        super().__init__(f"no {kind} {name!r}")

    def __str__(self) -> str:  # KeyError would show the repr
        return str(self.args[0])


class DeviceError(GemeloError, OSError):
    """A device did not do what was asked."""

    def __init__(self, device: str, rule: str):
        self.device, self.rule = device, rule
        super().__init__(f"{device}: {rule}")


class DeviceLost(DeviceError, ConnectionError):
    """The connection to a device is gone, or never was."""


class DeviceTimeout(DeviceError, TimeoutError):
    """A device did not answer in time."""


class DeviceRefused(DeviceError):
    """A device answered with an exception of its own protocol."""


class ServiceError(GemeloError, RuntimeError):
    """A process of ours cannot start, or did not answer."""

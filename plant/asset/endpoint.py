"""Where a device answers, as one line of text: ``modbus://127.0.0.1:15021/1``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

HERE = ("127.0.0.1", "localhost", "::1")  # hosts that are this machine


@dataclass(frozen=True)
class Endpoint:
    """Where a device answers: ``modbus://127.0.0.1:15021/1`` (unit 1), ``opc.tcp://127.0.0.1:4840/nexus/pf`` …

    A serial line is a host without a port, named by its file: ``modbus+serial:///dev/ttyUSB0/1``.
    """

    scheme: str
    host: str
    port: int
    path: str = ""

    @classmethod
    def read(cls, text: str, ports: Mapping[str, int]) -> Endpoint:
        """The endpoint that ``text`` says, its port that of its scheme in ``ports`` where it says none.

        Raises ``ValueError`` with the rule that it breaks.
        """
        try:
            parts = urlsplit(text)
            usual = ports[parts.scheme]
            port = usual if parts.port is None else parts.port
        except (ValueError, KeyError):
            parts, port = SplitResult("", "", "", "", ""), 0
        if ports.get(parts.scheme) == 0:
            return _line(text, parts)
        if not parts.hostname or not port or any(c.isspace() for c in text):
            raise ValueError(f"must be SCHEME://HOST:PORT, SCHEME one of {', '.join(ports)}")
        if "@" in parts.netloc:
            raise ValueError("must not hold a user or password: say user, and password_env or password_file, beside it")
        if "?" in text or "#" in text:
            raise ValueError("must end with its path: nothing would read what follows ? or #")
        return cls(parts.scheme, parts.hostname, port, parts.path.lstrip("/"))

    @property
    def is_here(self) -> bool:
        """Whether it is on this machine."""
        return self.host in HERE

    @property
    def place(self) -> tuple[str, int]:
        """Host and port, this machine by one name."""
        return (HERE[0] if self.is_here else self.host), self.port

    @property
    def unit_id(self) -> int:
        """Modbus unit, the last part of the address; 1 where it has none."""
        return int(self.path) if self.path else 1

    def __str__(self) -> str:
        if not self.port:
            return f"{self.scheme}://{self.host}" + (f"/{self.path}" if self.path else "")
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}" + (f"/{self.path}" if self.path else "")


def _line(text: str, parts: SplitResult) -> Endpoint:
    file, _, unit = parts.path.rpartition("/")
    if parts.netloc or not file.strip("/") or not unit.isdecimal() or any(c.isspace() or c in "?#" for c in text):
        raise ValueError(f"must be {parts.scheme}:///FILE/UNIT, such as {parts.scheme}:///dev/ttyUSB0/1")
    return Endpoint(parts.scheme, file, 0, unit)

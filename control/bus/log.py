"""The log of a service: a line an event, ``time level event key=value …``, on standard error.

On Python's own logging: a structured-logging library costs every process some 8 MB that nothing else needs.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Callable
from typing import Any

_LOG = logging.getLogger("gemelo")


class _Line(logging.Formatter):
    """Logfmt: values with blanks, quotes or line ends stand in quotes."""

    def format(self, record: logging.LogRecord) -> str:
        facts = {"event": record.msg, **getattr(record, "facts", {})}
        if record.exc_info:
            facts["exception"] = self.formatException(record.exc_info)
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + f".{int(record.msecs):03d}Z"
        shown = {"time": moment, "level": record.levelname.lower(), **facts}
        return " ".join(f"{key}={_quoted(str(value))}" for key, value in shown.items())


class Bound(logging.Filter):
    """So many lines of one event in so long, that none can fill the disk; the next one says how many were left out."""

    def __init__(self, lines: int = 50, within: float = 10.0, now: Callable[[], float] = time.monotonic):
        super().__init__()
        self._lines, self._within, self._now = lines, within, now
        self._since: dict[str, tuple[float, int]] = {}  # event: when its count began, and the count

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is written."""
        now, event = self._now(), str(record.msg)
        since, count = self._since.get(event, (now, 0))
        if now - since >= self._within:
            if count > self._lines:
                record.facts = {**getattr(record, "facts", {}), "left_out_before": count - self._lines}
            since, count = now, 0
        self._since[event] = since, count + 1
        return count < self._lines


def to_standard_error() -> None:
    """Let the log go where the supervisor collects it."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Line())
    handler.addFilter(Bound())
    _LOG.addHandler(handler)
    _LOG.setLevel(logging.INFO)
    _LOG.propagate = False


def info(event: str, **facts: Any) -> None:
    """Something happened that may be of use to know."""
    _LOG.info(event, extra={"facts": facts})


def warning(event: str, **facts: Any) -> None:
    """Something went wrong and was survived."""
    _LOG.warning(event, extra={"facts": facts})


def failure(event: str, **facts: Any) -> None:
    """Something went wrong that should not be able to; with the traceback of the exception at hand."""
    _LOG.error(event, extra={"facts": facts}, exc_info=True)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False) if not text or set(text) & set(' "=\n') else text

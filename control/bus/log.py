"""The log of a service: a line an event, ``time level event key=value …``, on standard error.

On Python's own logging: a structured-logging library costs every process some 8 MB that nothing else needs.
"""

from __future__ import annotations

import json
import logging
import sys
import time
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


def to_standard_error() -> None:
    """Let the log go where the supervisor collects it."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Line())
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

"""The lifeline: a pipe on which a service shows its supervisor that its loop still turns.

It does not go over the bus, since a service that lives through an outage of the bus is not to be ended for it. Where
there is no supervisor there is no pipe, and nothing is shown.
"""

from __future__ import annotations

import os

VARIABLE = "GEMELO_LIFELINE"  # in the environment of a service: number of the pipe's end to write to


class Lifeline:
    """The service's end."""

    def __init__(self, end: int | None):
        self._end = end
        if end is not None:
            os.set_blocking(end, False)
            os.set_inheritable(end, False)  # what the service starts must not live in its place

    @classmethod
    def inherited(cls) -> Lifeline:
        """That of this process."""
        text = os.environ.pop(VARIABLE, "")
        return cls(int(text) if text.isdigit() else None)

    def beat(self) -> None:
        """Show a sign of life. Raises nothing: nobody may listen, or not just now."""
        if self._end is None:
            return
        try:
            os.write(self._end, b".")
        except BlockingIOError:  # the supervisor is held up; there are more signs than it needs
            pass
        except OSError:  # it is gone, which the service notices otherwise
            self._end = None

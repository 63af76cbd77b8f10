"""A tether: the system ends a process when its parent is gone, however that went.

``python -m control.bus.tether PARENT COMMAND…`` becomes COMMAND, so held, for programs that are not ours. Only Linux
can do it; elsewhere our own services look after their parent, and others are ended by the next start.
"""

from __future__ import annotations

import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # prctl(2)


def hold_to(parent: int) -> None:
    """Let SIGTERM come when ``parent`` ends; at once where it has ended already."""
    if sys.platform != "linux":
        return
    import ctypes

    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    hold_to(int(sys.argv[1]))
    os.execv(sys.argv[2], sys.argv[2:])

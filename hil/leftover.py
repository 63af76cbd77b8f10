"""Processes that a killed supervisor left behind.

Our own services end by themselves when their parent is gone; the bus server cannot know. Whoever starts
next on the same folder ends what is left, recognised by process number and start time together.
"""

from __future__ import annotations

from typing import Any

GRACE = 10.0  # s to stop in, before being killed


def started_at(pid: int) -> float:
    """When a process started, as the system counts it; 0 where there is none, or one that only waits to be buried."""
    import psutil

    try:
        process = psutil.Process(pid)
        return 0.0 if process.status() == psutil.STATUS_ZOMBIE else process.create_time()
    except psutil.NoSuchProcess:
        return 0.0


def end_leftovers(run: dict[str, Any] | None) -> list[str]:
    """End the processes of ``run`` (a former run.json) that still live, and name them."""
    import psutil

    found = {}
    for name, child in ((run or {}).get("children") or {}).items():
        if child["pid"] and abs(started_at(child["pid"]) - child["started"]) < 1.0:
            found[name] = psutil.Process(child["pid"])
    for process in found.values():
        process.terminate()
    _, alive = psutil.wait_procs(found.values(), timeout=GRACE)
    for process in alive:
        process.kill()
    return list(found)

"""How many requests a second the API answers beside a bare Starlette route that gives the same bytes, and how soon it
takes in and lists a hundred thousand wells.

The demo field runs meanwhile. Requests come over 1, 50 and 1,000 connections, each with one outstanding; what a request
costs its server is told in processor time, since the load shares the machine with it: ``requests_per_s_per_core`` is
how many a core kept busy would answer. Wells are imported and listed in a process of their own, in each kind of
database that is here.
"""

from __future__ import annotations

import asyncio
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil

from hil.stack import Stack
from plant.error import ServiceError
from ui.measuring.api.load import Target, at_rate, flat_out
from ui.measuring.api.postgres import databases

CONNECTIONS = (1, 50, 1000)
RATE = 1000.0  # requests per second, of the open-loop part
LONG = 120.0  # s from which on all hundred thousand wells are imported
MANY, FEW = 100_000, 5_000
TAGS = 200


def run(seconds: float) -> dict[str, Any]:
    """Measure for about ``seconds``, starting and stopping included. Raises :class:`ServiceError`."""
    many = MANY if seconds >= LONG else FEW
    with tempfile.TemporaryDirectory(prefix="gemelo-") as folder:
        listed = _wells(Path(folder), many)
        stack = Stack("shengli12", folder=Path(folder) / "field")
        try:
            stack.start()
            hot = asyncio.run(_hot(stack, max(0.25, (seconds - 30.0) / 40.0)))
        finally:
            stack.close()
    return {
        "bench": "api",
        "figures": hot["figures"] | listed, "peers": hot["peers"], "ratios": hot["ratios"],
        "settings": {
            "seconds": seconds, "connections": CONNECTIONS, "rate_per_s": RATE, "wells": many,
            "cpu_count": os.cpu_count(), "python": platform.python_version(), "long_form": "--seconds 300",
        },
    }  # fmt: skip


def _wells(folder: Path, many: int) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    with databases(folder) as urls:
        for kind, url in urls.items():
            told = _trial(url, folder, many)
            figures |= {
                f"import_{many // 1000}k_s_{kind}": told["import_s"],
                f"list_p95_ms_{kind}": told["list_p95_ms"],
            }
    return figures


def _trial(url: str, folder: Path, many: int) -> dict[str, float]:
    command = [sys.executable, "-m", "ui.api.record.trial", url, str(folder), str(many)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ServiceError(f"wells could not be imported and listed: {done.stderr.strip()[-500:]}")
    told: dict[str, float] = json.loads(done.stdout)
    return told


async def _hot(stack: Stack, window: float) -> dict[str, Any]:
    bearer = f"Bearer {stack.token}"
    targets = _targets(stack, bearer)
    answers = {name: await target.once() for name, target in targets.items()}
    figures: dict[str, float] = {}
    peers: dict[str, float] = {}
    ratios: dict[str, float] = {}
    ours = psutil.Process(stack.children()["api"]["pid"])
    with _bare(answers) as (port, bare):
        for name, target in targets.items():
            peer = Target("127.0.0.1", port, f"/{name}", bearer)
            rounds = [
                (n, await flat_out(target, ours, n, window), await flat_out(peer, bare, n, window)) for n in CONNECTIONS
            ]
            figures |= {f"requests_per_s_per_core_{name}_{n}": round(a.per_core) for n, a, _ in rounds}
            peers |= {f"bare_per_s_per_core_{name}_{n}": round(b.per_core) for n, _, b in rounds}
            ratios |= {f"vs_bare_{name}": round(min(a.per_core / b.per_core for _, a, b in rounds), 3)}
            figures[f"failed_{name}"] = sum(a.failed for _, a, _ in rounds)
        paced = await at_rate(targets["well"], RATE, 8 * window)
    figures |= {"p95_ms_at_1000_per_s": round(paced.p95 * 1e3, 2), "failed_at_1000_per_s": paced.failed}
    figures["reached_per_s"] = round(paced.rate)
    return {"figures": figures, "peers": peers, "ratios": ratios}


def _targets(stack: Stack, bearer: str) -> dict[str, Target]:
    """A well, two hundred latest values, and a day's history of a tag."""
    tags = ",".join(sorted(stack.bench.primary())[:TAGS])
    tag = next(name for name in sorted(stack.bench.primary()) if name.startswith("Well.") and name.endswith(".Flow"))
    well, end = tag.split(".")[1], datetime.now(UTC).replace(microsecond=0)
    span = f"start={(end - timedelta(days=1)).isoformat()[:19]}Z&end={end.isoformat()[:19]}Z&interval=1m"
    paths = {"well": f"/wells/{well}", "values": f"/values?tags={tags}", "history": f"/history?tags={tag}&{span}"}
    return {name: Target("127.0.0.1", stack.api_port, f"/api/v1{path}", bearer) for name, path in paths.items()}


@contextmanager
def _bare(answers: dict[str, bytes]) -> Iterator[tuple[int, psutil.Process]]:
    """A bare Starlette that gives these answers, in a process of its own: its port, and the process."""
    said = json.dumps({name: body.decode() for name, body in answers.items()})
    process = subprocess.Popen(
        [sys.executable, "-m", "ui.measuring.api.bare"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdin
        assert process.stdout
        process.stdin.write(said)
        process.stdin.close()
        port = process.stdout.readline().strip()
        if not port.isdecimal():
            raise ServiceError("the bare server did not start")
        _await(int(port))
        yield int(port), psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait()


def _await(port: int) -> None:
    import socket

    until = time.monotonic() + 30.0
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1.0).close()
            return
        except OSError:
            time.sleep(0.1)
    raise ServiceError("the bare server does not listen")

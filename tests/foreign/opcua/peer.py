"""node-opcua as a process: installed once under build/, and run as a client or as a server."""

import asyncio
import contextlib
import functools
import hashlib
import json
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import _require_peer
from tests.limit import HANGS

HERE = Path(__file__).parent
BUILD = HERE.parents[2] / "build"
INSTALL = ["install", "--no-package-lock", "--no-audit", "--no-fund", "--silent"]
PATIENCE = HANGS


@functools.cache
def environment() -> dict[str, str]:
    """What node needs to find node-opcua, installed now if it is not there. It writes nowhere but under build/."""
    place = BUILD / f"node-opcua-{hashlib.sha256((HERE / 'package.json').read_bytes()).hexdigest()[:12]}"
    node, npm = _require_peer("node"), _require_peer("npm")
    if not place.exists():
        _install(npm, place)
    home = str(place / "home")
    paths = {"NODE_PATH": str(place / "node_modules"), "HOME": home, "XDG_CONFIG_HOME": home}
    return {"PATH": f"{Path(node).parent}{os.pathsep}{os.environ['PATH']}", **paths}


def _install(npm: str, place: Path) -> None:
    BUILD.mkdir(exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=BUILD))  # whole or not at all, also where two test runs meet
    for name in ("package.json", ".npmrc"):
        shutil.copy(HERE / name, fresh)
    done = subprocess.run([npm, *INSTALL], cwd=fresh, capture_output=True, text=True, timeout=HANGS)
    if done.returncode:
        shutil.rmtree(fresh)
        reason = f"npm cannot install node-opcua: {done.stderr.strip()[-300:]}"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    (fresh / "home").mkdir()
    with contextlib.suppress(OSError):  # another run was first
        fresh.rename(place)


async def ask(endpoint: str, *steps: dict[str, Any]) -> list[Any]:
    """Let the foreign client do these steps (see client.js) and return what came of each."""
    process = await asyncio.create_subprocess_exec(
        "node", str(HERE / "client.js"), endpoint, json.dumps(steps), env=environment(),
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        async with asyncio.timeout(PATIENCE):
            out, err = await process.communicate()
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
    results = [line for line in out.decode().splitlines() if line.startswith("RESULT ")]
    assert results, f"the foreign client ended with {process.returncode}: {err.decode()[-500:]}"
    return list(json.loads(results[0].removeprefix("RESULT ")))


class ForeignServer:
    """The server of server.js on one port; it may be killed and started again."""

    def __init__(self, port: int):
        self.port, self.process = port, None

    @property
    def endpoint(self) -> str:
        return f"opc.tcp://127.0.0.1:{self.port}/nexus/pf"

    def start(self) -> None:
        """Start it, and return when it listens."""
        command = ["node", str(HERE / "server.js"), str(self.port)]
        self.process = subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith("listening"):
                return
        raise RuntimeError(f"server.js ended: {self.process.wait(HANGS)}")

    def kill(self) -> None:
        """As when its power fails."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(HANGS)
            assert self.process.stdout is not None
            self.process.stdout.close()
            self.process = None

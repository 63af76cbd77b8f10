"""A recorder: the folder of one run, written while the run goes on, so that one that dies leaves what it had.

``manifest.json`` says bench, targets, revision, seed and verdicts; ``verdicts.jsonl`` and ``wire.jsonl`` grow line by
line; captures of a test lie under ``captures/``; ``junit.xml`` and ``report.html`` are made at the end.
"""

from __future__ import annotations

import json
import platform
import re
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from hil.run.junit import junit
from hil.run.page import page

MOST_LINES = 200_000  # of the wire: an hour of one device at 20 requests a second and more


class Recorder:
    """A pytest plugin of one run, registered where the run has a folder."""

    def __init__(self, config: Any):
        self.folder = Path(config.getoption("--hil-run"))
        self.logs = self.folder / "logs"
        self.logs.mkdir(parents=True, exist_ok=True)
        self._manifest: dict[str, Any] = {
            "started": _now(), "ended": None, "bench": config.getoption("--bench"), "gemelo": version("gemelo"),
            "python": platform.python_version(), "machine": platform.node(), "seed": config.getoption("--hil-seed"),
            "arguments": [str(one) for one in config.invocation_params.args], "targets": {}, "verdicts": {},
        }  # fmt: skip
        self._rows: dict[str, dict[str, Any]] = {}
        self._lines = 0
        self._rigs: list[Any] = []
        self._test = ""
        self._wire = (self.folder / "wire.jsonl").open("w", buffering=1)
        self._verdicts = (self.folder / "verdicts.jsonl").open("w", buffering=1)
        self._keep()

    def opened(self, rig: Any) -> None:
        """Note a target, and listen to its links."""
        said = {name: {"endpoint": str(d.endpoint), "profile": d.profile.name} for name, d in rig.devices.items()}
        features = {"features": sorted(rig.features), "lacks": dict(rig.target.lacks), "notes": rig.notes}
        self._manifest["targets"][rig.name] = {"devices": said, **features}
        self._rigs.append(rig)
        rig.listen(self._heard)
        self._keep()

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """The test that begins."""
        self._test = nodeid

    def pytest_runtest_logreport(self, report: Any) -> None:
        """One phase of a test; the worst of its phases is its verdict."""
        outcome = getattr(report, "hil_outcome", "")
        row = self._rows.setdefault(report.nodeid, {"test": report.nodeid, "outcome": "", "why": "", "seconds": 0.0})
        row["target"] = getattr(report, "hil_target", row.get("target", ""))
        row["seconds"] += report.duration
        if (outcome and ORDER.index(outcome) > ORDER.index(row["outcome"] or ORDER[0])) or not row["outcome"]:
            row |= {"outcome": outcome or ("skipped" if report.skipped else "pass"), "why": _why(report)}
        if report.when == "call":
            self._captures(report.nodeid, row)
        if report.when == "teardown":
            self._verdicts.write(json.dumps(row) + "\n")

    def pytest_sessionfinish(self) -> None:
        """Write what is made at the end."""
        rows = list(self._rows.values())
        self._manifest["verdicts"] = {one: sum(r["outcome"] == one for r in rows) for one in ORDER}
        self._manifest["ended"] = _now()
        self._keep()
        (self.folder / "junit.xml").write_text(junit(rows, self._manifest))
        (self.folder / "report.html").write_text(page(self.folder))
        for file in (self._wire, self._verdicts):
            file.close()

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Say where it all is."""
        terminalreporter.write_line(f"run: {self.folder}; report: {self.folder / 'report.html'}")

    def _heard(self, device: str, frame: Any, fault: str) -> None:
        self._lines += 1
        if self._lines > MOST_LINES or self._wire.closed:
            return
        said = {"time": time.time(), "test": self._test, "device": device, "way": frame.direction}
        said |= {"function": frame.function, "address": frame.address, "bytes": frame.data[:64].hex()}
        self._wire.write(json.dumps(said | ({"fault": fault} if fault else {})) + "\n")

    def _captures(self, test: str, row: dict[str, Any]) -> None:
        """Of this test, those that hold anything."""
        name = re.sub(r"[^A-Za-z0-9_.-]+", "_", test.rpartition("::")[2])
        made = [capture for rig in self._rigs for capture in rig.captures]
        for i, capture in enumerate(made):
            path = capture.save(self.folder / "captures" / f"{name}-{i}.parquet")
            row.setdefault("captures", []).append(str(path.relative_to(self.folder)))

    def _keep(self) -> None:
        draft = self.folder / "manifest.new.json"
        draft.write_text(json.dumps(self._manifest, indent=1))
        draft.replace(self.folder / "manifest.json")


ORDER = ("pass", "skipped", "inconclusive", "fail", "error")


def _why(report: Any) -> str:
    return str(getattr(report, "hil_why", "") or (report.longreprtext if report.failed else ""))[:2000]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")

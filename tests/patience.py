"""Patience and its end: no test may hold up the others for ever, and whoever looks at a run sees what it does.

A plugin of `make test`, with three nets, each for what slips through the one before. pytest-timeout fails a test that
takes too long; it forgets the teardown of a test that failed, so that gets a limit of its own here. A worker that
stays in one test for ``stuck_after`` seconds prints every thread's stack and ends, from a thread of faulthandler's
that needs no interpreter; pytest-xdist names the test and goes on with another worker. After ``session_limit`` seconds
the run ends, whatever it does, and says what was running.
"""

from __future__ import annotations

import _thread
import contextlib
import faulthandler
import os
import signal
import threading
import time
from collections.abc import Iterator
from typing import Any

import psutil
import pytest
from pytest_timeout import Settings

LIMITS = {
    "teardown_limit": (300.0, "s that a test's teardown may take"),
    "stuck_after": (1800.0, "s after which a worker that is still in the same test prints its stacks and ends"),
    "silence": (120.0, "s without a result after which what is running is printed"),
    "session_limit": (3000.0, "s that all tests together may take"),
}
STARTING = 300.0  # s that workers may take to be ready for the first test
LAST_LINES = 15  # of a failure, printed at once; the whole comes at the end
RUN, WORKER = "PYTEST_XDIST_TESTRUNUID", "PYTEST_XDIST_WORKER"  # which what a worker starts inherits


def pytest_addoption(parser: pytest.Parser) -> None:
    """Called by pytest."""
    for name, (default, meaning) in LIMITS.items():
        parser.addini(name, meaning, default=str(default))


def pytest_configure(config: pytest.Config) -> None:
    """Called by pytest, in the controller and in every worker."""
    limits = {name: float(config.getini(name)) for name in LIMITS}
    if config.getoption("numprocesses", None):
        config.pluginmanager.register(Watch(config, limits))
    else:
        config.pluginmanager.register(Worker(limits))


class Worker:
    """Ends itself where it is stuck, since nobody else knows."""

    def __init__(self, limits: dict[str, float]):
        self._limits = limits
        self._stderr = os.dup(2)  # not what a test's output is captured into

    def pytest_runtest_logstart(self) -> None:
        """A test begins."""
        self._arm()

    @pytest.hookimpl(trylast=True)
    def pytest_exception_interact(self) -> None:
        """A test failed, whereupon pytest's faulthandler forgets its timer: the teardown is still to come."""
        self._arm()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Iterator[None]:
        """Give a teardown time of its own: pytest-timeout forgets it once the test has failed."""
        settings = Settings(self._limits["teardown_limit"], "signal", False, False)
        item.config.hook.pytest_timeout_set_timer(item=item, settings=settings)
        try:
            return (yield)
        finally:
            item.config.hook.pytest_timeout_cancel_timer(item=item)

    def pytest_runtest_logfinish(self) -> None:
        """A test is over."""
        faulthandler.cancel_dump_traceback_later()

    def _arm(self) -> None:
        faulthandler.dump_traceback_later(self._limits["stuck_after"], exit=True, file=self._stderr)


class Watch:
    """The controller's eyes: what runs where and since when, and what of a worker outlives it."""

    def __init__(self, config: pytest.Config, limits: dict[str, float]):
        self._config, self._limits = config, limits
        self._running: dict[str, tuple[str, float]] = {}  # test: worker, when it began
        self._heard = time.monotonic()
        self._ends = self._heard + STARTING + limits["session_limit"]
        self._run = ""
        self._over = threading.Event()

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionstart(self) -> None:
        """Begin to watch."""
        # A shell without job control starts what runs behind it deaf to interrupts, by which a run is ended here.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        # Should even the controller's own end hang.
        hanging = STARTING + self._limits["session_limit"] + 120
        faulthandler.dump_traceback_later(hanging, exit=True, file=os.dup(2))
        threading.Thread(target=self._look, daemon=True).start()

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """A test begins somewhere."""
        self._heard = time.monotonic()
        self._ends = min(self._ends, self._heard + self._limits["session_limit"])
        self._running[nodeid] = self._worker_of(nodeid), self._heard

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        """A test is over."""
        self._heard = time.monotonic()
        self._running.pop(nodeid, None)

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Say at once what failed and how: a run that is ended from outside never comes to its summary."""
        self._heard = time.monotonic()
        if report.failed:
            lines = report.longreprtext.rstrip().splitlines()[-LAST_LINES:]
            self._say(f"FAILED {report.nodeid} ({report.when})", *lines)

    @pytest.hookimpl(trylast=True)
    def pytest_testnodedown(self, node: Any, error: object) -> None:
        """End what a worker that died has left: its own teardowns never came."""
        self._run = node.workerinput["testrunuid"]
        name = node.gateway.id
        if error:
            self._running = {test: at for test, at in self._running.items() if at[0] != name}
            for left in end_processes({RUN: self._run, WORKER: name}):
                self._say(f"ended what {name} had left: {left}")

    @pytest.hookimpl(tryfirst=True)
    def pytest_keyboard_interrupt(self) -> None:
        """The run is ending: another interrupt would end pytest itself, which a slow machine gives time for."""
        self._over.set()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self) -> Iterator[None]:
        """Nothing that a test started outlives the tests."""
        self._over.set()
        try:
            return (yield)
        finally:
            for left in end_processes({RUN: self._run}) if self._run else ():
                self._say(f"ended what tests had left: {left}")

    def pytest_unconfigure(self) -> None:
        """The end."""
        self._over.set()
        faulthandler.cancel_dump_traceback_later()

    def _look(self) -> None:
        while not self._over.wait(min(1.0, self._limits["silence"])):
            now = time.monotonic()
            if now > self._ends:
                self._say(f"the tests take longer than {self._limits['session_limit']:g} s", *self._now_running(now))
                self._interrupt()
            elif now - self._heard > self._limits["silence"]:
                self._heard = now
                self._say(*self._now_running(now))

    def _interrupt(self) -> None:
        """Again and again: one that comes while the main thread suppresses errors is lost."""
        _thread.interrupt_main()
        while not self._over.wait(2.0):
            _thread.interrupt_main()

    def _now_running(self, now: float) -> list[str]:
        running = [
            f"running: {test} on {name} for {now - at:.0f} s" for test, (name, at) in self._running.copy().items()
        ]
        return running or ["no test is running"]

    def _worker_of(self, nodeid: str) -> str:
        assigned = self._config.pluginmanager.getplugin("dsession").sched.assigned_work
        return next((n.gateway.id for n, work in assigned.items() if any(nodeid in unit for unit in work.values())), "")

    def _say(self, *lines: str) -> None:
        terminal = self._config.pluginmanager.getplugin("terminalreporter")
        terminal.ensure_newline()
        for line in lines:
            terminal.write_line(line)
        terminal.flush()


def end_processes(marks: dict[str, str]) -> list[str]:
    """Kill every process with these environment variables, and say which those were."""
    ended = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            environment = process.environ()
            if all(environment.get(name) == value for name, value in marks.items()):
                ended.append(f"{process.pid} {' '.join(process.cmdline())[:150]}")
                process.kill()
    return ended

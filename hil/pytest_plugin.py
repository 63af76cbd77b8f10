"""The pytest plugin: benches for acceptance tests, from the installed package.

Everything heavy is imported by the fixtures that want it; a run that asks for none pays for this file alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from hil.access.capture import Capture
    from hil.access.fault import ErrorPort
    from hil.access.model import ModelPort
    from hil.target.rig import Rig
    from plant.asset.bench import Bench

DEFAULT = "shengli12"
WORDS = {  # outcome → its letter and its word, where pytest has none
    "inconclusive": ("inconclusive", "I", "INCONCLUSIVE"), "error": ("error", "E", "ERROR"),
}  # fmt: skip


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of a run."""
    group = parser.getgroup("gemelo", "hardware in the loop")
    group.addoption("--bench", metavar="FILE", help="bench file, or a bundled bench by name", default=DEFAULT)
    group.addoption("--target", metavar="NAME", action="append", default=[], help="of the bench; may be repeated")
    group.addoption("--hil-run", metavar="FOLDER", default="", help="folder for manifest, reports and captures")
    group.addoption("--hil-seed", metavar="N", type=int, default=0, help="of the simulated plant and of chance")


def pytest_configure(config: pytest.Config) -> None:
    """The one marker."""
    config.addinivalue_line("markers", "needs(feature, ...): leave the test out on targets that lack one of these")
    if config.getoption("--hil-run"):
        from hil.run.recorder import Recorder

        config.pluginmanager.register(Recorder(config), "gemelo-run")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each test that has a target runs on every one that was chosen."""
    if "target" in metafunc.fixturenames and "target" in metafunc._arg2fixturedefs:
        is_ours = metafunc._arg2fixturedefs["target"][-1].func is target_fixture
        if is_ours:
            metafunc.parametrize("target", _chosen(metafunc.config), indirect=True, scope="session")


def _chosen(config: pytest.Config) -> list[str]:
    """The targets that were named, or all that the bench's file names, or the first it has. All wrong names at once."""
    from hil.target.rig import targets_of
    from plant.error import GemeloError

    try:
        bench = _bench(config)
    except GemeloError as error:
        raise pytest.UsageError(str(error)) from None
    known = targets_of(bench)
    named: list[str] = config.getoption("--target")
    if wrong := [name for name in named if name not in known]:
        raise pytest.UsageError(
            f"no target {', '.join(map(repr, wrong))} on {bench.path}: there are {', '.join(known)}"
        )
    return named or [target.name for target in bench.targets] or list(known)[:1]


def _bench(config: pytest.Config) -> Bench:
    from plant.asset.bench_file import load_bench

    return load_bench(config.getoption("--bench"))


@pytest.fixture(scope="session")
def bench(pytestconfig: pytest.Config) -> Bench:
    """The bench of this run."""
    return _bench(pytestconfig)


@pytest.fixture(scope="session")
def _background() -> Iterator[Any]:
    from hil.background import Background

    background = Background()
    yield background
    background.close()


def target_fixture(request: pytest.FixtureRequest, bench: Bench, _background: Any) -> Iterator[Rig]:
    """One target, brought up for all tests of the session, its links on free ports behind proxies."""
    from hil.target.rig import Rig, targets_of

    config = request.config
    recorder = config.pluginmanager.get_plugin("gemelo-run")
    folder = recorder.logs if recorder else None
    with Rig(
        bench, targets_of(bench)[request.param], _background, folder=folder, seed=config.getoption("--hil-seed")
    ) as rig:
        if recorder:
            recorder.opened(rig)
        yield rig


target = pytest.fixture(scope="session", name="target")(target_fixture)


def _end_when_told() -> None:
    """Let SIGTERM and SIGHUP unwind the run as Ctrl-C does, so that what it has started is ended in order."""
    import signal
    import threading

    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _needs(request: pytest.FixtureRequest) -> Iterator[None]:
    """Leave out what the target lacks; before each test its bench is looked at, after it nothing of it stays."""
    if "target" not in request.fixturenames:
        yield
        return
    rig: Rig = request.getfixturevalue("target")
    if why := rig.lacking(*(name for mark in request.node.iter_markers("needs") for name in mark.args)):
        pytest.skip(why)
    if wrong := rig.faults():
        from hil.outcome import BenchFault

        raise BenchFault("; ".join(wrong))
    yield
    if not rig.faults():
        rig.recover()


@pytest.fixture
def ports(target: Rig) -> ModelPort:
    """The target's signals: read, written, waited for."""
    return target.ports


@pytest.fixture
def faults(target: Rig) -> ErrorPort:
    """What can go wrong with the target."""
    return target.errors


@pytest.fixture
def capture(target: Rig) -> Callable[..., Capture]:
    """Starts captures of the target's signals."""
    return target.capture


@pytest.fixture
def stimulus(target: Rig) -> Callable[..., Any]:
    """Plays a timeline on the target."""
    return target.play


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> Iterator[None]:
    """Tell a failure of the device from a fault of the bench, and either from what cannot be told."""
    result = yield
    rig = getattr(item, "funcargs", {}).get("target")
    if rig is None or not hasattr(rig, "lacking"):
        return
    report = result.get_result()  # type: ignore[attr-defined]
    error = call.excinfo.value if call.excinfo else None
    report.hil_target = rig.name
    if report.skipped:
        report.hil_outcome, report.hil_why = "skipped", str(error)
        return
    from hil.outcome import outcome_of

    wrong = rig.faults() if error is not None else []
    report.hil_outcome = str(outcome_of(error, is_in_test=call.when == "call", faults=wrong))
    report.hil_why = "; ".join(wrong) or (str(error) if error else "")


def pytest_report_teststatus(report: Any) -> tuple[str, str, str] | None:
    """The words of outcomes that pytest does not have."""
    outcome = getattr(report, "hil_outcome", "")
    return WORDS.get(outcome) if report.failed else None

"""How long a process may be silent, and whose fault that is. Times are given, nobody waits."""

from ui.supervisor.watch import Watch


def watched(*looks: tuple[float, bool], silence: float = 20.0) -> Watch:
    watch = Watch(0.0, silence, birth=100.0)
    for now, seen in looks:
        watch.look(now, seen)
    return watch


def silent(start: int, end: int) -> list[tuple[float, bool]]:
    """A look a second, at which nothing is seen."""
    return [(float(now), False) for now in range(start, end)]


def test_what_has_shown_itself_and_falls_silent_is_frozen() -> None:
    """After its patience, not before."""
    assert not watched((1.0, True), *silent(2, 22)).is_frozen
    assert watched((1.0, True), *silent(2, 23)).is_frozen


def test_what_has_not_shown_itself_yet_has_more_time() -> None:
    """It may be compiling."""
    assert not watched(*silent(1, 100)).is_frozen
    assert watched(*silent(1, 103)).is_frozen


def test_time_that_the_watch_itself_lost_is_no_silence() -> None:
    """The machine slept for an hour between two looks; the process did too."""
    watch = watched((1.0, True))
    watch.look(3602.0, seen=False, late=3600.0)
    assert not watch.is_frozen
    assert watch.silent_for == 1.0

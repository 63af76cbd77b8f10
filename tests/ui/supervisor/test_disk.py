"""When storing pauses and goes on, and when the bus is renewed."""

from ui.supervisor.disk import Disk


def test_a_shortage_is_told_once_and_its_end_once() -> None:
    """Above the reserve, below it, and above again."""
    disk = Disk(100)
    assert [disk.look(free)[0] for free in (150, 90, 80, 120, 130)] == [False, True, False, True, False]


def test_the_bus_is_renewed_once_there_is_room_again_after_the_disk_was_full() -> None:
    """Not after a mere shortage, in which nobody has written."""
    disk = Disk(100)
    assert [disk.look(free)[1] for free in (150, 50, 150)] == [False, False, False]
    assert [disk.look(free)[1] for free in (0, 50, 150, 150)] == [False, False, True, False]

"""One trainer drives a field; whoever else comes watches."""

import pytest

from plant.error import CommandRefused
from scenarios.drill.hold import IDLE, Hold


def test_a_second_trainer_watches_until_the_first_leaves() -> None:
    hold = Hold(lambda: 0.0)
    hold.take("ana")
    with pytest.raises(CommandRefused, match="is driven by ana: you watch until they leave it"):
        hold.take("luis")
    hold.leave("luis")  # it is not his
    assert hold.name == "ana"
    hold.leave("ana")
    hold.take("luis")
    assert hold.name == "luis"


def test_who_does_nothing_for_long_has_it_no_more() -> None:
    now = [0.0]
    hold = Hold(lambda: now[0])
    hold.take("ana")
    now[0] = IDLE
    assert hold.name == ""
    hold.take("luis")

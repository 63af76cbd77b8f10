"""The bench of ingest: its set checker sees what it is there for, and its shortest form goes all the way."""

import numpy as np

from ui.measuring.ingest import run
from ui.measuring.ingest.check import Found, numbered


def test_a_number_that_is_missing_or_there_twice_is_counted_whatever_the_order() -> None:
    tag, number = np.array([7, 3, 3, 7, 3, 3]), np.array([1, 4, 1, 2, 2, 2])
    assert numbered(tag, number) == Found(kept=6, lost=1, duplicated=1, highest=6)
    assert numbered(tag[:0], number[:0]) == Found(0, 0, 0, 0)


def test_its_shortest_form_stores_every_numbered_point_once() -> None:
    measured = run(1.0, connections=2)
    figures = measured["figures"]
    assert list(measured) == ["bench", "figures", "peers", "ratios", "settings"]
    assert (figures["lost"], figures["duplicated"], figures["dropped_messages"]) == (0, 0, 0)
    assert figures["points"] >= measured["settings"]["tags"]
    assert measured["ratios"]["vs_stock"] > 0

"""Daily production: allocation by test and hours, closing with approval, corrections as new entries."""

from datetime import date

import pytest

from historian.ledger import day
from historian.ledger.audit import Actor
from historian.ledger.books import Books
from historian.ledger.day import SECOND, Span, allocate, balance, close, correct, downtime, standing
from historian.ledger.ledger import Ledger
from plant.error import ConfigError, OutOfRange

ANA, HOUR = Actor("ana"), 3600
DAY = Span.of(date(2026, 1, 31))
TOTALS = {"oil": 90.0, "gas": 900.0, "water": 300.0}


def field_with_two_wells(books: Books) -> str:
    """A gives twice what B does by its test; B stands for six hours."""
    field = str(books.add("field", {"code": "north", "name": "North"})["id"])
    kind = {"well_type": "PROD_OIL", "lift": "ESP", "status": "ACTIVE"}
    for code, rate in (("A", 0.002), ("B", 0.001)):
        well = books.add("well", {"field_id": field, "code": code, "name": code, **kind})["id"]
        volumes = {"oil": rate, "water": 3 * rate, "gas": 10 * rate}
        books.add("well_test", {"well_id": well, "start": 1, "end": 2, "state": "VALID", **volumes})
    stop = {"well_id": well, "start": DAY.start, "end": DAY.start + 6 * HOUR * SECOND, "reason": "ESP_TRIP"}
    books.add("downtime", stop)
    return field


def test_a_days_total_is_divided_by_test_and_hours_and_wells_add_up_to_it(ledger: Ledger) -> None:
    with ledger.writing("demo", ANA) as books:
        rows = allocate(books, field_with_two_wells(books), DAY, TOTALS, {"energy": 1e9})
        codes = {well["id"]: well["code"] for well in books.find("well")} | {None: "field"}
    by = {codes[row["well_id"]]: row for row in rows}
    assert by["A"]["oil"] == pytest.approx(90.0 * 2 * 24 / (2 * 24 + 18))
    assert (by["B"]["uptime"], by["B"]["deferred_oil"]) == (18 * HOUR, pytest.approx(0.001 * 6 * HOUR))
    assert (by["field"]["oil"], by["field"]["energy"]) == (90.0, 1e9)
    assert all(abs(left) < 1e-9 for left in balance(rows).values())


def test_a_closed_day_is_not_entered_again_and_its_approval_is_kept(ledger: Ledger) -> None:
    with ledger.writing("demo", ANA) as books:
        field = field_with_two_wells(books)
        allocate(books, field, DAY, TOTALS)
        allocate(books, field, DAY, TOTALS | {"oil": 100.0})  # an open day may be
        assert books.count("daily_production") == 3
        assert {row["state"] for row in close(books, field, DAY.day, "checked")} == {"CLOSED"}
        assert books.find("approval")[0]["subject"] == f"{field} 2026-01-31"
        for act in (lambda: allocate(books, field, DAY, TOTALS), lambda: close(books, field, DAY.day, "again")):
            with pytest.raises(OutOfRange, match="closed"):
                act()


def test_a_correction_is_a_new_entry_and_the_closed_one_stays(ledger: Ledger) -> None:
    with ledger.writing("demo", ANA) as books:
        field = field_with_two_wells(books)
        allocate(books, field, DAY, TOTALS)
        rows = close(books, field, DAY.day, "checked")
        well = next(row for row in rows if row["well_id"])
        correct(books, well["id"], {"oil": well["oil"] - 1.0}, "meter was out")
        correct(books, well["id"], {"oil": well["oil"] - 2.0}, "meter was out for longer")
        after = books.find("daily_production", field_id=field)
    assert [row for row in after if row["id"] == well["id"]] == [well]
    assert balance(after)["oil"] == pytest.approx(2.0)
    assert len(standing(after)) == 3


@pytest.mark.parametrize("changes", [{"oil": -1.0}, {"water": float("nan")}])
def test_a_correction_that_cannot_be_is_refused(ledger: Ledger, changes: dict[str, float]) -> None:
    with ledger.writing("demo", ANA) as books:
        field = field_with_two_wells(books)
        allocate(books, field, DAY, TOTALS)
        closed = close(books, field, DAY.day, "checked")[0]["id"]
        with pytest.raises(OutOfRange, match="reason"):
            correct(books, closed, {"oil": 1.0}, " ")
        with pytest.raises(ConfigError, match="must be"):
            correct(books, closed, changes, "a try")


def test_a_total_that_no_well_can_have_given_is_refused(ledger: Ledger) -> None:
    with ledger.writing("demo", ANA) as books:
        field = str(books.add("field", {"code": "north", "name": "North"})["id"])
        with pytest.raises(OutOfRange, match="must be given by some well"):
            allocate(books, field, DAY, TOTALS)


@pytest.mark.parametrize(
    ("stops", "hours"),
    [
        ([], 0),
        ([(0, 6)], 6),
        ([(0, 6), (3, 9)], 9),
        ([(-5, 2)], 2),
        ([(20, None)], 4),
        ([(-9, -1)], 0),
        ([(30, 40)], 0),
    ],
)
def test_stops_that_overlap_count_once_and_within_the_day_only(stops: list, hours: int) -> None:
    at = [{"start": DAY.start + a * HOUR * SECOND, "end": None if b is None else DAY.start + b * HOUR * SECOND}
          for a, b in stops]  # fmt: skip
    assert downtime(DAY, at) == hours * HOUR


def test_a_production_day_has_23_or_25_hours_when_clocks_are_set() -> None:
    lengths = [
        Span.of(date(2026, month, dom), "Europe/Madrid").length / HOUR for month, dom in ((3, 29), (10, 25), (7, 1))
    ]
    assert lengths == [23.0, 25.0, 24.0]
    with pytest.raises(OutOfRange, match="must be a time zone"):
        Span.of(DAY.day, "Mars/Olympus")


def test_shares_add_up_to_the_total_whatever_the_tests_say() -> None:
    theory = {str(i): {"oil": float(i % 7)} for i in range(100)}
    shares = day.allocated({"oil": 123.456}, theory)
    assert sum(share["oil"] for share in shares.values()) == pytest.approx(123.456)

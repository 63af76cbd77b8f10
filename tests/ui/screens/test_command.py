"""What a page's script may ask of the server: only what its user may, whatever the script says."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from control.bus import quality
from control.bus.batch import Batch
from control.bus.clock import WallClock
from control.bus.message.alarm import Handled
from control.bus.message.command import Outcome
from control.bus.message.form import Message
from plant.error import CommandRefused, ServiceError, Unknown
from ui.screens import alarm_list, setpoint
from ui.screens.language import languages
from ui.screens.page_feed import PageFeed
from ui.screens.shown_field import ShownField

TAG = "Well.CACB27A-P1.FrequencyReference"
pytestmark = pytest.mark.anyio


class Bus:
    """A bus with one answer, which remembers what was asked."""

    subjects = SimpleNamespace(commands=lambda asset: f"commands.{asset}", handling=lambda: "handling")

    def __init__(self, answer: Message | Exception | None = None):
        self.answer, self.asked = answer, list[tuple[str, Any]]()

    async def request(self, subject: str, message: Message, _: float = 0.0) -> bytes:
        self.asked.append((subject, message))
        if isinstance(self.answer, Exception):
            raise self.answer
        assert self.answer is not None
        return self.answer.encode()


DONE = Outcome(id="1", outcome="done", tag=TAG, value=48.0, readback=48.0, detail="", time_ns=1)
SEEN = Handled(id="x", state="ACKED", changed=True, time_ns=1, by="operator")


@pytest.fixture(scope="module")
def site() -> ShownField:
    return ShownField.load("shengli12", "shengli12")


def page(site: ShownField, bus: Bus, user: str = "operator", code: int = quality.GOOD) -> Any:
    feed = PageFeed([TAG], WallClock())
    feed.take(Batch.snapshot([TAG], feed.clock.now(), [47.0], code, "test"))
    return SimpleNamespace(
        user=user,
        may=lambda *_: bool(user),
        text=languages()["en"],
        context=SimpleNamespace(site=site, bus=bus, feed=feed),
    )


def asking(site: ShownField, bus: Bus, user: str = "operator", **asked: Any) -> Any:
    request = {"tag": TAG, "value": 48.0, "reason": "test"} | asked
    return setpoint.carry_out(page(site, bus, user), {TAG: site.tags[TAG]}, request)


async def test_a_reader_s_forged_message_writes_nothing(site: ShownField) -> None:
    """The disabled button is a courtesy; the refusal is here."""
    bus = Bus()
    assert await asking(site, bus, user="") == {"outcome": "refused", "text": "refused: Your role only looks"}
    assert (await alarm_list.handle(page(site, bus, ""), {"alarms": ["x"]}))["text"].startswith("refused")
    assert bus.asked == []


@pytest.mark.parametrize("value", [None, "48", True, float("nan"), float("inf"), [48], {}])
async def test_what_is_no_finite_number_is_not_sent(site: ShownField, value: Any) -> None:
    bus = Bus()
    assert (await asking(site, bus, value=value))["outcome"] == "refused"
    assert bus.asked == []


async def test_what_could_not_arrive_is_not_sent(site: ShownField) -> None:
    bus = Bus()
    lost = page(site, bus, code=quality.BAD_COMMUNICATION)
    said = await setpoint.carry_out(lost, {TAG: site.tags[TAG]}, {"tag": TAG, "value": 48.0, "reason": "test"})
    assert said == {"outcome": "refused", "text": "refused: The device does not answer"}
    assert bus.asked == []


@pytest.mark.parametrize("tag", [None, "Well.CACB6E-1.FrequencyReference", "Well.CACB27A-P1.Frequency", 7])
async def test_only_what_the_page_offers_can_be_set_from_it(site: ShownField, tag: Any) -> None:
    bus = Bus()
    assert (await asking(site, bus, tag=tag))["outcome"] == "refused"
    assert bus.asked == []


async def test_the_page_s_user_stands_under_the_command_not_whom_the_script_names(site: ShownField) -> None:
    bus = Bus(DONE)
    assert (await asking(site, bus, by="somebody else"))["text"] == "done: read back 48.0 Hz"
    subject, sent = bus.asked[0]
    assert subject == "commands.Well.CACB27A-P1"
    assert (sent.by, sent.value, sent.reason) == ("operator", 48.0, "test")


async def test_an_outcome_is_told_with_its_detail(site: ShownField) -> None:
    failed = replace(DONE, outcome="failed", readback=47.0, detail="the device shows 47.0 Hz")
    assert (await asking(site, Bus(failed)))["text"] == "failed: the device shows 47.0 Hz"
    refused = CommandRefused(TAG, "48 Hz", "interlock")
    assert (await asking(site, Bus(refused)))["text"] == "refused: interlock"
    silent = ServiceError("no answer on commands")
    assert (await asking(site, Bus(silent)))["text"] == "failed: no answer on commands"


async def test_of_many_acknowledgements_each_that_fails_is_named(site: ShownField) -> None:
    unknown = Bus(Unknown("alarm", "x"))
    said = await alarm_list.handle(page(site, unknown), {"alarms": ["x", 7, None]})
    assert said["text"] == "0 acknowledged; x: no alarm 'x'"
    done = Bus(SEEN)
    said = await alarm_list.handle(page(site, done), {"alarms": ["x", "y"], "comment": "seen"})
    assert said["text"] == "2 acknowledged"
    assert {message.comment for _, message in done.asked} == {"seen"}

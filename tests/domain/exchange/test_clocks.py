"""Two clocks that differ: by minutes they ring and nothing stops, by hours they ring and nothing is signed that would lie ahead."""

from __future__ import annotations

import datetime as dt
from email.utils import format_datetime

import httpx
import pytest
import time_machine

from rahdari.base.clock import now
from rahdari.domain.exchange.actions import speaking
from rahdari.domain.exchange.actions.delivering import deliver
from rahdari.domain.exchange.actions.speaking import speak
from rahdari.domain.exchange.models import Alarm, Envelope, Link
from rahdari.domain.exchange.outside.calling import NoAnswer, Reply
from rahdari.domain.exchange.rules.limits import is_due, was_heard_just_now
from tests.make.exchange import Corridor, swapped

pytestmark = pytest.mark.django_db
HOURS, MINUTES = dt.timedelta(hours=2), dt.timedelta(minutes=2)
MOMENT = dt.datetime(2026, 11, 28, 9, 0, tzinfo=dt.UTC)


class Door:
    """The partner's door: it lets in whoever states a time within a minute of its own."""

    def __init__(self, apart):
        self.apart, self.asked = apart, []

    def __call__(self, *_, ahead=0, **told):
        self.asked.append(told["path"])
        if abs(self.apart.total_seconds() - ahead) > 60:
            return Reply(401, b"{}", httpx.Headers({"Date": format_datetime(now() + self.apart, usegmt=True)}))
        return Reply(200, b"{}", httpx.Headers())


@pytest.fixture
def corridor(settings):
    speaking._ahead.clear()
    yield Corridor(settings)
    speaking._ahead.clear()


@pytest.mark.parametrize("apart", [MINUTES, -MINUTES])
def test_a_partner_two_minutes_off_is_spoken_to_in_its_own_time_and_rings(corridor, apart):
    door = Door(apart)
    with swapped(speaking, "call", door):
        assert [speak(corridor.row, "GET", "/one").status, speak(corridor.row, "GET", "/two").status] == [200, 200]
        assert door.asked == ["/one", "/one", "/two"]
        door.apart = dt.timedelta()
        assert speak(corridor.row, "GET", "/three").status == 200
    assert speaking._ahead == {corridor.partner.node: 0}
    assert Alarm.objects.filter(code="clock", settled_at=None).count() == 1


@pytest.mark.parametrize("apart", [HOURS, -HOURS])
def test_a_partner_two_hours_off_rings_and_is_not_followed(corridor, apart):
    door = Door(apart)
    with swapped(speaking, "call", door), pytest.raises(NoAnswer):
        speak(corridor.row, "GET", "/one")
    assert (door.asked, Alarm.objects.filter(code="clock", settled_at=None).count()) == (["/one"], 1)


def test_a_401_for_another_reason_is_no_clock_and_is_not_asked_twice(corridor):
    asked = []

    def door(*_, **told):
        asked.append(told["path"])
        return Reply(401, b"{}", httpx.Headers({"Date": format_datetime(now(), usegmt=True)}))

    with swapped(speaking, "call", door), pytest.raises(NoAnswer):
        speak(corridor.row, "GET", "/one")
    assert (asked, Alarm.objects.count()) == (["/one"], 0)


@pytest.mark.parametrize("date", ["", "yesterday", "Sat, 28 Nov 2026 09:00:00 -0000"])
def test_an_answer_without_a_usable_date_says_nothing_of_clocks(corridor, date):
    with swapped(speaking, "call", lambda *_, **__: Reply(401, b"{}", httpx.Headers({"Date": date}))), pytest.raises(NoAnswer):
        speak(corridor.row, "GET", "/one")
    assert not Alarm.objects.exists()


def test_after_a_leap_of_our_clock_nothing_is_signed_before_the_partner_let_us_in(corridor):
    corridor.says()
    with swapped(speaking, "call", Door(-HOURS)), time_machine.travel(now() + HOURS):
        assert deliver(corridor.partner.node) == 0
        assert not Envelope.objects.exists()
    assert Link.objects.get().next_try_at > now() + HOURS - MINUTES
    assert Alarm.objects.get().code == "clock"


@pytest.mark.parametrize(
    ("next_try", "due"),
    [
        (None, True), (MOMENT, True), (MOMENT - HOURS, True), (MOMENT + dt.timedelta(seconds=1), False),
        (MOMENT + dt.timedelta(minutes=5), False), (MOMENT + HOURS, True),
    ],
)  # fmt: skip
def test_a_wait_noted_by_a_clock_that_was_ahead_is_not_waited_for(next_try, due):
    assert is_due(next_try, MOMENT) is due


@pytest.mark.parametrize(
    ("seen", "heard"),
    [(None, False), (MOMENT, True), (MOMENT - MINUTES, False), (MOMENT + HOURS, False), (MOMENT - dt.timedelta(minutes=1), True)],
)
def test_a_partner_counts_as_heard_for_a_minute(seen, heard):
    assert was_heard_just_now(seen, MOMENT) is heard

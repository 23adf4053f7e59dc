"""Windows that close before they were used: who is warned, when, once; what ends a warning; and that nothing ends in silence."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.urls import reverse

from rahdari.base.actor import machine
from rahdari.base.models import AuditEntry, Letter, Waiting
from rahdari.base.reference import shipped_book
from rahdari.base.refusal import Refused
from rahdari.domain.contracts import actions as contracts
from rahdari.domain.departures import actions
from rahdari.domain.departures.models import Departure
from rahdari.domain.departures.rules.steps import DEPARTURE_MOVES
from rahdari.domain.departures.rules.windows import (
    COE,
    PERMISSION,
    USED_IN,
    VISA,
    Window,
    closes_on,
    is_to_be_used,
    side_of,
    warned_before,
    why_not_warn,
)
from rahdari.domain.jobs import actions as jobs_actions
from rahdari.domain.placements.models import StationEvent
from rahdari.project import reactions, timetable
from tests.journeys.test_thread_pages import signed_in
from tests.make import jobs
from tests.make.people import actor, by_mail_alone
from tests.make.thread import alone, at, both
from tests.make.two_nodes import two_nodes

BOOK = shipped_book()
DAY = dt.timedelta(days=1)
COE_LAST, VISA_LAST, PERMISSION_LAST = dt.date(2027, 5, 20), dt.date(2027, 6, 3), dt.date(2027, 3, 27)
USE_COE, USE_VISA, USE_PERMISSION = (f"departures.use_{one}" for one in ("coe", "visa", "permission"))


def codes(refusals):
    return [one.code for one in refusals]


def midnight(day, side):
    """The first moment of a day by the clock of a side."""
    return dt.datetime.combine(day, dt.time(), dt.timezone(dt.timedelta(hours={"pk": 5, "jp": 9}[side])))


class TestTheLengthOfAWindow:
    @pytest.mark.parametrize(
        ("code", "dated", "last"),
        [
            (COE, dt.date(2026, 11, 30), dt.date(2027, 2, 28)),
            (COE, dt.date(2027, 11, 30), dt.date(2028, 2, 29)),  # the year after is a leap year
            (COE, dt.date(2027, 11, 29), dt.date(2028, 2, 29)),
            (VISA, dt.date(2028, 2, 29), dt.date(2028, 5, 31)),
            (VISA, dt.date(2026, 8, 31), dt.date(2026, 11, 30)),
            (PERMISSION, dt.date(2027, 10, 31), dt.date(2028, 2, 28)),
            (PERMISSION, dt.date(2027, 11, 1), dt.date(2028, 2, 29)),
        ],
    )
    def test_ends_with_its_month_and_knows_leap_years(self, code, dated, last):
        window = Window(code, dated, closes_on(BOOK, code, dated))
        assert window.last == last
        assert [window.left(last - 30 * DAY), window.left(last), window.left(last + DAY)] == [30, 0, -1]

    def test_is_counted_by_the_side_that_opened_it(self):
        assert {code: side_of(BOOK, code, COE_LAST) for code in (COE, VISA, PERMISSION)} == {
            COE: "jp", VISA: "jp", PERMISSION: "pk",
        }  # fmt: skip


class TestWhoIsWarned:
    def test_is_a_row_for_the_side_that_can_do_something(self):
        told = {
            (code, side): warned_before(BOOK, code, COE_LAST, side) for code in (COE, VISA, PERMISSION) for side in ("pk", "jp")
        }
        assert told == {
            (COE, "pk"): 30, (COE, "jp"): 30, (VISA, "pk"): 30, (VISA, "jp"): None, (PERMISSION, "pk"): 30, (PERMISSION, "jp"): None,
        }  # fmt: skip

    @pytest.mark.parametrize("state", DEPARTURE_MOVES)
    def test_something_hangs_on_a_window_until_it_was_used(self, state):
        used = {code for code in USED_IN if not is_to_be_used(Window(code, COE_LAST, COE_LAST), state=state, lands_on=None)}
        gone, registered = {"departed", "not_arrived", "arrived"}, {"cleared", "flight_booked", "flight_missed"}
        without_coe = {"begun", "coe_filed", "coe_refused", "coe_expired"}
        without_visa = without_coe | {"coe_issued", "visa_filed", "visa_refused", "visa_expired"}
        assert (COE in used, VISA in used, PERMISSION in used) == (
            state in gone | without_coe, state in gone | without_visa, state in gone | registered,
        )  # fmt: skip

    def warned(self, **changed):
        told = {
            "state": "visa_issued", "today": COE_LAST - 30 * DAY, "days": 30, "lands_on": None, "warned": None,
            "window": Window(COE, COE_LAST - 89 * DAY, COE_LAST + DAY),
        } | changed  # fmt: skip
        return codes(why_not_warn(told.pop("window"), **told))

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"window": None}, "window_open"),
            ({"days": None}, "window_open"),
            ({"today": COE_LAST - 31 * DAY}, "window_open"),
            ({"state": "departed"}, "window_open"),
            ({"state": "coe_expired"}, "window_open"),
            ({"state": "flight_booked", "lands_on": COE_LAST}, "window_open"),
            ({"warned": COE_LAST + DAY}, "warned_before"),
        ],
    )
    def test_nobody_is_warned_without_need(self, changed, code):
        assert self.warned(**changed) == [code]

    @pytest.mark.parametrize(
        "changed",
        [
            {},
            {"today": COE_LAST + 9 * DAY},
            {"warned": COE_LAST},  # another end than the one that was warned of
            {"state": "flight_booked", "lands_on": COE_LAST + DAY},
        ],
    )
    def test_whoever_needs_it_is_warned(self, changed):
        assert self.warned(**changed) == []

    def test_a_flight_covers_no_permission(self):
        assert is_to_be_used(Window(PERMISSION, COE_LAST, COE_LAST), state="visa_issued", lands_on=COE_LAST - DAY)


@pytest.fixture
def story(settings):
    return both(two_nodes(settings))


def waits(story, node):
    """What waits of windows on a node: task → holder."""
    with story.on(node):
        rows = Waiting.objects.filter(closed_at=None, task__startswith="departures.use_")
        return {row.task: (row.holder_body, row.holder_role) for row in rows}


def outcomes(story, node, task):
    with story.on(node):
        return list(
            Waiting.objects.filter(task=task).exclude(closed_at=None).order_by("opened_at").values_list("outcome", flat=True)
        )


def watch(story, node, moment):
    with story.on(node):
        return timetable.watch_windows(at=moment)


@pytest.mark.django_db
class TestAWarning:
    @pytest.mark.sure
    def test_comes_once_by_the_calendar_of_japan_to_both_sides(self, story):
        story.go("visa_issued")
        first = midnight(COE_LAST - 30 * DAY, "jp")
        for node in ("pk", "jp"):
            assert watch(story, node, midnight(PERMISSION_LAST - 31 * DAY, "pk")) == 0
        assert watch(story, "pk", midnight(PERMISSION_LAST - 30 * DAY, "pk")) == 1  # the permission, by Pakistan's calendar
        for node in ("pk", "jp"):
            assert watch(story, node, first - dt.timedelta(seconds=1)) == 0
            assert watch(story, node, first) == 1
            assert watch(story, node, first + DAY) == 0
        promoter = (jobs.PROMOTER, "promoter_manager")
        assert waits(story, "pk") == {USE_PERMISSION: promoter, USE_COE: promoter}
        assert waits(story, "jp") == {USE_COE: (jobs.EMPLOYER, "employer")}
        assert watch(story, "pk", midnight(VISA_LAST - 30 * DAY, "jp")) == 1
        assert watch(story, "jp", midnight(VISA_LAST - 30 * DAY, "jp")) == 0  # no employer can renew a visa
        for node, tasks in (("pk", {USE_COE, USE_VISA}), ("jp", {USE_COE})):
            with story.on(node):
                due = {row.task: row.due_at for row in Waiting.objects.filter(task__in=tasks)}
                assert due[USE_COE] == midnight(COE_LAST + DAY, "jp") - dt.timedelta(seconds=1)
        with story.on("pk"):
            assert Waiting.objects.get(task=USE_PERMISSION).due_at == midnight(PERMISSION_LAST + DAY, "pk") - dt.timedelta(
                seconds=1
            )
            assert AuditEntry.objects.filter(verb="departures.warn_of_window").count() == 3
            letters = Letter.objects.filter(template__startswith="departures/letters/").order_by("made_at", "id")
            assert [one.template.rpartition("/")[2] for one in letters] == ["permission_closes", "window_closes", "window_closes"]
            assert {one.to_person for one in letters} == {story.file.person_id}
        with story.on("jp"):
            assert not Letter.objects.filter(template__startswith="departures/letters/").exists()

    def test_is_written_by_mail_to_a_worker_without_a_phone(self, story):
        story.go("contract_signed")
        with story.on("pk"):
            hint = by_mail_alone(story.file.person_id)
        assert watch(story, "pk", midnight(PERMISSION_LAST - 30 * DAY, "pk")) == 1
        with story.on("pk"):
            letter = Letter.objects.get(template="departures/letters/permission_closes")
            assert (letter.way, letter.address_hint, letter.language) == ("email", hint, "ur")

    def test_ends_when_the_flight_has_left(self, story):
        story.go("registered")
        for node in ("pk", "jp"):
            assert watch(story, node, midnight(COE_LAST - 30 * DAY, "jp")) == 1
        story.go("departed")
        for node in ("pk", "jp"):
            assert waits(story, node) == {}
            assert outcomes(story, node, USE_COE) == ["used"]
            assert watch(story, node, midnight(COE_LAST, "jp")) == 0

    def test_does_not_come_while_a_booked_flight_lands_before_but_comes_when_it_never_left(self, story):
        story.go("flight_booked")
        landing = at("departed") + dt.timedelta(hours=14)
        with story.on("pk"):
            departure = Departure.objects.get()
            told = {"actor": machine("pk", "timetable"), "case_id": story.case_id, "window": COE}
            with pytest.raises(Refused) as wrong:
                actions.warn_of_window(**told, at=landing)
            assert codes(wrong.value.refusals) == ["window_open"]
            assert Departure.objects.get().version == departure.version
        for node in ("pk", "jp"):
            assert watch(story, node, midnight(COE_LAST - 30 * DAY, "jp")) == 1

    def test_of_a_permission_ends_with_the_registration(self, story):
        story.go("registration_applied")
        assert watch(story, "pk", at("registration_applied")) == 1
        assert set(waits(story, "pk")) == {USE_PERMISSION}
        story.go("registered")
        assert (waits(story, "pk"), outcomes(story, "pk", USE_PERMISSION)) == ({}, ["used"])
        assert watch(story, "pk", at("registered")) == 0

    def test_of_a_permission_comes_before_the_first_step_of_the_departure(self, story):
        story.go("contract_signed")
        with story.on("pk"):
            assert not Departure.objects.exists()
        assert watch(story, "pk", midnight(PERMISSION_LAST - 30 * DAY, "pk")) == 1
        assert set(waits(story, "pk")) == {USE_PERMISSION}

    def test_comes_again_where_the_permission_was_extended_and_closes_anew(self, story):
        story.go("coe_filed")
        moment = midnight(PERMISSION_LAST - 3 * DAY, "pk")
        assert watch(story, "pk", moment) == 1
        with story.on("pk"):
            told = {"until": PERMISSION_LAST + 61 * DAY, "law": "letter of the Bureau (invented)", "at": moment}
            jobs_actions.extend_permission(actor=story.who("protector", office="PEW"), demand_id=story.demand_id, **told)
            with time_machine.travel(moment, tick=False):
                assert reactions.react() > 0
        assert (waits(story, "pk"), outcomes(story, "pk", USE_PERMISSION)) == ({}, ["renewed"])
        assert watch(story, "pk", moment) == 0
        assert watch(story, "pk", moment + 60 * DAY) == 1
        with story.on("pk"):
            assert Waiting.objects.get(closed_at=None, task=USE_PERMISSION).due_at > moment + 60 * DAY

    @pytest.mark.parametrize("side", ["pk", "jp"])
    def test_ends_with_the_case(self, story, side):
        story.go("visa_issued")
        for node in ("pk", "jp"):
            assert watch(story, node, midnight(COE_LAST - 30 * DAY, "jp")) >= 1
        moment = midnight(COE_LAST - 29 * DAY, "jp")
        who = story.people["worker"] if side == "pk" else story.who("employer", jobs.EMPLOYER, "jp")
        reason = "own_wish" if side == "pk" else "work_fell_away"
        with story.on(side):
            contracts.rescind_contract(actor=who, case_id=story.case_id, reason=reason, at=moment)
        story.corridor.exchange(at=moment)
        for node in ("pk", "jp"):
            assert waits(story, node) == {}
            assert watch(story, node, midnight(VISA_LAST, "jp")) == 0

    def test_of_a_certificate_ends_where_japan_refused_what_was_entered_from_paper(self, story):
        story.go("coe_filed")
        with story.on("pk"):
            promoter, moment = story.who("promoter_manager", jobs.PROMOTER), at("coe_issued")
            paper = jobs.paper(moment, number="")
            actions.decide_coe(actor=promoter, case_id=story.case_id, coe_number="C-1", paper=paper, at=moment)
        late = midnight(COE_LAST - DAY, "jp")
        assert watch(story, "pk", late) == 2
        with story.on("jp"):
            bureau = story.who("isa_regional", "ISA", "jp", office="TOKYO")
            actions.refuse_coe(actor=bureau, case_id=story.case_id, codes=["other"], at=late)
        story.corridor.exchange(at=late)
        assert set(waits(story, "pk")) == {USE_PERMISSION}
        assert outcomes(story, "pk", USE_COE) == ["refused"]

    def test_of_a_permission_comes_again_where_the_clearance_was_revoked(self):
        story = alone().go("registration_applied")
        moment = midnight(PERMISSION_LAST - 3 * DAY, "pk")
        assert timetable.watch_windows(at=at("registration_applied")) == 1
        story.go("registered")
        told = {"case_id": story.case_id, "at": moment}
        first, second = (actor("protector", office="PEW") for _ in range(2))
        actions.propose_revocation(actor=first, **told, code="terms_differ", heard_on=moment.date())
        actions.revoke_clearance(actor=second, **told)
        assert timetable.watch_windows(at=moment) == 1
        assert Waiting.objects.filter(task=USE_PERMISSION, closed_at=None).count() == 1

    def test_is_the_workers_where_nobody_recruits_and_no_permission_is_asked(self, settings):
        story = both(two_nodes(settings), route="direct").go("visa_issued")
        assert watch(story, "pk", midnight(COE_LAST - 30 * DAY, "jp")) == 1
        assert waits(story, "pk") == {USE_COE: ("WORKER", "worker")}

    def test_is_no_ones_to_give_but_the_nodes(self, story):
        story.go("visa_issued")
        told = {"case_id": story.case_id, "window": COE, "at": midnight(COE_LAST, "jp")}
        for node, who in (
            ("pk", story.who("protector", office="PEW")),
            ("pk", story.people["worker"]),
            ("jp", actor("employer", jobs.EMPLOYER, node="jp")),
        ):
            with story.on(node), pytest.raises(Refused) as wrong:
                actions.warn_of_window(actor=who, **told)
            assert codes(wrong.value.refusals) == ["not_permitted"]
        with story.on("jp"), pytest.raises(Refused) as wrong:
            actions.renew_permission(actor=machine("jp", "timetable"), demand_id=story.demand_id, at=told["at"])
        assert "wrong_node" in codes(wrong.value.refusals)


@pytest.mark.django_db
class TestTheEndOfAPaper:
    def test_on_one_state_alone_is_recorded_by_the_same_paper(self):
        alone().go("visa_issued")
        last = midnight(COE_LAST + DAY, "pk")
        assert timetable.end_papers(at=last - dt.timedelta(seconds=1)) == 0
        assert timetable.end_papers(at=last) == 1
        assert timetable.end_papers(at=last) == 0
        event = StationEvent.objects.get(step="coe_expired")
        issued = StationEvent.objects.get(step="coe_issued")
        assert (event.source, event.stands_for, event.acting, event.paper_id) == ("paper", "jp", "ISA", issued.paper_id)
        assert Departure.objects.get().state == "coe_expired"
        waiting = Waiting.objects.get(task="departures.file_coe", closed_at=None)
        assert (waiting.holder_body, waiting.holder_role) == (jobs.PROMOTER, "promoter_manager")
        assert AuditEntry.objects.filter(verb="departures.expire_paper").count() == 1

    def test_ends_the_warnings_that_hang_on_it(self):
        story = alone().go("visa_issued")
        assert timetable.watch_windows(at=midnight(COE_LAST, "jp")) == 3
        assert timetable.end_papers(at=midnight(COE_LAST + DAY, "pk")) == 1
        open_ones = set(Waiting.objects.filter(closed_at=None, task__startswith="departures.use_").values_list("task", flat=True))
        assert open_ones == {USE_PERMISSION}  # nothing renewed it, and nobody is registered
        assert story.case().state == "selected"

    def test_of_a_visa_lets_it_be_asked_for_again(self):
        alone().go("registration_applied")
        assert timetable.end_papers(at=midnight(COE_LAST + DAY, "pk")) == 1  # the certificate ends first
        assert Departure.objects.get().state == "coe_expired"

    def test_is_left_to_japan_where_japan_told_of_the_certificate(self, story):
        story.go("visa_issued")
        last = midnight(COE_LAST + DAY, "pk")
        with story.on("pk"):
            assert timetable.end_papers(at=last) == 0
        with story.on("jp"):
            assert timetable.end_papers(at=last) == 1
        story.corridor.exchange(at=last)
        with story.on("pk"):
            assert Departure.objects.get().state == "coe_expired"


@pytest.mark.django_db
class TestThePages:
    def shown(self, story, node, role, body, moment, address="departures.see_departure"):
        with time_machine.travel(moment, tick=False), story.on(node):
            page = signed_in(story, role, body, node).get(reverse(address, args=[story.case_id])).content.decode()
        return re.sub(r"<[^>]+>", "", page)

    def test_show_each_window_and_warn_of_those_that_close(self, story):
        story.go("visa_issued")
        moment = midnight(COE_LAST - 2 * DAY, "jp") + dt.timedelta(hours=2)  # in Pakistan it is the day before still
        for node, role, body, address in (
            ("pk", "worker", None, "placements.see_line"),
            ("pk", "worker", None, "departures.see_departure"),
            ("pk", "promoter_clerk", jobs.PROMOTER, "placements.see_case"),
            ("pk", "protector", None, "departures.see_departure"),
            ("jp", "employer", jobs.EMPLOYER, "departures.see_departure"),
        ):
            page = self.shown(story, node, role, body, moment, address)
            assert "the last day is 20 May 2027, 2 days are left." in page, (node, role)
            assert "20 February 2027" in page
            assert "The landing in Japan must come by then." in page
            assert "the last day was 27 March 2027, and it was not used." in page

    def test_warn_of_nothing_once_the_worker_is_there(self, story):
        story.go("arrived")
        page = self.shown(story, "jp", "employer", jobs.EMPLOYER, midnight(VISA_LAST + 9 * DAY, "jp"))
        assert "20 May 2027" in page
        assert "the last day" not in page
        assert "run out" not in page

"""Cases that are held: by a licence, an order on the field, a void result; what stops, what goes on, and who hears of it."""

from __future__ import annotations

import datetime as dt

import pytest

from rahdari.base.actor import machine
from rahdari.base.models import OutboxEntry
from rahdari.base.refusal import Refused
from rahdari.domain.accounts.models import Person
from rahdari.domain.placements import actions
from rahdari.domain.placements.models import Case, Hold, StationEvent, Turn
from rahdari.domain.placements.rules.holds import HELD_STEPS, holds, why_not_go_on
from rahdari.project.reactions import hold_by_licence, hold_by_order
from tests.make import jobs
from tests.make import placements as make
from tests.make import timetables as make_many
from tests.make.people import sign_in_as
from tests.make.two_nodes import two_nodes

AT = make.AT
SOON = dt.datetime(2026, 12, 8, 5, 0, tzinfo=dt.UTC)


def clockwork():
    return machine("pk", "timetable")


def refused_codes(act, **arguments):
    with pytest.raises(Refused) as refused:
        act(**arguments)
    return [one.code for one in refused.value.refusals]


class TestTheRule:
    @pytest.mark.parametrize(
        ("cause", "state", "station", "held"),
        [
            ("licence", "applied", 5, True),
            ("licence", "selected", 13, True),
            ("licence", "selected", 14, False),  # under a Protector's supervision
            ("licence", "withdrawn", 7, False),
            ("field_order", "selected", 11, True),
            ("field_order", "selected", 12, False),  # the certificate is filed: the order's own rows decide
            ("qualification_void", "applied", 5, False),
            ("qualification_void", "nominated", 7, True),
        ],
    )
    def test_says_by_station(self, cause, state, station, held):
        assert holds(cause, state=state, station=station) is held

    def test_never_holds_what_ends_a_case_or_answers(self):
        for step in (
            "application_withdrawn",
            "interview_answered",
            "not_selected",
            "nomination_returned",
            "registered",
            "departed",
        ):
            assert why_not_go_on(step, ["licence"]) == [] and step not in HELD_STEPS


@pytest.mark.django_db
class TestHolding:
    def test_stops_the_next_step_and_not_the_workers_way_out(self):
        who, case = make.applied()
        assert hold_by_licence(actor=clockwork(), at=AT, organisation=jobs.PROMOTER, state="suspended") == 1
        assert hold_by_licence(actor=clockwork(), at=AT, organisation=jobs.PROMOTER, state="cancelled") == 0  # held already
        told = {"actor": jobs.promoter(), "case_id": case.pk, "rank": 1, "rule": "test_score", "at": AT}
        assert refused_codes(actions.nominate_candidate, **told) == ["case_held"]
        assert actions.withdraw_application(actor=who, case_id=case.pk, at=AT).state == "withdrawn"
        assert not OutboxEntry.objects.filter(content__step="case_held").exists()  # the employer knows of no case yet

    def test_ends_with_its_cause_and_only_then(self):
        _who, case = make.applied()
        field = case.demand.field
        hold_by_licence(actor=clockwork(), at=AT, organisation=jobs.PROMOTER, state="suspended")
        hold_by_order(actor=clockwork(), at=AT, field=field, state="decided")
        assert hold_by_licence(actor=clockwork(), at=AT, organisation="pk:org:other", state="valid") == 0
        assert hold_by_licence(actor=clockwork(), at=AT, organisation=jobs.PROMOTER, state="valid") == 1
        told = {"actor": jobs.promoter(), "case_id": case.pk, "rank": 1, "rule": "test_score", "at": AT}
        with pytest.raises(Refused) as wrong:
            actions.nominate_candidate(**told)
        assert wrong.value.refusals[0].about == {"causes": ("field_order",)}
        assert hold_by_order(actor=clockwork(), at=AT, field=field, state="lifted") == 1
        assert actions.nominate_candidate(**told)
        steps = list(StationEvent.objects.filter(case=case).order_by("id").values_list("step", flat=True))
        assert steps.count("application_held") == 2 and steps.count("application_released") == 2

    def test_of_one_that_has_ended_is_dropped_in_silence(self, client):
        who, case = make.applied()
        hold_by_licence(actor=clockwork(), at=AT, organisation=jobs.PROMOTER, state="suspended")
        actions.withdraw_application(actor=who, case_id=case.pk, at=AT)
        sign_in_as(client, Person.objects.get(pk=who.person))
        assert "Your case is held" not in client.get(f"/en/cases/{case.pk}/line/").content.decode()
        assert hold_by_licence(actor=clockwork(), at=AT, organisation=jobs.PROMOTER, state="valid") == 1
        assert Turn.objects.get(case=case).closed and Hold.objects.get().released_at == AT
        assert not StationEvent.objects.filter(step__in=["application_released", "case_moved"]).exists()

    def test_of_a_named_one_goes_on_only_when_nothing_holds_it(self):
        _who, case = make.case("nominated")
        hold_by_licence(actor=clockwork(), at=AT, organisation=jobs.PROMOTER, state="suspended")
        hold_by_order(actor=clockwork(), at=AT, field=case.demand.field, state="decided")
        before = Turn.objects.get(case=case).task
        hold_by_licence(actor=clockwork(), at=AT, organisation=jobs.PROMOTER, state="valid")
        assert not StationEvent.objects.filter(step__in=["application_released", "case_moved"]).exists()
        hold_by_order(actor=clockwork(), at=AT, field=case.demand.field, state="lifted")
        assert StationEvent.objects.filter(step="case_moved").count() == 1
        assert Turn.objects.get(case=case).task == before == "placements.set_interview"

    def test_holds_nobody_elses_cases_and_is_done_by_the_clockwork_alone(self):
        make.applied()
        assert actions.hold_cases(actor=clockwork(), cause="licence", of="pk:org:other", at=AT) == 0
        for act in (actions.hold_cases, actions.release_cases):
            found = refused_codes(act, actor=jobs.promoter(), cause="licence", of=jobs.PROMOTER, at=AT)
            assert found == ["not_permitted"]
        assert not Hold.objects.exists()


@pytest.mark.django_db
def test_the_employer_hears_of_it_and_its_next_steps_stop_too(settings):
    corridor = make_many.named(two_nodes(settings))
    with corridor.on("jp"):
        employer, case = jobs.employer(), Case.objects.get()
        told = {"actor": employer, "case_id": case.pk, "starts_at": SOON, "place": "link", "at": AT}
    with corridor.on("pk"):
        assert actions.hold_cases(actor=clockwork(), cause="qualification_void", of=str(case.person), at=AT) == 1
    corridor.exchange(at=AT)
    with corridor.on("jp"):
        assert Hold.objects.get().cause == "qualification_void"
        assert refused_codes(actions.set_interview, **told) == ["case_held"]
    with corridor.on("pk"):
        assert actions.release_cases(actor=clockwork(), cause="qualification_void", of=str(case.person), at=AT) == 1
    corridor.exchange(at=AT)
    with corridor.on("jp"):
        assert Hold.objects.get().released_at == AT
        assert actions.set_interview(**told)

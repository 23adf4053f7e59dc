"""Costs and terms asked in private: what counts as a finding, who is asked when, who sees it, and what follows."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from django.urls import reverse

from rahdari.base.actor import Actor, machine
from rahdari.base.editions import shipped_book
from rahdari.base.models import Letter, OutboxEntry, Waiting
from rahdari.base.money import Money
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.accounts.models import Person
from rahdari.domain.contracts import actions
from rahdari.domain.contracts.models import CostAnswer
from rahdari.domain.contracts.queries.questions import answer_facts, answers_seen, said_of, wrongful_act
from rahdari.domain.contracts.rules import questions as rules
from rahdari.domain.contracts.rules.questions import Said
from rahdari.domain.notices.models import Notice
from rahdari.domain.notices.queries.notices import draft_of
from rahdari.project.reactions import tell_of_answer
from rahdari.project.timetable import ask_workers_again
from tests.make.people import actor, by_mail_alone, sign_in, sign_in_as
from tests.make.thread import alone, at

PKR = Money("PKR", 1_500_000)  # what the story's worker confirmed, in paisa


class TestFindings:
    @pytest.mark.parametrize(
        ("said", "found"),
        [
            (Said(), []),
            (Said(paid=PKR), []),
            (Said(paid=Money("PKR", 1_500_001)), ["MOC_E"]),
            (Said(paid=Money("JPY", 1)), ["MOC_E"]),
            (Said(paid=Money("JPY", 0)), []),
            (Said(asked_for_more=True), ["MOC_E"]),
            (Said(held=("held_money",)), ["MOC_A"]),
            (Said(held=("held_passport",)), ["MOC_A", "MOC_C"]),
            (Said(penalty=True), ["MOC_B"]),
            (Said(differing=("term_pay",)), ["terms_differ"]),
        ],
    )
    def test_are_the_categories_of_the_memorandum(self, said, found):
        assert rules.findings(said, [PKR]) == found

    def test_nothing_confirmed_makes_any_payment_one(self):
        assert rules.findings(Said(paid=Money("PKR", 1)), []) == ["MOC_E"]

    def test_what_is_in_no_list_is_refused(self):
        against = rules.why_not_answer(Said(held=("a_goat",), differing=("weather",)), alone=False)
        assert [one.code for one in against] == ["not_alone_in_session", "not_held_property", "term_unknown"]

    def test_a_notice_needs_a_category(self):
        assert [one.code for one in rules.why_not_examine("notice", "why", ["terms_differ"])] == ["category_missing"]
        assert rules.why_not_examine("notice", "why", ["MOC_A"]) == []
        assert [one.code for one in rules.why_not_examine("", " ", [])] == ["follow_up_unknown", "reason_missing"]

    def test_the_days_come_from_the_table(self):
        assert rules.arrived_by(dt.date(2027, 6, 30), shipped_book()) == {
            "costs_first": dt.date(2027, 5, 31),
            "costs_second": dt.date(2027, 4, 1),
        }


DIFFERS = Said(paid=Money("PKR", 30_000_000), paid_to="the uncle of a clerk", held=("held_passport",), words="they shouted")
OPEN = {"task__in": ("contracts.answer_again", "contracts.examine_answer"), "closed_at": None}


def officer():
    return actor("grievance_pk", "MOP_HRD", node="pk")


def codes(wrong):
    return [one.code for one in wrong.value.refusals]


@pytest.fixture
def arrived(db):
    """A case on Pakistan's node whose worker arrived."""
    return alone().go("arrived")


def after(days):
    return at("arrived") + dt.timedelta(days=days)


def answer(story, said, *, at, alone=True):
    told = {"case_id": story.case_id, "said": said, "alone": alone}
    return actions.answer_again(actor=story.people["worker"], **told, at=at)


def test_a_worker_is_asked_after_thirty_and_ninety_days_and_once_each(arrived, settings):
    settings.RAHDARI_NODE = "jp"
    assert ask_workers_again(at=after(30)) == 0
    settings.RAHDARI_NODE = "pk"
    assert [ask_workers_again(at=after(one)) for one in (29, 30, 31)] == [0, 1, 0]
    by_mail_alone(arrived.file.person_id)
    assert [ask_workers_again(at=after(one)) for one in (89, 90, 91, 200)] == [0, 1, 0, 0]
    rows = CostAnswer.objects.order_by("asked_on").values_list("round", "state")
    assert list(rows) == [("costs_first", "answer_silent"), ("costs_second", "answer_asked")]
    assert Waiting.objects.filter(**OPEN).count() == 1
    letters = Letter.objects.filter(template="contracts/letters/ask_again").order_by("id")
    assert list(letters.values_list("way", flat=True)) == ["sms", "email"]


def test_both_rounds_due_at_once_ask_once_and_an_answer_as_agreed_opens_nothing(arrived):
    assert [ask_workers_again(at=after(one)) for one in (120, 121)] == [1, 0]
    stranger = Actor(node="pk", role="worker", person=uuid4(), name="Stranger (invented)")
    with pytest.raises(Missing):
        actions.answer_again(actor=stranger, case_id=arrived.case_id, said=Said(), alone=True, at=after(121))
    with pytest.raises(Refused) as wrong:
        answer(arrived, Said(), alone=False, at=after(121))
    assert codes(wrong) == ["not_alone_in_session"]
    row = answer(arrived, Said(), at=after(121))
    assert (row.round, row.state, row.findings) == ("costs_second", "answer_agrees", [])
    assert not Waiting.objects.filter(**OPEN).exists()
    with pytest.raises(Missing):
        answer(arrived, DIFFERS, at=after(122))


def test_an_answer_that_differs_is_for_the_complaint_officer_alone_and_a_notice_never_names_the_worker(arrived, client):
    ask_workers_again(at=after(33))
    said_before = OutboxEntry.objects.filter(kind="statement").count()
    night = after(34) + dt.timedelta(hours=17)  # the next day in Pakistan already
    row, case = answer(arrived, DIFFERS, at=night), arrived.case()
    assert wrongful_act(row.pk, "MOC_A").found_on == after(35).date()
    assert row.findings == ["MOC_A", "MOC_C", "MOC_E"]
    waits = Waiting.objects.get(**OPEN)
    assert (waits.holder_body, waits.holder_role) == ("MOP_HRD", "grievance_pk") and case.name not in str(waits.matter)
    assert OutboxEntry.objects.filter(kind="statement").count() == said_before
    others = (("promoter_manager", case.promoter), ("contact_point_pk", "MOP_HRD"), ("protector", "PROTECTOR"), ("worker", ""))
    for role, body in others:
        other = Actor(node="pk", role=role, body=body, person=uuid4(), name="Other (invented)")
        assert not answers_seen(other).exists()
        with pytest.raises(Refused):
            actions.examine_answer(actor=other, answer_id=row.pk, outcome="no_ground", reason="another case", at=after(35))
    shown = " ".join(one.value for one in answer_facts(row))
    assert "they shouted" in shown and case.name not in shown
    sign_in(client, "grievance_pk", "MOP_HRD")
    for name, args in (("see_answers", []), ("see_answer", [row.pk]), ("examine_answer", [row.pk])):
        page = client.get(reverse(f"contracts.{name}", args=args))
        assert page.status_code == 200 and case.name not in page.content.decode()

    actions.examine_answer(actor=officer(), answer_id=row.pk, outcome="notice", reason="receipt seen", at=after(35))
    with pytest.raises(Refused) as wrong:
        actions.examine_answer(actor=officer(), answer_id=row.pk, outcome="put_right", reason="paid back", at=after(36))
    assert codes(wrong) == ["wrong_state"]
    for event in OutboxEntry.objects.filter(type="contracts.wrongful_act_found"):
        tell_of_answer(actor=machine("pk", "timetable"), at=after(36), **event.content)
    drafts = [draft_of(one) for one in Notice.objects.all()]
    assert sorted(one.category for one in drafts) == ["MOC_A", "MOC_C", "MOC_E"]
    assert all(one.worker == "" and one.amount == 30_000_000 for one in drafts)
    assert all(case.demand.employer_name in [party.name for party in one.about] for one in drafts)
    assert case.name not in str(drafts) and "they shouted" not in str(drafts)


def test_what_was_paid_is_typed_in_whole_units_on_the_page(arrived, client):
    ask_workers_again(at=after(33))
    sign_in_as(client, Person.objects.get(pk=arrived.people["worker"].person))
    page = reverse("contracts.answer_again", args=[arrived.case_id])
    client.post(page, {"paid": "۳۰۰,۰۰۰", "currency": "PKR", "alone": "on", "seen": CostAnswer.objects.get().version})
    row = CostAnswer.objects.get()
    assert said_of(row)["paid"] == Money("PKR", 30_000_000) and row.findings == ["MOC_E"]


def test_contesting_before_the_contract_leaves_the_costs_unconfirmed_and_tells_the_officer_alone(db):
    story = alone().go("costs_declared")
    contested = {"actor": story.people["worker"], "case_id": story.case_id, "alone": True, "at": at("costs_declared")}
    with pytest.raises(Refused) as wrong:
        actions.contest_costs(said=Said(), **contested)
    assert codes(wrong) == ["nothing_contested"]
    row = actions.contest_costs(said=Said(asked_for_more=True), **contested)
    assert (row.round, row.state) == ("costs_before", "answer_differs")
    assert story.offer().costs_confirmed_on is None
    story.go("costs_confirmed")
    with pytest.raises(Refused) as wrong:
        actions.contest_costs(said=Said(penalty=True), **contested)
    assert codes(wrong) == ["wrong_state"]

"""Asking, accepting, answering and rating on both nodes: whom each refuses, and what each leaves behind on either side."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import connection

from rahdari.base.actor import Actor, machine, stranger
from rahdari.base.models import AuditEntry, OutboxEntry, Waiting
from rahdari.base.reference import shipped_book
from rahdari.base.refusal import Refused
from rahdari.base.statements import Marking
from rahdari.base.work import Missing
from rahdari.domain.cooperation import actions
from rahdari.domain.cooperation.actions import mirroring
from rahdari.domain.cooperation.models import Request
from rahdari.domain.cooperation.queries.requests import (
    answers_of,
    asked_of,
    line_of,
    lines_of,
    request_for,
    request_page,
    requests_visible_to,
)
from tests.make.people import actor
from tests.make.requests import AT, HOUR, RETURN, ask, contact, hear, heard, said
from tests.make.statements import mailroom, newest, node, token_hash, told

pytestmark = pytest.mark.django_db
AGREED = dt.date(2026, 12, 1)
ANSWERS = {"where_it_stands": "At station 12, with the bureau.", "stands_since": "2026-11-02"}


def refused(act, **told_):
    with pytest.raises(Refused) as wrong:
        act(**told_)
    return [one.code for one in wrong.value.refusals]


@pytest.fixture
def asked(settings):
    """A request of Pakistan's contact point, as its own row; the test goes on where `settings` says."""
    return ask()


@pytest.fixture
def theirs(settings, asked):
    """The same as Japan's node keeps it; the test runs there."""
    row = heard(asked, "jp")
    settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "jp", "pk"
    return row


def accept(row, **told_):
    return actions.accept_request(**({"actor": contact("jp"), "request_id": row.pk, "agreed_on": AGREED, "at": AT} | told_))


def answer(row, **told_):
    return actions.answer_request(**({"actor": contact("jp"), "request_id": row.pk, "answers": ANSWERS, "at": AT} | told_))


def rate(row, **told_):
    return actions.rate_answer(**({"actor": contact("pk"), "request_id": row.pk, "timeliness": 4, "effort": 5, "at": AT} | told_))


class TestWhoMay:
    STRANGERS = {
        "nobody": stranger("pk"),
        "the node itself": machine("pk", "command"),
        "a Protector": Actor("pk", "protector", "PROTECTOR", uuid4()),
        "the operator": Actor("pk", "node_operator", "MOP_HRD", uuid4()),
        "a role without a person": replace(contact("pk"), person=None),
    }

    @pytest.mark.parametrize("who", STRANGERS)
    def test_only_a_contact_point_acts(self, asked, who):
        someone, before = self.STRANGERS[who], AuditEntry.objects.count()
        for act in (accept, answer, rate):
            assert set(refused(act, row=asked, actor=someone)) <= {"not_permitted", "sign_in_first"}
        assert set(refused(ask_as, who=someone)) <= {"not_permitted", "sign_in_first"}
        assert AuditEntry.objects.count() == before

    @pytest.mark.parametrize("who", STRANGERS)
    def test_only_a_contact_point_sees(self, asked, who):
        assert not requests_visible_to(self.STRANGERS[who]).exists()
        with pytest.raises(Missing):
            request_for(self.STRANGERS[who], asked.pk)

    def test_only_the_mailroom_takes_up(self, asked):
        statement = told(said(asked, "request.asked/1"), "pk", "jp")
        for act in (mirroring.mirror_request, mirroring.mirror_acceptance, mirroring.mirror_answer, mirroring.mirror_rating):
            assert refused(act, actor=contact("jp"), statement=statement, at=AT) == ["not_permitted"]

    def test_a_program_needs_the_scope(self, asked):
        assert refused(rate, row=asked, actor=replace(contact("pk"), scopes=frozenset({"cooperation.see_requests"}))) == [
            "not_in_scope"
        ]


def ask_as(who):
    return actions.send_request(actor=who, kind="other", questions=["answer"], facts={"what": "x"}, at=AT)


class TestSendRequest:
    def test_leaves_the_request_one_entry_the_statement_and_the_clock_of_the_other_side(self, asked):
        statement = newest()
        assert (asked.home, asked.partner, asked.state, asked.asked, asked.thread) == (
            "pk",
            "jp",
            "asked",
            statement.id,
            statement.id,
        )
        assert (statement.type, statement.to, statement.marking) == (
            "request.asked/1",
            "jp",
            {"level": "contact_point", "bodies": []},
        )
        assert [one["code"] for one in statement.content["questions"]] == ["where_it_stands", "stands_since"]
        assert AuditEntry.objects.get().verb == "cooperation.send_request"
        waiting = Waiting.objects.get()
        assert (waiting.task, waiting.holder_body, waiting.holder_side) == ("cooperation.accept_request", "CONTACT_JP", "jp")
        assert waiting.due_at == dt.datetime(2026, 11, 27, 14, 59, 59, tzinfo=dt.UTC)  # two working days of Japan

    def test_says_what_its_schema_asks(self, asked):
        told(newest(), "pk", "jp")

    def test_refuses_everything_wrong_and_leaves_nothing(self):
        assert refused(ask, questions=[], urgency="x") == ["question_missing", "urgency_unknown", "fact_not_asked"]
        assert refused(ask, kind="moon") == ["kind_unknown"]
        assert not Request.objects.exists() and not OutboxEntry.objects.exists() and not Waiting.objects.exists()

    def test_keeps_what_is_personal_closed_at_rest_and_out_of_the_audit(self):
        row = ask(**RETURN)
        with connection.cursor() as cursor:
            cursor.execute("select row(r.*)::text from cooperation_request r")
            kept = cursor.fetchone()[0]
            cursor.execute("select encode(questions, 'escape') from cooperation_request")
            kept += cursor.fetchone()[0]
        assert "Invented" not in kept
        assert "Invented" not in json.dumps([one.facts for one in AuditEntry.objects.all()])
        assert "Invented" not in json.dumps([one.matter for one in Waiting.objects.all()])
        assert asked_of(request_for(contact(), row.pk))[0].facts["full_name"] == "Invented Person"

    def test_opens_nothing_for_a_list(self):
        ask(**RETURN)
        (row,) = requests_visible_to(contact())
        assert row.get_deferred_fields() == {"questions", "answers"}

    @pytest.mark.parametrize(("kind", "due"), [
        ("emergency", AT + HOUR), ("complaint_referral", AT + 24 * HOUR),
    ])  # fmt: skip
    def test_gives_some_kinds_hours(self, kind, due):
        facts = {
            "emergency": {"full_name": "x", "last_place": "y", "what": "z"},
            "complaint_referral": {"what": "x", "reply_code_hash": "y"},
        }
        first = {"emergency": "help_given", "complaint_referral": "taken_over"}[kind]
        ask(kind=kind, questions=[first], facts=facts[kind])
        assert Waiting.objects.get().due_at == due


class TestOnTheOtherNode:
    def test_the_request_stands_there_with_its_source_and_a_clock_of_its_own(self, asked, theirs):
        assert (theirs.home, theirs.partner, theirs.state, theirs.statement) == ("pk", "pk", "asked", asked.asked)
        assert theirs.statement_hash == token_hash(said(asked, "request.asked/1"))
        assert theirs.number == asked.number and theirs.thread == asked.thread
        assert [one.code for one in asked_of(theirs)] == ["where_it_stands", "stands_since"]
        waiting = Waiting.objects.get(subject_id=str(theirs.pk))
        assert (waiting.task, waiting.holder_body, waiting.holder_role) == (
            "cooperation.accept_request", "CONTACT_JP", "contact_point_jp",
        )  # fmt: skip
        assert AuditEntry.objects.order_by("id").last().verb == "cooperation.mirror_request"

    def test_it_is_taken_up_once(self, asked, theirs):
        assert heard(asked, "jp") == theirs
        assert Request.objects.count() == 2

    def test_it_is_seen_by_the_contact_point_alone(self, theirs):
        assert request_for(contact("jp"), theirs.pk) == theirs
        assert not requests_visible_to(Actor("jp", "isa_regional", "ISA", uuid4())).exists()

    def test_a_marking_that_closes_it_to_the_contact_point_is_refused(self, asked):
        statement = replace(told(newest(), "pk", "jp"), marking=Marking("named_bodies", ("ISA",)))
        assert refused(mirroring.mirror_request, actor=mailroom("jp"), statement=statement, at=AT) == [
            "contact_point_not_addressed"
        ]
        assert Request.objects.count() == 1

    def test_questions_and_facts_newer_than_our_tables_are_kept(self, asked):
        statement = told(newest(), "pk", "jp")
        newer = {"code": "newer_question", "facts": {"newer_fact": "x", "a_number": 3, "a_yes": True}}
        newer_one = replace(statement, id=uuid4(), data=statement.data | {"questions": [newer], "urgency": "whenever"})
        row = mirroring.mirror_request(actor=mailroom("jp"), statement=newer_one, at=AT)
        page = request_page(contact("jp"), row.pk, shipped_book(), AT)
        assert [(one.code, one.row, one.form) for one in page.questions] == [("newer_question", None, "text")]
        assert [(one.code, one.row, one.value) for one in page.facts] == [
            ("newer_fact", None, "x"), ("a_number", None, 3), ("a_yes", None, True),
        ]  # fmt: skip

    def test_a_day_that_does_not_exist_is_refused(self, asked):
        statement = told(newest(), "pk", "jp")
        wrong = replace(statement, data=statement.data | {"due": "2026-02-30"})
        assert refused(mirroring.mirror_request, actor=mailroom("jp"), statement=wrong, at=AT) == ["not_a_day"]


class TestAcceptRequest:
    def test_moves_both_sides_and_their_clocks(self, settings, asked, theirs):
        row = accept(theirs)
        assert (row.state, row.agreed_on) == ("accepted", AGREED)
        statement = newest("request.accepted/1")
        assert statement.content == {"of": str(asked.asked), "statement": theirs.statement_hash, "agreed_on": "2026-12-01"}
        assert (statement.thread, statement.in_reply_to, statement.to) == (asked.thread, asked.asked, "pk")
        open_here = Waiting.objects.get(subject_id=str(theirs.pk), closed_at=None)
        assert (open_here.task, open_here.due_at) == (
            "cooperation.answer_request", dt.datetime(2026, 12, 1, 14, 59, 59, tzinfo=dt.UTC),
        )  # fmt: skip
        with node(settings, "pk"):
            hear(statement, "jp", "pk")
            asked.refresh_from_db()
            assert (asked.state, asked.agreed_on, asked.reply_level) == ("accepted", AGREED, "contact_point")
            open_there = Waiting.objects.get(subject_id=str(asked.pk), closed_at=None)
            assert (open_there.task, open_there.holder_body) == ("cooperation.answer_request", "CONTACT_JP")

    def test_refuses_what_was_asked_from_here(self, settings, asked):
        assert refused(accept, row=asked, actor=contact("pk")) == ["asked_from_here"]

    @pytest.mark.parametrize(("told_", "code"), [
        ({"agreed_on": None}, "agreed_day_missing"), ({"agreed_on": dt.date(2026, 11, 24)}, "due_in_past"), ({"seen": 7}, "stale"),
    ])  # fmt: skip
    def test_refuses_what_cannot_be(self, theirs, told_, code):
        assert refused(accept, row=theirs, **told_) == [code]

    def test_is_done_once(self, theirs):
        accept(theirs)
        assert refused(accept, row=theirs) == ["wrong_state"]


class TestAnswerRequest:
    def test_carries_the_answer_to_the_other_side_closed_at_rest(self, settings, asked, theirs):
        accept(theirs)
        hear(newest("request.accepted/1"), "jp", "pk")
        row = answer(theirs)
        assert (row.state, answers_of(row)) == ("answered", ANSWERS)
        assert not Waiting.objects.filter(subject_id=str(theirs.pk), closed_at=None).exists()
        statement = newest("request.answered/1")
        assert statement.content["of"] == str(asked.asked)
        with node(settings, "pk"):
            hear(statement, "jp", "pk")
            asked = request_for(contact("pk"), asked.pk)
            assert (asked.state, answers_of(asked)) == ("answered", ANSWERS)
            assert (asked.answered, asked.answered_hash) == (statement.id, token_hash(statement))
            waiting = Waiting.objects.get(subject_id=str(asked.pk), closed_at=None)
            assert (waiting.task, waiting.holder_body, waiting.due_at) == ("cooperation.rate_answer", "CONTACT_PK", None)
        with connection.cursor() as cursor:
            cursor.execute("select encode(answers, 'escape') from cooperation_request")
            assert all("bureau" not in kept for (kept,) in cursor.fetchall())

    def test_may_come_at_once(self, settings, asked, theirs):
        assert answer(theirs).state == "answered"
        hear(newest("request.answered/1"), "jp", "pk")
        asked.refresh_from_db()
        assert (asked.state, asked.accepted_at) == ("answered", None)
        assert {one.task for one in Waiting.objects.filter(closed_at=None)} == {"cooperation.rate_answer"}

    def test_answers_what_is_not_known_with_null(self, theirs):
        answer(theirs, answers={"where_it_stands": "At 12", "stands_since": ""})
        assert newest("request.answered/1").content["answers"][1] == {"code": "stands_since", "value": None}

    @pytest.mark.parametrize(("answers", "code"), [
        ({}, "answer_missing"), ({"where_it_stands": 3}, "answer_wrong"), ({**ANSWERS, "other": "x"}, "question_unknown"),
    ])  # fmt: skip
    def test_refuses_what_cannot_be(self, theirs, answers, code):
        assert code in refused(answer, row=theirs, answers=answers)
        assert Request.objects.get(pk=theirs.pk).answers is None

    def test_that_no_request_waits_for_is_refused_on_the_other_side(self, settings, asked, theirs):
        answer(theirs)
        entry = newest("request.answered/1")
        statement = told(entry, "jp", "pk")
        elsewhere = replace(statement, data=statement.data | {"of": str(uuid4())})
        assert refused(mirroring.mirror_answer, actor=mailroom("pk"), statement=elsewhere, at=AT) == ["request_not_known"]
        from_another = replace(statement, sender="xq")
        assert refused(mirroring.mirror_answer, actor=mailroom("pk"), statement=from_another, at=AT) == ["request_not_known"]
        hear(entry, "jp", "pk")
        assert refused(mirroring.mirror_answer, actor=mailroom("pk"), statement=statement, at=AT) == ["wrong_state"]


class TestRateAnswer:
    def answered(self, settings, asked, theirs):
        answer(theirs)
        hear(newest("request.answered/1"), "jp", "pk")
        settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "pk", "jp"
        asked.refresh_from_db()
        return asked

    def test_ends_the_request_on_both_sides(self, settings, asked, theirs):
        asked = self.answered(settings, asked, theirs)
        row = rate(asked)
        assert (row.state, row.timeliness, row.effort) == ("rated", 4, 5)
        statement = newest("request.rated/1")
        assert statement.content == {"of": str(asked.answered), "statement": asked.answered_hash, "timeliness": 4, "effort": 5}
        hear(statement, "pk", "jp")
        theirs.refresh_from_db()
        assert (theirs.state, theirs.timeliness, theirs.effort) == ("rated", 4, 5)
        assert not Waiting.objects.filter(closed_at=None).exists()

    def test_refuses_the_one_who_answered(self, settings, asked, theirs):
        answer(theirs)
        assert refused(rate, row=theirs, actor=contact("jp")) == ["asked_from_there"]

    @pytest.mark.parametrize(("told_", "code"), [({"timeliness": 0}, "mark_missing"), ({"effort": None}, "mark_missing")])
    def test_refuses_what_cannot_be(self, settings, asked, theirs, told_, code):
        assert refused(rate, row=self.answered(settings, asked, theirs), **told_) == [code]

    def test_refuses_before_the_answer(self, asked):
        assert refused(rate, row=asked) == ["wrong_state"]

    def test_of_an_answer_that_is_not_ours_is_refused(self, settings, asked, theirs):
        asked = self.answered(settings, asked, theirs)
        rate(asked)
        statement = told(newest("request.rated/1"), "pk", "jp")
        elsewhere = replace(statement, data=statement.data | {"of": str(uuid4())})
        assert refused(mirroring.mirror_rating, actor=mailroom("jp"), statement=elsewhere, at=AT) == ["request_not_known"]


class TestTheList:
    def test_says_who_must_act_until_when_and_how_late(self, settings, asked, theirs):
        book = shipped_book()
        line = line_of(contact("jp"), theirs, book, AT)
        assert (line.own, line.holder, line.due, line.late) == (False, "jp", dt.date(2026, 11, 27), None)
        late = line_of(contact("jp"), theirs, book, AT + dt.timedelta(days=12))
        assert (late.late.days, late.late.step) == (6, "coordinator")
        accept(theirs)
        theirs.refresh_from_db()
        late = line_of(contact("jp"), theirs, book, dt.datetime(2026, 12, 16, 3, tzinfo=dt.UTC))
        assert (late.due, late.late.days, late.late.step) == (AGREED, 11, "agenda")
        answer(theirs)
        theirs.refresh_from_db()
        assert line_of(contact("jp"), theirs, book, AT).holder == "pk"

    def test_counts_the_other_sides_days_for_what_it_must_do(self, asked):
        (line,) = lines_of(contact("pk"), [asked], shipped_book(), AT)
        assert (line.own, line.holder, line.due) == (True, "jp", dt.date(2026, 11, 27))


class TestAnotherPartner:
    def test_a_partner_of_another_corridor_is_answered_where_it_is(self, settings, asked):
        statement = replace(told(newest(), "pk", "jp"), sender="xq", id=uuid4())
        row = mirroring.mirror_request(actor=mailroom("jp"), statement=statement, at=AT)
        settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "jp", "pk"
        accept(row)
        assert newest("request.accepted/1").to == "xq"
        row.refresh_from_db()
        assert line_of(contact("jp"), row, shipped_book(), AT).holder == "jp"


def test_the_roles_of_the_makers_are_those_of_accounts(settings):
    assert actor("contact_point_pk").body == contact("pk").body
    assert actor("contact_point_jp", node="jp").body == contact("jp").body

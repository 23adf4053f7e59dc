"""Drafting, approving, accepting, answering and recalling on both nodes: whom each refuses, what each leaves on either side."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from rahdari.base.actor import Actor, machine, stranger
from rahdari.base.models import AuditEntry, OutboxEntry, Waiting
from rahdari.base.reference import shipped_book
from rahdari.base.refusal import Refused
from rahdari.base.rows import writing
from rahdari.base.statements import Marking
from rahdari.base.work import Missing
from rahdari.domain.accounts.rules.roles import ROLES
from rahdari.domain.exams.queries.voided import VoidEvidence
from rahdari.domain.notices import actions
from rahdari.domain.notices.access import OFFICERS
from rahdari.domain.notices.actions import exam_fraud, mirroring
from rahdari.domain.notices.messages import notice_updated
from rahdari.domain.notices.models import Notice, NoticeUpdate
from rahdari.domain.notices.queries.notices import (
    draft_of,
    line_of,
    notice_for,
    notice_page,
    notices_visible_to,
    punctuality,
)
from rahdari.domain.notices.rules.notices import MOST_PARTIES
from tests.make.notices import ANSWER, AT, DRAFT, TODAY, hear, heard, notice, officer, said
from tests.make.requests import contact
from tests.make.statements import SCHEMAS, mailroom, newest, node, token_hash, told

pytestmark = pytest.mark.django_db
BOOK = shipped_book()


def refused(act, **told_):
    with pytest.raises(Refused) as wrong:
        act(**told_)
    return [one.code for one in wrong.value.refusals]


@pytest.fixture
def raised(settings):
    """A notice that Japan's contact point told, as its own row; the test goes on there."""
    settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "jp", "pk"
    return notice()


@pytest.fixture
def theirs(settings, raised):
    """The same as Pakistan's node keeps it; the test runs there."""
    row = heard(raised, "pk")
    settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "pk", "jp"
    return row


def kept_plainly():
    """Everything the tables of notices, the audit and the worklist hold, as a thief of the disk would read it."""
    with connection.cursor() as cursor:
        texts = []
        for table in ("notices_notice", "notices_noticeupdate", "base_auditentry", "base_waiting"):
            cursor.execute(f"select row(t.*)::text from {table} t")
            texts += [line for (line,) in cursor.fetchall()]
        cursor.execute("select encode(content, 'escape') || coalesce(encode(answer, 'escape'), '') from notices_notice")
        texts += [line or "" for (line,) in cursor.fetchall()]
    return " ".join(texts)


class TestWhoMay:
    STRANGERS = {
        "nobody": stranger("jp"),
        "the node itself": machine("jp", "command"),
        "an employer": Actor("jp", "employer", "jp:org:x", uuid4()),
        "a promoter": Actor("pk", "promoter_manager", "pk:org:x", uuid4()),
        "the operator": Actor("jp", "node_operator", "ISA", uuid4()),
        "an auditor": Actor("jp", "auditor", "MOJ", uuid4()),
        "a custodian": Actor("jp", "custodian_jp", "MOJ", uuid4()),
        "a role without a person": replace(contact("jp"), person=None),
    }

    @pytest.mark.parametrize("who", STRANGERS)
    def test_strangers_neither_write_nor_see(self, raised, who):
        someone, before = self.STRANGERS[who], AuditEntry.objects.count()
        assert set(refused(actions.draft_notice, actor=someone, draft=DRAFT, at=AT)) <= {"not_permitted", "sign_in_first"}
        assert not notices_visible_to(someone).exists()
        assert AuditEntry.objects.count() == before

    @pytest.mark.parametrize("act", ["approve_notice", "accept_notice", "answer_notice", "recall_notice"])
    def test_an_officer_drafts_and_does_no_more(self, raised, act):
        more = {"answer_notice": {"answer": ANSWER}, "recall_notice": {"reason": "recall_wrong_facts"}}.get(act, {})
        assert refused(getattr(actions, act), actor=officer(), notice_id=raised.pk, at=AT, **more) == ["not_permitted"]
        assert notice("drafted", by=officer()).drafted_body == "ISA"

    def test_officers_are_those_who_decide_for_an_office(self):
        assert {"protector", "bureau_officer", "isa_regional", "police_liaison", "contact_point_pk"} <= set(OFFICERS)
        assert not {"custodian_pk", "custodian_jp", "auditor", "node_operator", "employer", "worker"} & set(OFFICERS)
        assert set(OFFICERS) <= set(ROLES)

    def test_a_draft_is_seen_by_its_office_and_the_contact_point(self, raised):
        row = notice("drafted", by=officer())
        assert notice_for(officer(), row.pk) == row
        assert notice_for(contact("jp"), row.pk) == row
        for other in (officer("police_liaison", "NPA"), officer("labour_ministry", "MHLW")):
            with pytest.raises(Missing):
                notice_for(other, row.pk)

    @pytest.mark.parametrize(("marking", "readers"), [
        (Marking(), {"contact"}),
        (Marking("named_bodies", ("CONTACT_PK", "BEOE")), {"contact", "bureau"}),
        (Marking("authorities"), {"contact"}),
        (Marking("public"), {"contact", "bureau", "protector"}),
    ])  # fmt: skip
    def test_the_partners_is_seen_as_far_as_its_marking_opens_it(self, raised, marking, readers):
        statement = replace(told(said(raised, "notice.raised/1"), "jp", "pk"), marking=marking)
        row = mirroring.mirror_notice(actor=mailroom("pk"), statement=statement, at=AT)
        people = {"contact": contact("pk"), "bureau": officer("bureau_officer", "BEOE", "pk"),
                  "protector": officer("protector", "PROTECTOR", "pk")}  # fmt: skip
        assert {name for name, one in people.items() if notices_visible_to(one).filter(pk=row.pk).exists()} == readers

    def test_only_the_mailroom_takes_up(self, raised):
        statement = told(said(raised, "notice.raised/1"), "jp", "pk")
        for act in (mirroring.mirror_notice, mirroring.mirror_update, mirroring.mirror_answer, mirroring.mirror_recall):
            assert refused(act, actor=contact("pk"), statement=statement, at=AT) == ["not_permitted"]


class TestDraftNotice:
    def test_leaves_the_draft_one_entry_and_the_clock_and_tells_nothing(self, settings, raised):
        before = OutboxEntry.objects.count()
        one = officer()
        row = notice("drafted", by=one)
        assert (row.state, row.home, row.partner, row.drafted_body, row.number) == ("drafted", "jp", "pk", "ISA", "")
        assert draft_of(row) == DRAFT
        assert OutboxEntry.objects.count() == before
        waiting = Waiting.objects.get(subject_id=str(row.pk))
        assert (waiting.task, waiting.holder_body) == ("notices.approve_notice", "CONTACT_JP")
        assert waiting.due_at == dt.datetime(2026, 11, 25, 14, 59, 59, tzinfo=dt.UTC)  # the same working day of Japan
        assert AuditEntry.objects.order_by("id").last().verb == "notices.draft_notice"

    def test_refuses_and_leaves_nothing(self):
        assert refused(notice, state="drafted", what="", category="") == ["category_missing", "what_missing"]
        assert not Notice.objects.exists() and not Waiting.objects.exists()

    def test_may_be_written_anew_by_its_office(self, raised):
        row = notice("drafted", by=officer())
        again = replace(DRAFT, what="Other words.")
        changed = actions.draft_notice(actor=officer(), draft=again, notice_id=row.pk, seen=row.version, at=AT)
        assert (changed.pk, draft_of(changed).what, changed.version) == (row.pk, "Other words.", 2)
        assert Waiting.objects.filter(subject_id=str(row.pk), closed_at=None).count() == 1
        assert refused(actions.draft_notice, actor=officer(), draft=again, notice_id=row.pk, seen=1, at=AT) == ["stale"]

    def test_is_not_written_anew_by_another_office_or_once_told(self, raised):
        row = notice("drafted", by=officer())
        with pytest.raises(Missing):
            actions.draft_notice(actor=officer("police_liaison", "NPA"), draft=DRAFT, notice_id=row.pk, at=AT)
        assert refused(actions.draft_notice, actor=contact(), draft=DRAFT, notice_id=raised.pk, at=AT) == ["wrong_state"]

    def test_nobody_writes_anew_what_the_partner_told(self, theirs):
        with pytest.raises(Missing):
            actions.draft_notice(actor=contact("pk"), draft=DRAFT, notice_id=theirs.pk, at=AT)


class TestDraftExamNotice:
    def test_names_no_more_people_than_a_notice_holds(self, settings, monkeypatch):
        settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "jp", "pk"
        names = tuple(f"Invented Person {number}" for number in range(MOST_PARTIES + 1))
        evidence = VoidEvidence(
            code="proxy", exam="SSW1_SKILL", venue="Lahore (invented)", body="jp:org:exam-body", sat_on="2026-11-20",
            names=names, evidence="Film (invented)", numbers=tuple(f"PK-{number}" for number in range(len(names))),
            decided_by=uuid4(),
        )  # fmt: skip
        monkeypatch.setattr(exam_fraud, "void_evidence", lambda _: evidence)
        row = actions.draft_exam_notice(actor=machine("jp", "timetable"), voiding=uuid4(), at=AT)
        draft = draft_of(row)
        assert [one.name for one in draft.about] == list(names[:MOST_PARTIES])
        assert draft.workers == len(names) and row.drafted_by == evidence.decided_by
        SCHEMAS["notice.raised/1"].validate(json.loads(row.content))


class TestApproveNotice:
    def test_tells_the_other_state_and_starts_its_clock(self, raised):
        statement = newest("notice.raised/1")
        assert (raised.state, raised.raised, raised.thread) == ("raised", statement.id, statement.thread)
        assert (statement.to, statement.marking) == ("pk", {"level": "contact_point", "bodies": []})
        assert statement.content["category"] == "MOC_B"
        assert raised.number == f"JP-N-2026-{statement.id.hex[-6:].upper()}"
        assert raised.days_late == 0
        (waiting,) = Waiting.objects.filter(closed_at=None)
        assert (waiting.task, waiting.holder_body, waiting.holder_side) == ("notices.accept_notice", "CONTACT_PK", "pk")
        assert waiting.due_at == dt.datetime(2026, 11, 26, 18, 59, 59, tzinfo=dt.UTC)  # one working day of Pakistan

    def test_lists_the_receiving_contact_point_among_named_bodies(self, raised):
        row = notice(level="named_bodies", bodies=("BEOE",))
        assert newest("notice.raised/1").marking == {"level": "named_bodies", "bodies": ["CONTACT_PK", "BEOE"]}
        assert row.bodies == ["CONTACT_PK", "BEOE"]

    def test_refuses_whoever_wrote_it(self, raised):
        one = contact()
        row = notice("drafted", by=one)
        assert refused(actions.approve_notice, actor=one, notice_id=row.pk, at=AT) == ["four_eyes"]
        assert refused(actions.approve_notice, actor=contact(), notice_id=row.pk, seen=9, at=AT) == ["stale"]
        other = contact()
        actions.draft_notice(actor=other, draft=DRAFT, notice_id=row.pk, at=AT)
        assert refused(actions.approve_notice, actor=other, notice_id=row.pk, at=AT) == ["four_eyes"]
        assert actions.approve_notice(actor=one, notice_id=row.pk, at=AT).state == "raised"

    def test_the_database_itself_wants_four_eyes(self, raised):
        token = writing.set(True)
        with pytest.raises(IntegrityError), transaction.atomic():
            Notice.objects.filter(pk=raised.pk).update(approved_by=raised.drafted_by)
        writing.reset(token)

    @pytest.mark.parametrize(("known", "late"), [(TODAY, 0), (dt.date(2026, 11, 24), 1), (dt.date(2026, 11, 20), 2)])
    def test_counts_how_late_it_is(self, raised, known, late):
        assert notice(known_on=known).days_late == late

    def test_says_what_its_schema_asks(self, raised):
        told(newest("notice.raised/1"), "jp", "pk")

    def test_is_done_once(self, raised):
        assert refused(actions.approve_notice, actor=contact(), notice_id=raised.pk, at=AT) == ["wrong_state"]

    def test_keeps_nothing_of_it_plain(self, raised):
        assert "Secret words" not in kept_plainly() and "Hoshizora" not in kept_plainly()


class TestOnTheOtherNode:
    def test_stands_with_its_source_its_lateness_and_a_clock(self, raised, theirs):
        assert (theirs.state, theirs.home, theirs.statement) == ("raised", "jp", raised.raised)
        assert theirs.statement_hash == token_hash(said(raised, "notice.raised/1"))
        assert (theirs.number, theirs.thread, theirs.days_late) == (raised.number, raised.thread, 0)
        assert notice_page(contact("pk"), theirs.pk, BOOK, AT).draft == replace(DRAFT, level="contact_point", bodies=())
        waiting = Waiting.objects.get(subject_id=str(theirs.pk))
        assert (waiting.task, waiting.holder_body, waiting.holder_role) == (
            "notices.accept_notice",
            "CONTACT_PK",
            "contact_point_pk",
        )
        assert "Secret words" not in kept_plainly()

    def test_is_taken_up_once(self, raised, theirs):
        assert heard(raised, "pk") == theirs
        assert Notice.objects.count() == 2

    @pytest.mark.parametrize(("change", "code"), [
        ({"marking": Marking("named_bodies", ("BEOE",))}, "contact_point_not_addressed"),
        ({"data": {"category": None}}, "category_missing"),
        ({"data": {"known_on": "2026-02-30"}}, "not_a_day"),
    ])  # fmt: skip
    def test_refuses_what_cannot_be(self, raised, change, code):
        statement = told(said(raised, "notice.raised/1"), "jp", "pk")
        change = change | ({"data": {**statement.data, **change["data"]}} if "data" in change else {})
        assert refused(mirroring.mirror_notice, actor=mailroom("pk"), statement=replace(statement, **change), at=AT) == [code]
        assert Notice.objects.count() == 1

    def test_names_the_files_that_came_with_it(self, raised):
        statement = told(said(raised, "notice.raised/1"), "jp", "pk")
        file = {"name": "contract.pdf", "media_type": "application/pdf", "size": 3, "sha256": "0" * 64, "sealed": "1" * 64}
        row = mirroring.mirror_notice(
            actor=mailroom("pk"), statement=replace(statement, data={**statement.data, "evidence": [file]}), at=AT
        )
        assert notice_page(contact("pk"), row.pk, BOOK, AT).files == ("contract.pdf",)


def accept(row, **told_):
    return actions.accept_notice(**({"actor": contact("pk"), "notice_id": row.pk, "at": AT} | told_))


def answer(row, **told_):
    return actions.answer_notice(**({"actor": contact("pk"), "notice_id": row.pk, "answer": ANSWER, "at": AT} | told_))


def recall(row, **told_):
    return actions.recall_notice(
        **({"actor": contact("jp"), "notice_id": row.pk, "reason": "recall_wrong_facts", "at": AT} | told_)
    )


class TestAcceptNotice:
    def test_moves_both_sides_and_their_clocks(self, settings, raised, theirs):
        row = accept(theirs)
        assert (row.state, row.accepted_at) == ("accepted", AT)
        statement = newest("notice.updated/1")
        assert statement.content == {"of": str(raised.raised), "statement": theirs.statement_hash, "state": "accepted"}
        assert (statement.thread, statement.in_reply_to, statement.to) == (raised.thread, raised.raised, "jp")
        (waiting,) = Waiting.objects.filter(subject_id=str(theirs.pk), closed_at=None)
        assert (waiting.task, waiting.due_at.date() > TODAY + dt.timedelta(days=40)) == ("notices.answer_notice", True)
        hear(statement, "pk", "jp")
        raised.refresh_from_db()
        assert (raised.state, raised.reply_level) == ("accepted", "contact_point")
        (waiting,) = Waiting.objects.filter(subject_id=str(raised.pk), closed_at=None)
        assert (waiting.task, waiting.holder_body) == ("notices.answer_notice", "CONTACT_PK")

    def test_information_has_no_clock_for_its_answer(self, settings, raised):
        row = heard(notice(kind="information", category="", about=()), "pk")
        settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = "pk", "jp"
        assert accept(row).due_on is None
        assert Waiting.objects.get(subject_id=str(row.pk), closed_at=None).due_at is None

    def test_refuses_the_state_that_told(self, raised):
        assert refused(accept, row=raised, actor=contact("jp")) == ["raised_from_here"]

    def test_is_done_once(self, theirs):
        accept(theirs)
        assert refused(accept, row=theirs) == ["wrong_state"]

    def test_of_a_notice_that_is_not_ours_is_refused(self, raised, theirs):
        accept(theirs)
        statement = told(newest("notice.updated/1"), "pk", "jp")
        for wrong in (replace(statement, sender="xq"), replace(statement, data={**statement.data, "of": str(uuid4())})):
            assert refused(mirroring.mirror_update, actor=mailroom("jp"), statement=wrong, at=AT) == ["notice_not_known"]


class TestUpdates:
    def test_what_the_partner_says_of_its_own_notice_is_kept_closed(self, raised, theirs):
        statement = told(said(raised, "notice.raised/1"), "jp", "pk")
        data = notice_updated(
            of=statement.id, statement=statement.hash, state="more_known", text="Secret words: a fifth contract."
        )
        more = replace(statement, id=uuid4(), type="notice.updated/1", data=data)
        mirroring.mirror_update(actor=mailroom("pk"), statement=more, at=AT)
        (update,) = notice_page(contact("pk"), theirs.pk, BOOK, AT).updates
        assert (update.state, update.text, update.statement) == ("more_known", "Secret words: a fifth contract.", more.id)
        assert "Secret words" not in kept_plainly()

    def test_are_closed_to_others_by_their_own_marking(self, raised, theirs):
        statement = told(said(raised, "notice.raised/1"), "jp", "pk")
        data = notice_updated(of=statement.id, statement=statement.hash, state="more_known", text="x")
        open_one = replace(statement, id=uuid4(), marking=Marking("named_bodies", ("BEOE",)), data=data)
        mirroring.mirror_update(actor=mailroom("pk"), statement=open_one, at=AT)
        assert notice_page(contact("pk"), theirs.pk, BOOK, AT).updates == ()


class TestAnswerNotice:
    def test_carries_the_answer_to_the_other_side_closed_at_rest(self, settings, raised, theirs):
        accept(theirs)
        hear(newest("notice.updated/1"), "pk", "jp")
        row = answer(theirs)
        assert row.state == "answered"
        assert not Waiting.objects.filter(subject_id=str(theirs.pk), closed_at=None).exists()
        statement = newest("notice.answered/1")
        assert statement.content["of"] == str(raised.raised) and statement.content["statement"] == theirs.statement_hash
        hear(statement, "pk", "jp")
        with node(settings, "jp"):
            page = notice_page(contact("jp"), raised.pk, BOOK, AT)
            assert page.answer == ANSWER
            assert page.line.row.answered_hash == token_hash(statement)
            assert not Waiting.objects.filter(subject_id=str(raised.pk), closed_at=None).exists()
        assert "Secret words" not in kept_plainly()

    def test_may_come_before_it_was_accepted(self, theirs):
        assert answer(theirs).state == "answered"

    @pytest.mark.parametrize(("change", "code"), [
        ({"steps": ()}, "no_steps"), ({"measure": "none", "evidence_asked": False}, "bare_denial"), ({"reason": ""}, "answer_without_reason"),
    ])  # fmt: skip
    def test_refuses_a_bare_denial(self, theirs, change, code):
        before = OutboxEntry.objects.count()
        assert refused(answer, row=theirs, answer=replace(ANSWER, **change)) == [code]
        assert OutboxEntry.objects.count() == before

    def test_of_a_notice_that_is_not_ours_is_refused(self, raised, theirs):
        answer(theirs)
        statement = told(newest("notice.answered/1"), "pk", "jp")
        wrong = replace(statement, data={**statement.data, "of": str(uuid4())})
        assert refused(mirroring.mirror_answer, actor=mailroom("jp"), statement=wrong, at=AT) == ["notice_not_known"]


class TestRecallNotice:
    def gone(self, row):
        row.refresh_from_db()
        assert (row.state, row.content, row.kind, row.category, row.known_on, row.due_on) == (
            "recalled",
            None,
            "",
            "",
            None,
            None,
        )
        assert row.number and row.raised and row.raised_at and row.recalled_at == AT
        assert row.recall_reason == "recall_wrong_facts"
        assert not Waiting.objects.filter(subject_id=str(row.pk), closed_at=None).exists()

    def test_leaves_a_stub_on_both_sides(self, settings, raised, theirs):
        accept(theirs)
        hear(newest("notice.updated/1"), "pk", "jp")
        with node(settings, "jp"):
            recall(raised)
        self.gone(raised)
        statement = newest("notice.recalled/1")
        assert statement.content == {"of": str(raised.raised), "statement": None, "reason": "recall_wrong_facts", "stubs": []}
        assert (statement.thread, statement.in_reply_to, statement.to) == (raised.thread, raised.raised, "pk")
        hear(statement, "jp", "pk")
        self.gone(theirs)
        page = notice_page(contact("pk"), theirs.pk, BOOK, AT)
        assert (page.draft, page.files, page.line.holder) == (None, (), "")
        entries = json.dumps([one.facts for one in AuditEntry.objects.all()])
        assert not any(word in entries for word in ("MOC_B", "Hoshizora", "Secret", '"act"'))

    def test_destroys_what_was_said_of_it_since(self, settings, raised, theirs):
        statement = told(said(raised, "notice.raised/1"), "jp", "pk")
        data = notice_updated(of=statement.id, statement=statement.hash, state="more_known", text="Secret words.")
        mirroring.mirror_update(actor=mailroom("pk"), statement=replace(statement, id=uuid4(), data=data), at=AT)
        with node(settings, "jp"):
            recall(raised)
        hear(newest("notice.recalled/1"), "jp", "pk")
        assert [one.text for one in NoticeUpdate.objects.all()] == [None]

    def test_of_one_word_alone_destroys_that_word(self, raised, theirs):
        statement = told(said(raised, "notice.raised/1"), "jp", "pk")
        data = notice_updated(of=statement.id, statement=statement.hash, state="more_known", text="Secret words.")
        more = replace(statement, id=uuid4(), data=data)
        mirroring.mirror_update(actor=mailroom("pk"), statement=more, at=AT)
        back = replace(statement, id=uuid4(), data={"of": str(more.id), "statement": more.hash, "reason": "x", "stubs": []})
        mirroring.mirror_recall(actor=mailroom("pk"), statement=back, at=AT)
        assert [one.text for one in NoticeUpdate.objects.all()] == [None]
        assert Notice.objects.get(pk=theirs.pk).state == "raised"

    def test_of_an_answer_destroys_what_the_answer_said(self, settings, raised, theirs):
        answer(theirs)
        hear(newest("notice.answered/1"), "pk", "jp")
        back = told(newest("notice.answered/1"), "pk", "jp")
        back = replace(back, id=uuid4(), data={"of": str(back.id), "statement": back.hash, "reason": "x", "stubs": []})
        mirroring.mirror_recall(actor=mailroom("jp"), statement=back, at=AT)
        with node(settings, "jp"):
            page = notice_page(contact("jp"), raised.pk, BOOK, AT)
        assert (page.answer, page.line.row.state, page.draft is None) == (None, "answered", False)

    def test_of_what_is_not_held_here_is_recorded_and_no_more(self, raised):
        statement = told(said(raised, "notice.raised/1"), "jp", "pk")
        data = {"of": str(statement.id), "statement": statement.hash, "reason": "x", "stubs": []}
        mirroring.mirror_recall(actor=mailroom("pk"), statement=replace(statement, id=uuid4(), data=data), at=AT)
        entry = AuditEntry.objects.order_by("id").last()
        assert (entry.verb, entry.subject_id, entry.facts) == ("notices.mirror_recall", str(statement.id), {"held": False})
        assert Notice.objects.count() == 1

    def test_another_partner_cannot_take_it_back(self, raised, theirs):
        statement = replace(told(said(raised, "notice.raised/1"), "jp", "pk"), sender="xq")
        data = {"of": str(raised.raised), "statement": statement.hash, "reason": "x", "stubs": []}
        mirroring.mirror_recall(actor=mailroom("pk"), statement=replace(statement, id=uuid4(), data=data), at=AT)
        theirs.refresh_from_db()
        assert theirs.state == "raised" and theirs.content

    def test_nothing_is_done_with_it_afterwards(self, settings, raised, theirs):
        with node(settings, "jp"):
            recall(raised)
            assert refused(recall, row=raised) == ["wrong_state"]
        hear(newest("notice.recalled/1"), "jp", "pk")
        assert refused(accept, row=theirs) == ["wrong_state"]
        assert "wrong_state" in refused(answer, row=theirs)

    def test_refuses_the_other_side_and_a_missing_reason(self, settings, raised, theirs):
        assert refused(recall, row=theirs, actor=contact("pk")) == ["raised_from_there"]
        with node(settings, "jp"):
            assert refused(recall, row=raised, reason="because") == ["reason_missing"]

    def test_the_database_itself_wants_nothing_left(self, settings, raised):
        recall(raised)
        token = writing.set(True)
        with pytest.raises(IntegrityError), transaction.atomic():
            Notice.objects.filter(pk=raised.pk).update(content="back again")
        writing.reset(token)


class TestTheList:
    def test_says_who_must_act_and_how_late(self, settings, raised, theirs):
        line = line_of(contact("pk"), theirs, BOOK, AT)
        assert (line.own, line.holder, line.due, line.late) == (False, "pk", dt.date(2026, 11, 26), 0)
        assert line_of(contact("pk"), theirs, BOOK, AT + dt.timedelta(days=6)).late == 3

    def test_counts_the_late_ones_of_each_state(self, settings, raised):
        notice(known_on=dt.date(2026, 11, 20))
        notice("drafted")
        (told_,) = punctuality(contact("jp"))
        assert (told_.home, told_.sent, told_.late) == ("jp", 2, 1)
        assert punctuality(officer("police_liaison", "NPA")) == []

    def test_opens_nothing(self, raised):
        (row,) = notices_visible_to(contact("jp"))
        assert row.get_deferred_fields() == {"content", "answer"}

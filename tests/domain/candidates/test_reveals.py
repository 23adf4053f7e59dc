"""Who stands behind a profile: the person's yes for one firm, silence as no, and nothing that tells who is there at all."""

from __future__ import annotations

import datetime as dt
import json
from uuid import uuid4

import pytest
from django.db import connection

from rahdari.base.actor import machine, stranger
from rahdari.base.models import AuditEntry, Letter, Look, OutboxEntry
from rahdari.base.reference import shipped_book
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing, unit_of_work
from rahdari.domain.candidates import actions
from rahdari.domain.candidates.models import Consent, Reveal
from rahdari.domain.candidates.queries.reveals import person_behind, reveals_of, reveals_to_end, what_is_sent
from rahdari.domain.candidates.queries.shown import shown_in
from rahdari.domain.candidates.rules.reveals import way_of, why_not_answer, why_not_take_answer
from rahdari.domain.candidates.rules.showing import Asking
from rahdari.domain.cooperation.actions import rate_answer
from rahdari.domain.cooperation.actions.mirroring import mirror_acceptance, mirror_answer, mirror_rating
from rahdari.domain.cooperation.models import Request
from rahdari.domain.cooperation.queries.requests import answers_of
from rahdari.domain.organisations.models import Organisation
from rahdari.project.timetable import end_reveals
from tests.make import candidates as make
from tests.make import organisations
from tests.make.enquiries import AT, FIRM, Line
from tests.make.people import by_mail_alone
from tests.make.statements import mailroom, spoken

DAY = dt.timedelta(days=1)


def refused(act, **told):
    with pytest.raises(Refused) as wrong:
        act(**told)
    return [one.code for one in wrong.value.refusals]


class TestRules:
    @pytest.mark.parametrize(
        "text,way",
        [
            ("+92 300 1234567", "phone"), ("0300-1234567", "phone"), ("a.b@c.pk", "email"), ("123456", ""), ("", ""),
            ("call me 0300 1234567", ""), ("a@b", ""), ("x" * 130 + "@c.pk", ""), ("۰۳۰۰۱۲۳۴۵۶۷", "phone"),
        ],
    )  # fmt: skip
    def test_knows_a_contact(self, text, way):
        assert way_of(text) == way

    ANSWERS = {
        "yes": ("reveal_asked", True, "0300 1234567", AT + DAY, []),
        "yes after a no": ("reveal_declined", True, "0300 1234567", AT + DAY, []),
        "no": ("reveal_asked", False, "", AT + DAY, []),
        "no after a yes": ("revealed", False, "", AT + DAY, ["wrong_state"]),
        "too late": ("reveal_asked", True, "0300 1234567", AT, ["reveal_over"]),
        "yes without a way to be reached": ("reveal_asked", True, "", AT + DAY, ["contact_wrong"]),
    }

    @pytest.mark.parametrize("case", ANSWERS)
    def test_says_what_stands_against_an_answer(self, case):
        state, yes, contact, until, expected = self.ANSWERS[case]
        assert [one.code for one in why_not_answer(state=state, yes=yes, contact=contact, until=until, at=AT)] == expected

    @pytest.mark.parametrize(
        "state,person,expected",
        [
            (None, True, ["reveal_not_known"]), ("reveal_asked", True, []), ("reveal_asked", False, []), ("revealed", False, []),
            ("revealed", True, ["wrong_state"]), ("not_revealed", True, ["wrong_state"]), ("reveal_withdrawn", True, ["wrong_state"]),
        ],
    )  # fmt: skip
    def test_takes_each_answer_once(self, state, person, expected):
        assert [one.code for one in why_not_take_answer(state=state, person=person)] == expected


@pytest.fixture
def line(db, settings):
    return Line(settings)


class TestYes:
    def test_tells_the_one_firm_and_can_be_taken_back(self, line):
        shown = line.shown()
        row = line.asked_who(shown)
        assert row.firm_name == "Asked Firm (invented)" and row.until == dt.datetime(2026, 12, 2, 18, 59, 59, tzinfo=dt.UTC)
        with line.corridor.on("jp"):
            assert refused(person_behind, actor=line.firm, shown_id=shown) == ["no_consent"]
        line.say_yes(row)
        with line.corridor.on("pk"):
            said = OutboxEntry.objects.filter(type="request.answered/1").order_by("id").last()
            assert said.marking == {"level": "named_bodies", "bodies": ["jp:org:asked-firm"]}
            assert set(said.content["person"]) == {"name", "cv", "contact"}
            assert line.file.father_name not in json.dumps(said.content) and line.file.cnic not in json.dumps(said.content)
            look = Look.objects.get(about=line.worker.person, by_body="jp:org:asked-firm")
            assert (look.by_role, look.purpose) == ("employer", "candidates.see_shown")
            consent = Consent.objects.get(purpose="reveal", body="jp:org:asked-firm")
            facts = json.dumps([one.facts for one in AuditEntry.objects.all()])
            assert "ZARGHUNA" not in facts and "300 1234567" not in facts
        with line.corridor.on("jp"):
            told = person_behind(line.firm, shown).told
            assert (told["name"], told["contact"]) == ("ZARGHUNA KHAN", {"way": "phone", "value": "+92 300 1234567"})
            with pytest.raises(Missing):
                person_behind(line.other, shown)
            with pytest.raises(Missing):
                person_behind(line.contact, shown)
            request = Request.objects.filter(kind="firm_enquiry").order_by("asked_at", "id").last()
            assert answers_of(request) == {"who_stands_behind": True}  # the contact point reads that, not who it is
            rating = {"actor": line.contact, "request_id": request.pk, "timeliness": 5, "effort": 5, "at": AT}
            assert refused(rate_answer, **rating) == ["enquiry_by_its_own_door"]
            with connection.cursor() as cursor:
                cursor.execute("select coalesce(string_agg(row(r.*)::text, ''), '') from candidates_reveal r")
                assert "ZARGHUNA" not in cursor.fetchone()[0]
        with line.corridor.on("pk"):
            stranger_, _file = make.file(tests=())
            assert refused(actions.withdraw_consent, actor=stranger_, consent_id=consent.pk, at=AT) == ["not_own_file"]
            actions.withdraw_consent(actor=line.worker, consent_id=consent.pk, at=AT)
            assert Reveal.objects.get(pk=row.pk).told is None
        line.carry()
        with line.corridor.on("jp"):
            assert refused(person_behind, actor=line.firm, shown_id=shown) == ["no_consent"]
            mine = Reveal.objects.get(shown=shown)
            assert (mine.state, mine.told) == ("reveal_withdrawn", None)

    def test_is_taken_back_whatever_the_firms_side_says_of_the_answer(self, line):
        """A rating of what no contact point may rate does not keep a withdrawal from crossing."""
        shown = line.shown()
        row = line.asked_who(shown)
        line.say_yes(row)
        with line.corridor.on("pk"):
            request = Request.objects.get(asked=row.asked)
            told = {"of": str(request.answered), "statement": "x" * 43, "timeliness": 5, "effort": 5}
            said = spoken(
                "request.rated/1", told, sender="jp", receiver="pk", thread=request.thread, bodies=("CONTACT_PK",), at=AT
            )
            assert refused(mirror_rating, actor=mailroom("pk"), statement=said, at=AT) == ["enquiry_by_its_own_door"]
            with unit_of_work("tests.rated_before", actor=line.officer, at=AT) as unit:
                request.state = "rated"  # as an earlier release took it
                unit.about(unit.save(request))
            actions.withdraw_consent(actor=line.worker, consent_id=Consent.objects.get(purpose="reveal").pk, at=AT)
        line.carry()
        with line.corridor.on("jp"):
            assert refused(person_behind, actor=line.firm, shown_id=shown) == ["no_consent"]

    def test_erasing_ones_file_takes_it_back_too(self, line):
        shown = line.shown()
        line.say_yes(line.asked_who(shown))
        with line.corridor.on("pk"):
            actions.erase_file(actor=line.worker, at=AT)
            row = Reveal.objects.get(shown=shown)
            assert (row.state, row.told, row.shown.told, row.shown.profile) == ("reveal_withdrawn", None, {}, None)
        line.carry()
        with line.corridor.on("jp"):
            assert refused(person_behind, actor=line.firm, shown_id=shown) == ["no_consent"]

    def test_is_the_persons_own_to_say(self, line):
        row = line.asked_who(line.shown())
        with line.corridor.on("pk"):
            other, _file = make.file(tests=())
            told = {"reveal_id": row.pk, "yes": True, "contact": "0300 1234567", "at": AT}
            with pytest.raises(Missing):
                actions.answer_reveal(actor=other, **told)
            for who in (stranger("pk"), line.officer, machine("pk", "timetable")):
                assert set(refused(actions.answer_reveal, actor=who, **told)) <= {"not_permitted", "sign_in_first"}
            assert not reveals_of(other, AT).exists() and reveals_of(line.worker, AT).count() == 1
            assert refused(actions.answer_reveal, actor=line.worker, seen=99, **told) == ["stale"]


class TestNo:
    def end(self, line, at):
        with line.corridor.on("pk"):
            return end_reveals(at=at)

    def test_a_no_silence_and_nobody_there_look_alike(self, line):
        """Three questions: one is refused, one is not read, the profile behind one is hidden. The firm hears the same at once."""
        people = {"refuses": line.profile}
        with line.corridor.on("pk"):
            workers = {"refuses": line.worker}
            for name in ("silent", "hidden"):
                workers[name], _file = make.file(tests=())
                people[name] = actions.publish_profile(actor=workers[name], text="I test software.", isco="2519", years=2, at=AT)
        row = line.answered(line.asked(), profiles=[one.number for one in people.values()])
        with line.corridor.on("jp"):
            shown = [one.row.pk for one in shown_in(line.firm, row.asked, shipped_book(), AT)]
        with line.corridor.on("pk"):
            actions.hide_profile(actor=workers["hidden"], at=AT)
        rows = [line.asked_who(one) for one in shown]
        with line.corridor.on("pk"):
            actions.answer_reveal(actor=workers["refuses"], reveal_id=rows[0].pk, yes=False, at=AT)
            assert not reveals_of(workers["hidden"], AT).exists()
            before = OutboxEntry.objects.filter(type="request.answered/1").count()
        line.carry()
        assert self.end(line, rows[0].until - DAY) == 0
        with line.corridor.on("pk"):
            assert OutboxEntry.objects.filter(type="request.answered/1").count() == before  # a no leaves nothing before its time
            assert len(reveals_to_end(rows[0].until)) == 3
        assert self.end(line, rows[0].until) == 3
        line.carry()
        with line.corridor.on("pk"):
            said = OutboxEntry.objects.filter(type="request.answered/1").order_by("id")[before:]
            shapes = [(one.content["answers"], one.marking, sorted(one.content), len(json.dumps(one.content))) for one in said]
            assert len(shapes) == 3 and shapes[0] == shapes[1] == shapes[2]
            assert shapes[0][0] == [{"code": "who_stands_behind", "value": False}]
        with line.corridor.on("jp"):
            assert set(Reveal.objects.values_list("state", "told", "declined_at")) == {("not_revealed", None, None)}
            for one in shown:
                assert refused(person_behind, actor=line.firm, shown_id=one) == ["no_consent"]

    def test_who_stands_gets_a_message_and_who_is_hidden_gets_none(self, line):
        first, second = line.shown(), line.shown(line.answered(line.asked(people=1)))
        line.asked_who(first)
        with line.corridor.on("pk"):
            letters = Letter.objects.filter(template="candidates/letters/reveal_asked")
            assert [one.to_person for one in letters] == [line.worker.person]
            actions.hide_profile(actor=line.worker, at=AT)
        line.asked_who(second)
        with line.corridor.on("pk"):
            assert letters.count() == 1

    def test_who_has_no_phone_gets_the_message_by_mail(self, line):
        shown = line.shown()
        with line.corridor.on("pk"):
            hint = by_mail_alone(line.worker.person)
        line.asked_who(shown)
        with line.corridor.on("pk"):
            letter = Letter.objects.get(template="candidates/letters/reveal_asked")
            assert (letter.to_person, letter.way, letter.address_hint) == (line.worker.person, "email", hint)

    def test_a_no_may_become_a_yes_until_the_term_is_over(self, line):
        row = line.asked_who(line.shown())
        with line.corridor.on("pk"):
            actions.answer_reveal(actor=line.worker, reveal_id=row.pk, yes=False, at=AT)
            late = {"actor": line.worker, "reveal_id": row.pk, "yes": True, "contact": "a@b.pk"}
            with pytest.raises(Missing):
                actions.answer_reveal(**late, at=row.until)
            assert actions.answer_reveal(**late, at=row.until - DAY).state == "revealed"


class TestAsking:
    def test_is_the_firms_own_and_once(self, line):
        shown = line.shown()
        with line.corridor.on("jp"):
            told = {"shown_id": shown, "at": AT}
            with pytest.raises(Missing):
                actions.ask_reveal(actor=line.other, purpose="x", **told)
            assert refused(actions.ask_reveal, actor=line.contact, purpose="x", **told) == ["not_permitted"]
            assert refused(actions.ask_reveal, actor=line.firm, purpose=" ", **told) == ["purpose_missing"]
            with pytest.raises(Missing):
                actions.ask_reveal(actor=line.firm, purpose="x", shown_id=uuid4(), at=AT)
            over = AT + dt.timedelta(days=400)
            assert refused(actions.ask_reveal, actor=line.firm, purpose="x", shown_id=shown, at=over) == ["profile_over"]
            actions.ask_reveal(actor=line.firm, purpose="x", **told)
            assert refused(actions.ask_reveal, actor=line.firm, purpose="x", **told) == ["reveal_asked_before"]

    def test_is_closed_to_a_firm_that_may_employ_no_more(self, line):
        shown = line.shown()
        with line.corridor.on("jp"):
            firm = Organisation.objects.get(registry_id=FIRM)
            organisations.made("disqualify_employer", firm, ground="wages_unpaid")
            told = {"actor": line.firm, "shown_id": shown, "purpose": "x", "at": AT}
            assert refused(actions.ask_reveal, **told) == ["firm_may_not_ask"]

    def test_no_day_is_agreed_for_what_the_person_alone_answers(self, line):
        row = line.asked_who(line.shown())
        with line.corridor.on("jp"):
            request = Request.objects.get(asked=row.asked)
            told = {"of": str(request.asked), "statement": "x" * 43, "agreed_on": "2026-12-01"}
            where = {"sender": "pk", "receiver": "jp", "thread": request.thread, "bodies": ("CONTACT_JP",), "at": AT}
            said = spoken("request.accepted/1", told, **where)
            assert refused(mirror_acceptance, actor=mailroom("jp"), statement=said, at=AT) == ["enquiry_by_its_own_door"]

    def test_a_name_comes_marked_for_the_firm_or_not_at_all(self, line):
        """Also where the answer beside it is no."""
        row = line.asked_who(line.shown())
        with line.corridor.on("pk"):
            person = {**what_is_sent(line.file), "contact": {"way": "phone", "value": "0300 1234567"}}
        with line.corridor.on("jp"):
            request = Request.objects.get(asked=row.asked)
            for yes in (True, False):
                answers = [{"code": "who_stands_behind", "value": yes}]
                told = {"of": str(request.asked), "statement": "x" * 43, "answers": answers, "person": person}
                where = {"sender": "pk", "receiver": "jp", "thread": request.thread, "bodies": ("CONTACT_JP",), "at": AT}
                said = spoken("request.answered/1", told, **where)
                assert refused(mirror_answer, actor=mailroom("jp"), statement=said, at=AT) == ["firm_not_addressed"]

    def test_a_profile_of_another_enquiry_is_refused_at_the_inbox_whoever_is_behind_it(self, line):
        shown, strange = line.shown(), line.asked(people=1)
        with line.corridor.on("pk"):
            by = Asking("jp", strange.asked, "", "")
            told = {"actor": mailroom("pk"), "asked": uuid4(), "by": by, "purpose": "x", "at": AT}
            assert refused(actions.mirror_reveal, shown_id=shown, **told) == ["profile_not_shown"]
            assert refused(actions.mirror_reveal, shown_id=uuid4(), **told) == ["profile_not_shown"]
            assert refused(actions.mirror_reveal, shown_id=shown, **(told | {"actor": line.officer})) == ["not_permitted"]

"""Enquiries of firms on both nodes: who may, what is refused, what crosses, and how each ends."""

from __future__ import annotations

import datetime as dt
import json
from uuid import UUID, uuid4

import pytest

from rahdari.base.actor import machine, stranger
from rahdari.base.clock import now
from rahdari.base.models import AuditEntry, OutboxEntry, Waiting
from rahdari.base.reference import shipped_book
from rahdari.base.refusal import Refused
from rahdari.base.statements import Marking
from rahdari.base.work import Missing
from rahdari.domain.accounts.actions import seed_demonstration
from rahdari.domain.candidates.actions import hide_profile
from rahdari.domain.candidates.models import ShownProfile
from rahdari.domain.candidates.queries.shown import shown_in, shown_visible_to
from rahdari.domain.cooperation import actions
from rahdari.domain.cooperation.actions.mirroring import mirror_answer
from rahdari.domain.cooperation.models import Enquiry, Request
from rahdari.domain.cooperation.queries.enquiries import enquiries_visible_to, enquiry_for, enquiry_page
from rahdari.domain.cooperation.rules.enquiries import (
    Firm,
    facts_told,
    it_codes,
    read_facts_told,
    why_not_close,
    why_not_enquire,
    why_not_name,
)
from rahdari.domain.jobs.actions import file_demand
from rahdari.domain.organisations.actions import seed_organisations
from tests.make import jobs
from tests.make.enquiries import AT, FIRM, NUMBER, Line, asked_facts
from tests.make.people import actor
from tests.make.statements import mailroom, spoken

BOOK = shipped_book()
TODAY = dt.date(2026, 11, 25)
KNOWN = Firm(FIRM, "Asked Firm (invented)", NUMBER)


def refused(act, **told):
    with pytest.raises(Refused) as wrong:
        act(**told)
    return [one.code for one in wrong.value.refusals]


class TestRules:
    WRONG = {
        "in no register": ({}, None, ("2512",), ["firm_unknown"]),
        "software as SSW": ({"work_kind": "ssw1", "field": "NURSING_CARE"}, KNOWN, ("2512",), ["it_as_ssw"]),
        "technicians of IT as SSW": ({"work_kind": "ssw2", "field": "NURSING_CARE"}, KNOWN, ("3513",), ["it_as_ssw"]),
        "SSW without a field": ({"work_kind": "ssw1", "occupation": None}, KNOWN, ("5321",), ["enquiry_field_missing"]),
        "remote work in person": ({"work_kind": "remote"}, KNOWN, ("2512",), ["mode_does_not_fit"]),
        "professional work remotely": ({"mode": "remote"}, KNOWN, ("2512",), ["mode_does_not_fit"]),
        "software as professional work": ({}, KNOWN, ("2512",), []),
        "care as SSW": ({"work_kind": "ssw1", "field": "NURSING_CARE", "occupation": None}, KNOWN, ("5321",), []),
    }

    @pytest.mark.parametrize("case", WRONG)
    def test_says_every_reason_against_an_enquiry(self, case):
        changed, firm, codes, expected = self.WRONG[case]
        found = why_not_enquire(asked_facts(**changed), firm=firm, codes=codes, it=it_codes(BOOK, TODAY))
        assert [one.code for one in found] == expected

    def test_what_crosses_comes_back_as_it_was(self):
        asked = asked_facts(work_kind="ssw1", field="NURSING_CARE", occupation=None)
        told = facts_told(asked, firm=KNOWN, number="JP-E-2026-ABCDEF", through="", through_name="")
        read = read_facts_told(told, BOOK)
        assert (read["firm_name"], read["firm_number"], read["firm_body"], read["enquiry_no"]) == (
            "Asked Firm (invented)", NUMBER, FIRM, "JP-E-2026-ABCDEF",
        )  # fmt: skip
        assert (read["work_kind"], read["field"], read["skills"], read["people"]) == (
            "ssw1",
            "NURSING_CARE",
            list(asked.skills),
            3,
        )

    @pytest.mark.parametrize("value", [None, True, -1, 10**9, "x" * 4000, "\n" * 4000])
    def test_what_no_column_can_hold_is_left_out(self, value):
        names = ("firm_name", "firm_number", "enquiry_no", "skills", "people", "mode", "work_kind", "occupation", "what")
        read = read_facts_told(dict.fromkeys(names, value), BOOK)
        assert len(read["firm_name"]) <= 200 and len(read["enquiry_no"]) <= 20 and read["mode"] == "" and read["occupation"] == ""
        assert 0 <= read["people"] <= 10_000 and len(read["skills"]) <= 20 and len(read["note"]) <= 1000

    @pytest.mark.parametrize(
        "level,bodies,expected",
        [
            ("named_bodies", (FIRM,), []), ("named_bodies", (), ["firm_not_addressed"]), ("public", (), ["firm_not_addressed"]),
            ("named_bodies", (FIRM, "CONTACT_JP"), ["firm_not_addressed"]), ("contact_point", (), ["firm_not_addressed"]),
        ],
    )  # fmt: skip
    def test_a_name_is_taken_up_for_the_firm_alone(self, level, bodies, expected):
        assert [one.code for one in why_not_name(Marking(level, bodies), [FIRM])] == expected

    CLOSING = {
        "answered": ("enquiry_answered", "system", "nobody_fits", False, []),
        "of the exchange, unanswered": ("enquiry_taken", "system", "nobody_fits", False, ["answer_first"]),
        "of a letter, unanswered": ("enquiry_taken", "letter", "nobody_fits", False, []),
        "a firm that calls itself silent": ("enquiry_answered", "system", "firm_silent", True, ["reason_missing"]),
        "a firm that needs nobody now": ("enquiry_filed", "system", "need_gone", True, []),
        "a reason of no list": ("enquiry_answered", "system", "x", False, ["reason_missing"]),
        "closed before": ("enquiry_closed", "system", "nobody_fits", False, ["wrong_state"]),
    }

    @pytest.mark.parametrize("case", CLOSING)
    def test_says_what_stands_against_closing(self, case):
        state, source, ground, asks, expected = self.CLOSING[case]
        assert [one.code for one in why_not_close(state=state, source=source, ground=ground, asks=asks)] == expected


@pytest.fixture
def line(db, settings):
    return Line(settings)


class TestFromFirmToFirm:
    def test_crosses_is_answered_without_a_name_and_ends(self, line):
        row = line.asked()
        there = line.theirs(row)
        assert (there.number, there.firm, there.skills, there.state) == (
            row.number,
            FIRM,
            ["Python", "web services"],
            "enquiry_waiting",
        )
        with line.corridor.on("pk"):
            assert not Waiting.objects.filter(holder_body="CONTACT_PK").exists()
            task = Waiting.objects.get(task="cooperation.assign_enquiry")
            assert (task.holder_body, task.holder_role) == ("OEC", "oec_officer")
            assert there.due_at == dt.datetime(2026, 12, 2, 18, 59, 59, tzinfo=dt.UTC)  # five working days of Pakistan
        assert row.asked == there.asked

        mine = line.answered(row)
        assert (mine.state, mine.fitting, mine.next_step) == ("enquiry_answered", 1, "Choose, then file a demand.")
        with line.corridor.on("jp"):
            page = enquiry_page(line.firm, row.pk, BOOK, AT)
            assert [(one.text, one.years) for one in page.shown] == [("I build web services in Python and Go.", 4)]
            assert [one.use_case for one in page.steps] == [
                "mirror_answer", "mirror_acceptance", "forward_enquiry", "enquire_firm",
            ]  # fmt: skip
            assert Waiting.objects.get(task="cooperation.close_enquiry").holder_body == FIRM
            closed = actions.close_enquiry(actor=line.firm, enquiry_id=row.pk, ground="others_chosen", at=AT)
            assert closed.state == "enquiry_closed" and not Waiting.objects.filter(holder_body=FIRM, closed_at=None).exists()
        with line.corridor.on("pk"):
            told = OutboxEntry.objects.get(type="request.answered/1").content
            said = json.dumps(told)
            assert line.file.name not in said and line.profile.number not in said and str(line.file.pseudonym) not in said
            assert set(told["profiles"][0]) == {"id", "text", "isco", "years", "district", "skills", "languages", "until"}
            ended = actions.close_enquiry(actor=line.officer, enquiry_id=there.pk, ground="firm_silent", at=AT)
            assert ended.state == "enquiry_closed"
            assert "Python" not in json.dumps([one.facts for one in AuditEntry.objects.all()])

    def test_an_answer_beyond_all_bounds_stops_no_thread(self, line):
        row = line.asked()
        with line.corridor.on("jp"):
            asked = Request.objects.get(asked=row.asked)
            where = {"sender": "pk", "receiver": "jp", "thread": asked.thread, "bodies": ("CONTACT_JP",), "at": AT}
            values = {"fitting_profiles": 10**12, "next_step": "x"}
            answers = [{"code": code, "value": value} for code, value in values.items()]
            said = spoken("request.answered/1", {"of": str(row.asked), "statement": "x" * 43, "answers": answers}, **where)
            mirror_answer(actor=mailroom("jp"), statement=said, at=AT)
        mine = line.mine(row)
        assert (mine.state, mine.fitting) == ("enquiry_answered", None)

    def test_two_firms_cannot_tell_that_they_saw_one_person(self, line):
        first, second = line.asked(), line.asked(people=1)
        line.answered(first)
        line.answered(second)
        with line.corridor.on("jp"):
            one, other = ShownProfile.objects.filter(enquiry__in=[first.asked, second.asked])
            assert one.pk != other.pk and one.profile_id is None and other.profile_id is None

    def test_another_firm_sees_nothing_of_it(self, line):
        row = line.answered(line.asked())
        with line.corridor.on("jp"):
            assert not enquiries_visible_to(line.other).exists() and not shown_visible_to(line.other).exists()
            with pytest.raises(Missing):
                enquiry_for(line.other, row.pk)
            told = {"actor": line.other, "enquiry_id": row.pk, "at": AT}
            assert refused(actions.close_enquiry, ground="others_chosen", **told) == ["not_own_enquiry"]
            assert refused(actions.link_demand, demand=uuid4(), **told) == ["not_own_enquiry"]
            assert shown_in(line.contact, row.asked, BOOK, AT) == []  # the contact point reads the enquiry, not the profiles

    def test_leads_to_a_demand_of_the_firm_alone(self, line):
        row = line.answered(line.asked())
        with line.corridor.on("jp"):
            strange = jobs.demand(at=AT)
            told = {"actor": line.firm, "enquiry_id": row.pk, "at": AT}
            assert refused(actions.link_demand, demand=strange.pk, **told) == ["demand_of_another"]
            papers = {"letter": jobs.scan("letter.pdf"), "attorney": jobs.scan("poa.pdf"), "power": jobs.power(None, AT)}
            own = file_demand(actor=line.firm, asked=jobs.asked(AT), **papers, at=AT)
            assert actions.link_demand(demand=own.pk, **told).demand_id == own.pk
            assert refused(actions.link_demand, demand=own.pk, **told) == ["wrong_state"]

    def test_a_profile_hidden_meanwhile_is_not_shown(self, line):
        there = line.theirs(line.asked())
        with line.corridor.on("pk"):
            actions.assign_enquiry(actor=line.officer, enquiry_id=there.pk, at=AT)
            hide_profile(actor=line.worker, at=AT)
            told = {"actor": line.officer, "enquiry_id": there.pk, "next_step": "x", "at": AT}
            assert refused(actions.answer_enquiry, profiles=[line.profile.number], **told) == ["profile_not_there"]
            assert not OutboxEntry.objects.filter(type="request.answered/1").exists()


class TestAtTheFirmsNode:
    def test_a_firm_of_no_register_is_refused(self, line):
        with line.corridor.on("jp"):
            assert refused(actions.enquire_firm, actor=line.other, asked=asked_facts(), at=AT) == ["firm_unknown"]
            through = {"actor": line.contact, "asked": asked_facts(), "at": AT}
            assert refused(actions.enquire_firm, firm_number="8000000000009", **through) == ["firm_unknown"]
            sent = actions.enquire_firm(firm_number=NUMBER, **through)
            assert (sent.state, sent.firm) == ("enquiry_waiting", FIRM)  # the contact point's own needs nobody to send it on

    def test_a_skill_in_words_is_known_for_what_it_is(self, line):
        with line.corridor.on("jp"):
            asked = asked_facts(work_kind="ssw1", field="NURSING_CARE", occupation=None, skills=["software engineer"])
            assert refused(actions.enquire_firm, actor=line.firm, asked=asked, at=AT) == ["it_as_ssw"]
            assert not Enquiry.objects.exists()

    def test_a_placement_business_needs_its_permit(self, line):
        with line.corridor.on("jp"):
            business = actor("placement_business", node="jp")
            told = {"actor": business, "asked": asked_facts(), "firm_number": NUMBER, "at": AT}
            assert refused(actions.enquire_firm, **told) == ["licence_not_valid"]

    def test_is_given_back_with_a_reason_and_nothing_crosses(self, line):
        row = line.enquired()
        with line.corridor.on("jp"):
            told = {"actor": line.contact, "enquiry_id": row.pk, "at": AT}
            assert refused(actions.return_enquiry, ground="", **told) == ["reason_missing"]
            assert actions.return_enquiry(ground="not_clear", text="Which level?", **told).state == "enquiry_returned"
            assert refused(actions.forward_enquiry, **told) == ["wrong_state"]
            assert not OutboxEntry.objects.filter(kind="statement", type__startswith="request.").exists()
            assert not Waiting.objects.filter(closed_at=None).exists()

    def test_only_the_contact_point_sends_it_on(self, line):
        row = line.enquired()
        with line.corridor.on("jp"):
            for who in (line.firm, stranger("jp"), machine("jp", "timetable"), actor("isa_regional", node="jp")):
                assert set(refused(actions.forward_enquiry, actor=who, enquiry_id=row.pk, at=AT)) <= {
                    "not_permitted",
                    "sign_in_first",
                }
            assert refused(actions.forward_enquiry, actor=line.contact, enquiry_id=row.pk, seen=99, at=AT) == ["stale"]


class TestAtTheDesk:
    def test_only_its_owner_answers_and_only_those_who_answer_own_one(self, line):
        there = line.theirs(line.asked())
        with line.corridor.on("pk"):
            second, contact = actor("oec_officer", node="pk", at=AT), actor("contact_point_pk", node="pk")
            told = {"enquiry_id": there.pk, "at": AT}
            assert refused(actions.answer_enquiry, actor=line.officer, next_step="x", **told) == ["not_owner"]
            assert refused(actions.assign_enquiry, actor=contact, **told) == ["owner_unknown"]
            actions.assign_enquiry(actor=contact, owner=line.officer.person, **told)
            assert refused(actions.answer_enquiry, actor=second, next_step="x", **told) == ["not_owner"]
            actions.assign_enquiry(actor=second, **told)  # taken over; the firm's side hears of the first time alone
            assert OutboxEntry.objects.filter(type="request.accepted/1").count() == 1
            assert refused(actions.answer_enquiry, actor=second, next_step=" ", fitting=0, **told) == ["next_step_missing"]
            late = {"actor": second, "next_step": "x", "seen": there.version}
            assert refused(actions.answer_enquiry, **late, **told) == ["stale"]

    def test_the_contact_point_does_not_answer_over_its_head(self, line):
        row = line.asked()
        with line.corridor.on("pk"):
            contact = actor("contact_point_pk", node="pk")
            request = Request.objects.get(asked=row.asked)
            told = {"actor": contact, "request_id": request.pk, "at": AT}
            assert refused(actions.accept_request, agreed_on=TODAY, **told) == ["enquiry_by_its_own_door"]
            assert refused(actions.answer_request, answers={"next_step": "x"}, **told) == ["enquiry_by_its_own_door"]

    def test_what_came_by_letter_is_entered_answered_and_closed_here_alone(self, line):
        with line.corridor.on("pk"):
            told = {"actor": line.officer, "asked": asked_facts(mode="delegation"), "at": AT}
            assert refused(actions.enquire_firm, firm_name="Firm (invented)", **told) == ["source_missing"]
            assert refused(actions.enquire_firm, came_by="visit", **told) == ["firm_unknown"]
            row = actions.enquire_firm(firm_name="Firm (invented)", came_by="visit", came_on=dt.date(2026, 11, 20), **told)
            actions.assign_enquiry(actor=line.officer, enquiry_id=row.pk, at=AT)
            own = {"actor": line.officer, "enquiry_id": row.pk, "at": AT}
            done = actions.answer_enquiry(profiles=[line.profile.number], next_step="Come back.", **own)
            assert done.fitting == 1 and not OutboxEntry.objects.filter(type__startswith="request.").exists()
            assert actions.close_enquiry(ground="firm_silent", **own).ground == "firm_silent"

    def test_strangers_see_no_enquiry(self, line):
        row = line.theirs(line.asked())
        with line.corridor.on("pk"):
            for who in (stranger("pk"), line.worker, actor("protector", node="pk"), actor("promoter_manager", node="pk")):
                assert not enquiries_visible_to(who).exists()
                with pytest.raises(Missing):
                    enquiry_for(who, UUID(str(row.pk)))


@pytest.mark.django_db
@pytest.mark.parametrize("node,state", [("pk", "enquiry_taken"), ("jp", "enquiry_filed")])
def test_the_demonstration_shows_one_on_each_node_once(settings, node, state):
    settings.RAHDARI_NODE, settings.RAHDARI_PARTNER = node, "jp" if node == "pk" else "pk"
    operator = machine(node, "command")
    seed_demonstration(actor=operator, at=now())
    seed_organisations(actor=operator, at=now())
    assert [actions.seed_enquiries(actor=operator, at=now()) for _ in range(2)] == [1, 0]
    assert [one.state for one in Enquiry.objects.all()] == [state]
    assert refused(actions.seed_enquiries, actor=actor("protector", node="pk"), at=now()) == ["not_permitted"]

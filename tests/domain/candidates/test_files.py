"""One file for life: who opens it, what it refuses, what is closed at rest, what a person allows and takes back."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

import pytest
from django.db import connection

from rahdari.base.actor import Actor, machine, stranger
from rahdari.base.models import AuditEntry
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.accounts.queries import actor_for
from rahdari.domain.candidates import actions
from rahdari.domain.candidates.models import Consent, File, Qualification
from rahdari.domain.candidates.queries import (
    consent_in_force,
    file_for,
    file_of,
    files_visible_to,
    passed_tests,
    still_missing,
)
from rahdari.domain.candidates.rules.tests import Passed, missing_tests
from tests.make import candidates as make
from tests.make.people import actor, worker

pytestmark = pytest.mark.django_db
AT, PROMOTER = make.AT, "pk:org:oep"


def refused_codes(act, **arguments):
    with pytest.raises(Refused) as refused:
        act(**arguments)
    return [one.code for one in refused.value.refusals]


def open_file(who, at=AT, identity="", **changed):
    return actions.open_file(actor=who, told=make.facts(**changed), identity=identity, at=at)


class TestOpenFile:
    def test_by_the_person_leaves_a_file_under_a_random_pseudonym(self):
        someone = worker(identity="17301-5550000-4")
        file = open_file(actor_for(someone, None))
        assert (file.person, file.cnic, file.name) == (someone, "17301-5550000-4", "ZARGHUNA KHAN")
        assert UUID(str(file.pseudonym)).version == 4
        entry = AuditEntry.objects.get(verb="candidates.open_file")
        assert "17301" not in str(entry.facts) and "ZARGHUNA" not in str(entry.facts)

    def test_closes_the_numbers_at_rest(self):
        file = open_file(actor_for(worker(identity="17301-5550000-4"), None), passport_no="zz 0000001")
        assert file.passport_no == "ZZ0000001"
        with connection.cursor() as cursor:
            cursor.execute("select encode(cnic, 'escape') || encode(passport_no, 'escape') from candidates_file")
            stored = cursor.fetchone()[0]
        assert "17301" not in stored and "ZZ0000001" not in stored
        assert File.objects.get().cnic == "17301-5550000-4"

    def test_at_a_counter_for_whoever_stands_before_it_and_for_half_an_hour(self):
        someone = worker(identity="17301-5550000-4")
        counter = actor("oec_counter")
        file = open_file(counter, identity="۱۷۳۰۱-۵۵۵۰۰۰۰-۴")
        assert (file.person, file.opened_for) == (someone, "OEC")
        assert file_for(counter, file.pk, AT + dt.timedelta(minutes=29)) == file
        with pytest.raises(Missing):
            file_for(counter, file.pk, AT + dt.timedelta(minutes=30))
        assert not files_visible_to(actor("oec_counter"), AT)

    @pytest.mark.parametrize("who", [
        stranger("pk"), machine("pk", "timetable"), Actor("pk", "promoter_manager", PROMOTER, uuid4()),
        Actor("pk", "protector", "PROTECTOR", uuid4()), Actor("jp", "worker", "", uuid4()), Actor("jp", "employer", "jp:org:x", uuid4()),
    ], ids=lambda one: f"{one.node} {one.role}")  # fmt: skip
    def test_refuses_everybody_else(self, who):
        assert set(refused_codes(open_file, who=who)) <= {"not_permitted", "wrong_node", "sign_in_first"}
        assert not File.objects.exists()

    def test_refuses_a_second_file_by_person_card_or_passport(self):
        someone = worker()
        who = actor_for(someone, None)
        open_file(who, passport_no="ZZ7000001")
        assert refused_codes(open_file, who=who, passport_no="ZZ7000002") == ["duplicate_person"]
        assert refused_codes(open_file, who=actor_for(worker(), None), passport_no="zz-7000001") == ["passport_wrong"]
        assert refused_codes(open_file, who=actor_for(worker(), None), passport_no="zz7000001") == ["duplicate_person"]

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"passport_until": "2026-11-25"}, "passport_expired"),
            ({"birth_date": "2026-11-25"}, "date_in_future"),
            ({"passport_no": "12345"}, "passport_wrong"),
        ],
    )
    def test_refuses_what_cannot_be(self, changed, code):
        assert refused_codes(open_file, who=actor_for(worker(), None), **changed) == [code]

    def test_a_counter_opens_none_for_an_unknown_card(self):
        assert refused_codes(open_file, who=actor("oec_counter"), identity="17301-0000000-9") == ["identity_missing"]
        assert refused_codes(open_file, who=actor("oec_counter")) == ["identity_missing"]


class TestConsent:
    def test_opens_the_file_to_one_body_for_one_purpose(self):
        who, file = make.file()
        assert not files_visible_to(actor("promoter_manager", PROMOTER), AT)
        consent = actions.give_consent(actor=who, purpose="show_file", body=PROMOTER, at=AT)
        assert consent_in_force(file, "show_file", PROMOTER, AT) == consent
        assert consent_in_force(file, "nominate", PROMOTER, AT) is None
        assert list(files_visible_to(actor("promoter_manager", PROMOTER), AT)) == [file]
        assert not files_visible_to(actor("promoter_manager", "pk:org:other"), AT)

    def test_given_twice_is_one(self):
        who, _file = make.file()
        first = actions.give_consent(actor=who, purpose="show_file", body=PROMOTER, at=AT)
        assert actions.give_consent(actor=who, purpose="show_file", body=PROMOTER, at=AT) == first
        assert Consent.objects.count() == 1

    def test_ends_on_its_day_and_may_be_given_again(self):
        who, file = make.file()
        until = dt.date(2026, 11, 27)
        actions.give_consent(actor=who, purpose="show_file", body=PROMOTER, until=until, at=AT)
        assert consent_in_force(file, "show_file", PROMOTER, AT + dt.timedelta(days=1))
        later = AT + dt.timedelta(days=2)
        assert consent_in_force(file, "show_file", PROMOTER, later) is None
        again = actions.give_consent(actor=who, purpose="show_file", body=PROMOTER, at=later)
        assert consent_in_force(file, "show_file", PROMOTER, later) == again

    def test_taken_back_closes_the_file_at_once(self):
        who, file = make.file()
        consent = actions.give_consent(actor=who, purpose="show_file", body=PROMOTER, at=AT)
        other, _ = make.file()
        assert refused_codes(actions.withdraw_consent, actor=other, consent_id=consent.pk, at=AT) == ["not_own_file"]
        actions.withdraw_consent(actor=who, consent_id=consent.pk, at=AT)
        assert consent_in_force(file, "show_file", PROMOTER, AT) is None
        assert refused_codes(actions.withdraw_consent, actor=who, consent_id=consent.pk, at=AT) == ["wrong_state"]

    @pytest.mark.parametrize(
        ("changed", "code"),
        [({"purpose": "sell"}, "purpose_unknown"), ({"body": ""}, "body_missing"), ({"until": AT.date()}, "consent_ends_before")],
    )
    def test_refuses_what_cannot_be(self, changed, code):
        who, _file = make.file()
        assert refused_codes(
            actions.give_consent, actor=who, **({"purpose": "show_file", "body": PROMOTER, "at": AT} | changed)
        ) == [code]

    def test_refuses_who_has_no_file_and_who_is_no_worker(self):
        told = {"purpose": "show_file", "body": PROMOTER, "at": AT}
        assert refused_codes(actions.give_consent, actor=actor_for(worker(), None), **told) == ["file_missing"]
        assert refused_codes(actions.give_consent, actor=actor("promoter_manager", PROMOTER), **told) == ["not_permitted"]


class TestQualifications:
    def test_are_recorded_by_what_stands_above_alone(self):
        _who, file = make.file(tests=())
        told = {"file_id": file.pk, "exam": "JFT_BASIC", "passed_on": AT.date(), "at": AT}
        node = machine("pk", "mailroom")
        assert refused_codes(actions.record_qualification, actor=node, **told) == ["not_permitted"]

    def test_the_examiners_word_takes_the_place_of_the_paper(self):
        _who, file = make.file(tests=())
        make.pass_tests(file, ("JFT_BASIC",), source="paper")
        assert Qualification.objects.get().source == "paper"
        make.pass_tests(file, ("JFT_BASIC",))
        held = Qualification.objects.get()
        assert (held.source, held.certificate_no) == ("system", "C-JFT_BASIC")

    def test_show_what_is_still_missing(self):
        _who, file = make.file(tests=("JFT_BASIC",))
        assert [one.exam for one in passed_tests(file)] == ["JFT_BASIC"]
        assert still_missing(file, ["NURSING_CARE_SKILL", "JFT_BASIC"], "NURSING_CARE") == ["NURSING_CARE_SKILL"]
        assert file_of(None) is None

    @pytest.mark.parametrize(
        ("passed", "missing"),
        [
            ([], ["S", "L"]),
            ([Passed("S", "NURSING_CARE"), Passed("L")], []),
            ([Passed("S", "AGRICULTURE"), Passed("L")], ["S"]),
            ([Passed("S", "NURSING_CARE", void=True), Passed("L")], ["S"]),
        ],
    )
    def test_count_for_their_field_and_while_they_are_valid(self, passed, missing):
        assert missing_tests(["S", "L"], "NURSING_CARE", passed) == missing

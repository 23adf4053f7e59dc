"""Entering, granting, ordering, appealing, ending: two officers, the history, what is told."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.db import connection

from rahdari.base.actor import machine
from rahdari.base.clock import day_at
from rahdari.base.models import AuditEntry, OutboxEntry, Waiting
from rahdari.base.reference import shipped_book
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.accounts.models import Body
from rahdari.domain.organisations import actions
from rahdari.domain.organisations.models import LicenceChange, Officer, Organisation
from rahdari.domain.organisations.queries import licence_on
from rahdari.domain.organisations.queries.ending import licences_to_end, licences_to_warn
from rahdari.domain.organisations.queries.standing import standing_of
from rahdari.domain.organisations.rules.entries import AccountEntered, OfficerEntered
from rahdari.domain.organisations.rules.licences import Order
from rahdari.project.timetable import end_licences
from tests.make import organisations as make
from tests.make.organisations import AT
from tests.make.people import actor, bodies, organisation

pytestmark = pytest.mark.django_db
TODAY = day_at(AT, "pk")
LATER = AT + dt.timedelta(days=1)


def codes(act, **told):
    with pytest.raises(Refused) as refused:
        act(**told)
    return [one.code for one in refused.value.refusals]


def standing(row, on=TODAY):
    return standing_of(Organisation.objects.get(pk=row.pk), on).state


def said():
    return [one.content for one in OutboxEntry.objects.filter(kind="statement").order_by("id")]


def granted(row, **changed):
    told = {"number": "OP&HRD/5224/LHR/2026", "until": dt.date(2029, 11, 25), "law": make.LAW}
    return actions.grant_licence(actor=make.officer(), organisation_id=row.pk, **(told | changed), at=AT)


class TestEntering:
    def test_waits_for_a_second_officer_and_tells_nothing(self):
        row = make.entered("OEP", make.LICENCE, decided=False)
        assert (row.published_at, said(), standing(row)) == (None, [], "unknown")
        waiting = Waiting.objects.get()
        assert (waiting.task, waiting.holder_body, waiting.url_args) == ("organisations.decide_order", "BEOE", [str(row.pk)])

    def test_is_decided_by_another_officer_alone(self):
        first = make.officer()
        row = actions.enter_organisation(actor=first, kind="OEP", entry=make.entry(), number=make.LICENCE, at=AT)
        assert codes(actions.decide_order, actor=first, organisation_id=row.pk, at=AT) == ["four_eyes"]
        decided = actions.decide_order(actor=make.officer(), organisation_id=row.pk, at=AT)
        assert (decided.state, decided.number, standing(decided)) == ("valid", make.LICENCE, "valid")
        assert Body.objects.get(pk=decided.registry_id).kind == "OEP"
        assert not Waiting.objects.filter(closed_at=None).exists()

    def test_the_database_wants_four_eyes_too(self):
        change = make.licensed().changes.get()
        assert change.entered_by != change.decided_by and change.decided_by is not None
        assert "licences_have_four_eyes" in {one.name for one in LicenceChange._meta.constraints}

    def test_tells_the_entry_to_anyone_and_its_officers_to_authorities(self):
        row = make.entered("OEP", make.LICENCE, names=("Sitara Promoters (invented)", "ستارہ پروموٹرز (فرضی)"))
        public, officers = said()
        assert public["names"] == [
            {"script": "Latn", "value": "Sitara Promoters (invented)"}, {"script": "Arab", "value": "ستارہ پروموٹرز (فرضی)"},
        ]  # fmt: skip
        assert (public["part"], public["organisation"], public["number"], public["state"]) == (
            "public", row.registry_id, make.LICENCE, "valid",
        )  # fmt: skip
        assert "officers" not in public
        assert officers == {
            "part": "officers", "organisation": row.registry_id,
            "officers": [{"name": "Bilal Sheikh (invented)", "role": "owner"}],
        }  # fmt: skip
        levels = list(OutboxEntry.objects.filter(kind="statement").order_by("id").values_list("marking__level", flat=True))
        assert levels == ["public", "authorities"]

    def test_a_kind_of_the_other_state_is_not_entered_here(self):
        assert codes(actions.enter_organisation, actor=make.officer(), kind="RSO", entry=make.entry(), at=AT) == ["wrong_node"]

    @pytest.mark.parametrize("number", ["", "OP&HRD/432/LHR/2018", "19登-000917"])
    def test_a_number_has_its_form(self, number):
        told = {"kind": "OEP", "entry": make.entry(), "number": number}
        assert codes(actions.enter_organisation, actor=make.officer(), **told, at=AT) == ["licence_number_wrong"]

    def test_a_number_is_given_once_in_whatever_way_it_is_typed(self):
        make.licensed()
        told = {"kind": "OEP", "entry": make.entry(), "number": "op&hrd / 4325 / lhr / 2018"}
        assert codes(actions.enter_organisation, actor=make.officer(), **told, at=AT) == ["licence_number_taken"]

    def test_wrong_phones_cards_and_names_are_said_together(self):
        wrong = make.entry(names=(), phones=("12",), officers=(OfficerEntered("X", "owner", "123"),))
        told = {"kind": "TRAINING_BODY", "entry": wrong}
        assert codes(actions.enter_organisation, actor=make.officer(), **told, at=AT) == [
            "office_phone_wrong", "officer_identity_wrong", "organisation_name_missing",
        ]  # fmt: skip

    def test_what_is_personal_is_closed_at_rest(self):
        make.licensed(
            officers=(OfficerEntered("Bilal Sheikh (invented)", "owner", make.card(4711), "0300 1234567"),),
            accounts=(AccountEntered("Bank (invented)", "PK36 SCBL 0000 0011 2345 6702"),),
        )
        with connection.cursor() as cursor:
            for table in ("officer", "phone", "account"):
                cursor.execute(f"select organisations_{table}::text from organisations_{table}")
                text = " ".join(row[0] for row in cursor.fetchall())
                held = (make.card(4711), "Bilal", "+923001234567", "PK36SCBL0000001123456702")
                assert [one for one in held if one in text] == []
        officer = Officer.objects.get()
        assert (officer.name, officer.identity) == ("Bilal Sheikh (invented)", make.card(4711))


class TestApplying:
    def test_a_promoter_applies_and_the_bureau_has_a_clock(self):
        organisation("OEP", "pk:org:new")
        row = make.applied(by=actor("promoter_manager", "pk:org:new"))
        assert (row.registry_id, row.state, said()) == ("pk:org:new", "applied", [])
        waiting = Waiting.objects.get(closed_at=None)
        assert (waiting.task, waiting.holder_body) == ("organisations.grant_licence", "BEOE")
        assert waiting.due_at is not None and waiting.due_at > AT + dt.timedelta(days=35)

    def test_it_is_granted_by_another_person(self):
        row = granted(make.applied())
        assert (row.state, row.number, standing(row)) == ("valid", "OP&HRD/5224/LHR/2026", "valid")
        assert [one["state"] for one in said() if one["part"] == "public"] == ["valid"]
        assert not Waiting.objects.filter(closed_at=None).exists()

    def test_not_by_the_officer_who_entered_it(self):
        officer = make.officer()
        row = make.applied(by=officer)
        told = {"number": "OP&HRD/5224/LHR/2026", "until": dt.date(2029, 11, 25), "law": make.LAW}
        assert codes(actions.grant_licence, actor=officer, organisation_id=row.pk, **told, at=AT) == ["four_eyes"]

    def test_not_without_security(self):
        row = actions.apply_licence(actor=make.officer(), entry=make.entry(), papers=(make.PDF,), at=AT)
        told = {"number": "OP&HRD/5224/LHR/2026", "until": dt.date(2029, 11, 25), "law": make.LAW}
        assert codes(actions.grant_licence, actor=make.officer(), organisation_id=row.pk, **told, at=AT) == ["security_missing"]
        assert granted(row, security=make.security()).state == "valid"

    def test_a_like_name_needs_a_person_to_say_why_it_is_another(self):
        make.licensed(names=("Al-Noor Overseas (invented)",))
        row = make.applied(name="M/s AL NOOR Overseas (invented) Pvt Ltd")
        told = {"number": "OP&HRD/5224/LHR/2026", "until": dt.date(2029, 11, 25), "law": make.LAW}
        assert codes(actions.grant_licence, actor=make.officer(), organisation_id=row.pk, **told, at=AT) == ["name_too_similar"]
        assert granted(row, name_cleared="Another owner in another city").state == "valid"

    def test_a_person_behind_a_cancelled_licence_comes_no_second_time(self):
        who = OfficerEntered("Javed Anjum (invented)", "owner", make.card(99))
        cancelled = make.entered("OEP", "MPD/1250/RWP/92", name="Karwan Express (invented)", officers=(who,))
        make.made("cancel_licence", cancelled)
        row = make.applied(name="Naya Safar (invented)", officers=(replace(who, name="J. Anjum (invented)", role="director"),))
        told = {"number": "OP&HRD/5224/LHR/2026", "until": dt.date(2029, 11, 25), "law": make.LAW}
        assert codes(actions.grant_licence, actor=make.officer(), organisation_id=row.pk, **told, at=AT) == ["banned_person"]

    def test_refused_it_is_told_to_nobody_and_may_be_appealed(self):
        bodies()
        organisation("OEP", "pk:org:new")
        manager = actor("promoter_manager", "pk:org:new")
        row = make.applied(by=manager)
        refusal = Order("papers_incomplete", "No audit report.", make.LAW, appeal_until=TODAY + dt.timedelta(days=30))
        row = actions.refuse_licence(actor=make.officer(), organisation_id=row.pk, order=refusal, at=AT)
        assert (row.state, said(), row.published_at) == ("refused", [], None)
        actions.appeal_licence_order(actor=manager, organisation_id=row.pk, text="It is here.", at=AT)
        ministry = actor("contact_point_pk")
        row = actions.decide_appeal(actor=ministry, organisation_id=row.pk, outcome="allowed", text="It was there.", at=LATER)
        assert row.state == "applied"
        assert granted(row).state == "valid"

    def test_is_not_made_while_a_licence_stands(self):
        make.licensed()
        manager = actor("promoter_manager", make.PROMOTER)
        told = {"entry": make.entry(), "papers": (make.PDF,)}
        assert codes(actions.apply_licence, actor=manager, **told, at=AT) == ["wrong_state"]


class TestOrders:
    def test_nothing_changes_before_the_second_officer(self):
        row = make.licensed()
        actions.suspend_licence(actor=make.officer(), organisation_id=row.pk, order=make.order(), at=AT)
        assert (standing(row), len(said())) == ("valid", 2)
        assert Waiting.objects.get(closed_at=None).task == "organisations.decide_order"

    def test_a_suspension_is_told_at_once_with_its_ground_and_not_its_reasons(self):
        row = make.made("suspend_licence", make.licensed(), text="What three workers said.")
        told = [one for one in said() if one["part"] == "public"][-1]
        assert (told["state"], told["from"], told["ground"], told["appeal"]) == (
            "suspended", TODAY.isoformat(), "fee_without_basis", None,
        )  # fmt: skip
        assert not any("three workers" in str(one) for one in said())
        assert standing(row) == "suspended" and standing(row, TODAY - dt.timedelta(days=1)) == "valid"
        event = OutboxEntry.objects.filter(kind="event", type="organisations.licence_changed").order_by("id").last()
        assert event.content == {"organisation": row.registry_id, "state": "suspended", "from_on": TODAY.isoformat()}

    def test_an_interim_one_starts_the_clock_of_the_hearing(self):
        make.made("suspend_licence", make.licensed(), interim=True, hearing_on=TODAY + dt.timedelta(days=10))
        waiting = Waiting.objects.get(closed_at=None)
        assert (waiting.task, waiting.due_at is not None) == ("organisations.hold_hearing", True)

    def test_a_like_name_alone_suspends_nobody(self):
        row = make.licensed()
        order = make.order(known_by="name")
        assert codes(actions.suspend_licence, actor=make.officer(), organisation_id=row.pk, order=order, at=AT) == [
            "name_match_only"
        ]

    def test_only_one_order_waits(self):
        row = make.licensed()
        actions.suspend_licence(actor=make.officer(), organisation_id=row.pk, order=make.order(), at=AT)
        assert codes(actions.cancel_licence, actor=make.officer(), organisation_id=row.pk, order=make.order(), at=AT) == [
            "order_open"
        ]
        actions.withdraw_order(actor=make.officer(), organisation_id=row.pk, at=AT)
        assert codes(actions.decide_order, actor=make.officer(), organisation_id=row.pk, at=AT) == ["no_order_waits"]
        assert standing(row) == "valid"
        make.made("cancel_licence", row)
        assert standing(row) == "cancelled"

    def test_what_the_officer_saw_must_still_be_so(self):
        row = make.licensed()
        seen = row.version
        make.made("suspend_licence", row)
        assert codes(
            actions.cancel_licence, actor=make.officer(), organisation_id=row.pk, order=make.order(), seen=seen, at=AT
        ) == ["stale"]

    def test_restored_it_holds_for_what_is_left(self):
        until = TODAY + dt.timedelta(days=400)
        row = make.licensed(until=until)
        make.made("suspend_licence", row)
        row = make.made("restore_licence", row, ground="matter_settled")
        assert [one["state"] for one in said() if one["part"] == "public"] == ["valid", "suspended", "restored"]
        assert standing(row) == "restored" and standing(row, until) == "expired"

    def test_renewed_it_holds_longer_under_the_same_number(self):
        until = TODAY + dt.timedelta(days=60)
        row = make.licensed(until=until)
        longer = until + dt.timedelta(days=3 * 365)
        row = make.made("renew_licence", row, ground="renewal", until=longer, declarations_filed=True)
        assert (row.valid_until, row.number, standing(row, until)) == (longer, make.LICENCE, "valid")

    def test_too_early_it_is_not_renewed(self):
        row = make.licensed(until=TODAY + dt.timedelta(days=91))
        told = make.order(ground="renewal", until=TODAY + dt.timedelta(days=999), declarations_filed=True)
        assert codes(actions.renew_licence, actor=make.officer(), organisation_id=row.pk, order=told, at=AT) == [
            "too_early_to_renew"
        ]

    def test_every_act_leaves_one_entry(self):
        row = make.licensed()
        before = AuditEntry.objects.count()
        officers = make.officer(), make.officer()
        made = AuditEntry.objects.count() - before
        actions.suspend_licence(actor=officers[0], organisation_id=row.pk, order=make.order(), at=AT)
        actions.decide_order(actor=officers[1], organisation_id=row.pk, at=AT)
        assert AuditEntry.objects.count() == before + made + 2


class TestAppeals:
    def test_the_holder_appeals_and_the_order_stands_until_the_ministry_decides(self):
        row = make.made("cancel_licence", make.licensed())
        manager = actor("promoter_manager", make.PROMOTER)
        actions.appeal_licence_order(actor=manager, organisation_id=row.pk, text="Heard on a holiday.", at=AT)
        assert standing(row) == "cancelled"
        assert [one["appeal"] for one in said() if one["part"] == "public"] == [None, None, "open"]
        assert Waiting.objects.get(closed_at=None).holder_body == "CONTACT_PK"
        row = actions.decide_appeal(
            actor=actor("contact_point_pk"), organisation_id=row.pk, outcome="allowed", text="So it was.", at=LATER
        )
        assert row.state == "restored"
        assert standing(row, TODAY) == "cancelled" and standing(row, TODAY + dt.timedelta(days=1)) == "restored"

    def test_allowed_while_officers_were_about_to_give_it_back_it_is_given_back_once(self):
        row = make.made("suspend_licence", make.licensed())
        actions.appeal_licence_order(actor=actor("promoter_manager", make.PROMOTER), organisation_id=row.pk, at=AT)
        back = Order("matter_settled")
        actions.restore_licence(actor=make.officer(), organisation_id=row.pk, order=back, at=AT)
        row = actions.decide_appeal(
            actor=actor("contact_point_pk"), organisation_id=row.pk, outcome="allowed", text="Yes.", at=LATER
        )
        assert row.state == "restored"
        assert codes(actions.decide_order, actor=make.officer(), organisation_id=row.pk, at=LATER) == ["wrong_state"]

    def test_dismissed_the_order_stays(self):
        row = make.made("suspend_licence", make.licensed())
        actions.appeal_licence_order(actor=actor("promoter_manager", make.PROMOTER), organisation_id=row.pk, at=AT)
        row = actions.decide_appeal(
            actor=actor("contact_point_pk"), organisation_id=row.pk, outcome="dismissed", text="No.", at=AT
        )
        told = [one for one in said() if one["part"] == "public"][-1]
        assert (row.state, told["state"], told["appeal"]) == ("suspended", "suspended", "dismissed")

    def test_too_late_is_too_late(self):
        row = make.made("suspend_licence", make.licensed(), appeal_until=TODAY + dt.timedelta(days=1))
        manager = actor("promoter_manager", make.PROMOTER)
        assert codes(actions.appeal_licence_order, actor=manager, organisation_id=row.pk, at=LATER) == ["too_late"]

    def test_another_promoter_does_not_appeal(self):
        row = make.made("suspend_licence", make.licensed())
        manager = actor("promoter_manager", "pk:org:other")
        assert codes(actions.appeal_licence_order, actor=manager, organisation_id=row.pk, at=AT) == ["not_own_licence"]

    def test_nothing_is_decided_without_an_appeal_and_a_reason(self):
        row = make.made("suspend_licence", make.licensed())
        ministry = actor("contact_point_pk")
        assert codes(actions.decide_appeal, actor=ministry, organisation_id=row.pk, outcome="allowed", text="x", at=AT) == [
            "no_appeal_open"
        ]
        actions.appeal_licence_order(actor=actor("promoter_manager", make.PROMOTER), organisation_id=row.pk, at=AT)
        assert codes(actions.decide_appeal, actor=ministry, organisation_id=row.pk, outcome="allowed", at=AT) == [
            "reason_missing"
        ]


class TestEnding:
    def test_a_licence_ends_on_its_day_and_not_before(self):
        row = make.licensed(until=TODAY + dt.timedelta(days=1))
        node = machine("pk", "timetable")
        assert licences_to_end("pk", TODAY) == []
        assert codes(actions.expire_licence, actor=node, organisation_id=row.pk, at=AT) == ["licence_goes_on"]
        assert end_licences(at=LATER) == 1
        row.refresh_from_db()
        assert row.state == "expired"
        assert [one["state"] for one in said() if one["part"] == "public"][-1] == "expired"
        assert end_licences(at=LATER) == 0

    def test_it_ends_while_an_order_waits_and_the_order_can_only_be_taken_back(self):
        row = make.licensed(until=TODAY + dt.timedelta(days=1))
        actions.suspend_licence(actor=make.officer(), organisation_id=row.pk, order=make.order(), at=AT)
        assert end_licences(at=LATER) == 1
        assert codes(actions.decide_order, actor=make.officer(), organisation_id=row.pk, at=LATER) == ["wrong_state"]
        assert actions.withdraw_order(actor=make.officer(), organisation_id=row.pk, at=LATER).state == "expired"

    def test_its_holder_is_reminded_once_when_it_can_be_renewed(self):
        row = make.licensed(until=TODAY + dt.timedelta(days=90))
        make.licensed("pk:org:later", "OP&HRD/5109/SKT/2024", until=TODAY + dt.timedelta(days=91))
        assert licences_to_warn("pk", TODAY, shipped_book()) == [row.pk]
        assert end_licences(at=AT) == 1
        waiting = Waiting.objects.get(closed_at=None)
        assert (waiting.task, waiting.holder_body) == ("organisations.renew_licence", make.PROMOTER)
        assert day_at(waiting.due_at, "pk") == TODAY + dt.timedelta(days=89)
        assert end_licences(at=AT) == 0


class TestLicenceOn:
    def on(self, day=TODAY, **told):
        return licence_on(kind="OEP", day=day, node="pk", book=shipped_book(), **told)

    def test_number_and_holder_belong_together(self):
        row = make.licensed()
        make.licensed("pk:org:two", "OP&HRD/5109/SKT/2024")
        assert self.on(organisation=make.PROMOTER, number="op&hrd/4325/lhr/2018").organisation == row
        assert self.on(organisation=make.PROMOTER, number=make.LICENCE).is_valid
        assert not self.on(organisation=make.PROMOTER, number="OP&HRD/5109/SKT/2024").is_valid
        assert not self.on(organisation=make.PROMOTER, number="whatever").is_valid
        assert self.on(number=make.LICENCE).is_valid and self.on(organisation=make.PROMOTER).is_valid
        assert not self.on(number="OP&HRD/9999/LHR").is_valid and not self.on().is_valid

    def test_the_keeper_of_the_register_never_judges_by_form(self):
        assert not self.on(number=make.LICENCE).is_valid

    def test_a_node_that_was_told_nothing_judges_by_form(self):
        answer = licence_on(kind="OEP", day=TODAY, node="jp", book=shipped_book(), number=make.LICENCE)
        assert (answer.is_valid, answer.by_form) == (True, True)
        assert not licence_on(kind="OEP", day=TODAY, node="jp", book=shipped_book(), number="OP&HRD/1").is_valid

    def test_an_earlier_number_leads_to_the_same_licence(self):
        row = make.made("surrender_licence", make.licensed(), ground="own_wish", workers_settled=True)
        again = make.applied(by=actor("promoter_manager", make.PROMOTER))
        assert again.pk == row.pk
        row = granted(again)
        assert (row.number, row.old_numbers) == ("OP&HRD/5224/LHR/2026", [make.LICENCE])
        assert self.on(number=make.LICENCE).organisation == row and self.on(number=make.LICENCE).is_valid

    def test_nothing_is_checked_outside_a_step(self):
        told = {"kind": "OEP", "number": make.LICENCE, "subject_kind": "x", "subject_id": "1"}
        assert codes(actions.check_licence, actor=make.officer(), **told, at=AT) == ["not_permitted"]

    def test_a_power_of_attorney_of_an_unknown_promoter_is_missing(self):
        with pytest.raises((Missing, Refused)):
            actions.keep_power_of_attorney(
                actor=make.officer(), promoter="pk:org:nobody", principal="jp:org:x", principal_name="X", from_on=None,
                until=TODAY, demand=make.entered("TRAINING_BODY").pk, at=AT,
            )  # fmt: skip

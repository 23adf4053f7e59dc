"""Screening: who is compared with whom, when a person is asked, what is remembered, and what never follows by itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import count

import pytest
from django.db import connection

from rahdari.base.actor import machine
from rahdari.base.clock import day_at
from rahdari.base.models import Waiting
from rahdari.base.refusal import Refused
from rahdari.base.work import Missing
from rahdari.domain.organisations import actions
from rahdari.domain.organisations.models import Match, Organisation
from rahdari.domain.organisations.queries.matches import match_seen, matches_of, matches_seen
from rahdari.domain.organisations.rules.entries import AccountEntered, OfficerEntered
from rahdari.domain.organisations.rules.matching import (
    HARD,
    LIKE_FIRM,
    MATCH_GROUNDS,
    TIES,
    Side,
    Someone,
    Tie,
    is_asked,
    ties_between,
    why_not_decide,
)  # fmt: skip
from tests.make import organisations as make
from tests.make.organisations import AT
from tests.make.people import actor, bodies

TODAY = day_at(AT, "pk")
OLD = OfficerEntered("Javed Anjum (invented)", "owner", make.card(99))
ACCOUNT = AccountEntered("Bank (invented)", "PK36SCBL0000001123456702")


_house = count(1)


def applied(**told):
    """A promoter that applied from a house of its own."""
    return make.applied(**{"address": f"House {next(_house)}, Invented Street, Mardan", **told})


def screened(row, node="pk"):
    return actions.screen_organisation(actor=machine(node, "timetable"), organisation=row.registry_id, at=AT)


def decider(role="bureau_officer", node="pk", body=None):
    bodies(node)
    return actor(role, body, node=node)


def decided(use_case, match, ground="", **told):
    ground = ground or MATCH_GROUNDS[use_case][0]
    by = told.pop("by", None) or decider()
    return getattr(actions, use_case)(actor=by, match_id=match.pk, ground=ground, **told, at=AT)


class TestTies:
    sitara = Side(("Sitara Promoters", "ستارہ پروموٹرز"), frozenset({"OP&HRD/4325/LHR/2018"}), address="Saddar Road, Peshawar")

    def codes(self, one, other):
        assert [tie.code for tie in ties_between(one, other)] == [tie.code for tie in ties_between(other, one)]
        assert {tie.mark for tie in ties_between(one, other)} == {tie.mark for tie in ties_between(other, one)}
        return [tie.code for tie in ties_between(one, other)]

    def test_stand_in_the_order_in_which_they_count(self):
        shared = {
            "identifiers": frozenset({("jp_corporate_number", "1180301018771")}), "accounts": frozenset({"PK36"}),
            "phones": frozenset({"+923001234567"}), "people": (Someone("A B", "1"), Someone("Zubaida Rustam")),
        }  # fmt: skip
        assert self.codes(replace(self.sitara, **shared), replace(self.sitara, **shared)) == list(TIES)

    def test_nothing_shared_ties_nobody(self):
        assert self.codes(self.sitara, Side(("Karwan Express",), frozenset({"MPD/1250/RWP/92"}), address="Sialkot")) == []

    def test_names_in_two_scripts_tie(self):
        assert self.codes(self.sitara, Side(("シターラ・プロモーターズ",))) == ["like_name"]

    def test_two_cards_are_two_people_whatever_they_are_called(self):
        one, other = Side(("A",), people=(Someone("Javed Anjum", "1"),)), Side(("B",), people=(Someone("Javed Anjum", "2"),))
        assert self.codes(one, other) == []

    def test_one_card_is_one_person_whatever_the_name(self):
        one, other = Side(("A",), people=(Someone("Javed Anjum", "1"),)), Side(("B",), people=(Someone("J. A.", "1"),))
        assert self.codes(one, other) == ["same_person"]

    def test_a_town_alone_is_no_address(self):
        assert self.codes(Side(("A",), address="Peshawar"), Side(("B",), address="Peshawar")) == []


class TestIsAsked:
    @pytest.mark.parametrize("code", TIES)
    def test_by_what_they_share(self, code):
        tie = [Tie(code, "a", "b", LIKE_FIRM - 0.01)]
        assert is_asked(tie, banned=False) == (code in HARD)
        assert is_asked(tie, banned=True) == (code != "same_address")

    def test_a_very_like_name_is_enough_and_a_like_person_beside_another_tie(self):
        assert is_asked([Tie("like_name", "a", "b", LIKE_FIRM)], banned=False)
        assert is_asked([Tie("like_person", "a", "b"), Tie("same_address", "c", "c")], banned=False)
        assert not is_asked([], banned=True)


class TestWhyNotDecide:
    def test_says_every_reason(self):
        wrong = why_not_decide("confirm_match", state="another", ground="x", entered=True, taken_by_another=True)
        assert {one.code for one in wrong} == {"wrong_state", "reason_missing", "four_eyes", "match_taken"}
        for use_case, grounds in MATCH_GROUNDS.items():
            for ground in grounds:
                assert why_not_decide(use_case, state="to_decide", ground=ground, entered=False, taken_by_another=False) == []


@pytest.mark.django_db
class TestScreening:
    def test_finds_the_same_name_in_another_script_and_starts_the_clock(self):
        known = make.licensed(names=("Sitara Promoters",))
        row = applied(name="ستارہ پروموٹرز")
        assert screened(row) == 1
        match = Match.objects.get()
        assert {match.organisation_id, match.other_id} == {known.pk, row.pk} and match.codes == ["like_name"]
        assert match.likeness >= 1000 * LIKE_FIRM and match.state == "to_decide"
        waiting = Waiting.objects.get(task="organisations.confirm_match")
        assert (waiting.holder_body, waiting.holder_role, waiting.url_args) == ("BEOE", "bureau_officer", [str(match.pk)])
        assert waiting.due_at is not None and day_at(waiting.due_at, "pk") == dt.date(2026, 11, 30)

    def test_asks_once_however_often_it_compares_and_from_whichever_side(self):
        known, row = make.licensed(names=("Sitara Promoters",)), applied(name="ستارہ پروموٹرز")
        assert [screened(one) for one in (row, row, known, row)] == [1, 0, 0, 0]
        assert Match.objects.get().version == 1 and Waiting.objects.filter(task="organisations.confirm_match").count() == 1

    @pytest.mark.parametrize(
        ("shared", "code"),
        [
            ({"officers": (OLD,)}, "same_person"),
            ({"accounts": (ACCOUNT,)}, "same_account"),
            ({"phones": ("0915550101",)}, "same_phone"),
        ],
    )
    def test_finds_what_two_names_do_not_show(self, shared, code):
        make.entered("OEP", "MPD/1250/RWP/92", name="Karwan Express", **shared)
        assert screened(applied(name="Naya Safar", **shared)) == 1
        assert code in Match.objects.get().codes

    def test_a_phone_of_a_person_and_one_of_an_office_are_one_phone(self):
        make.entered("OEP", "MPD/1250/RWP/92", name="Karwan Express", phones=("0300 1234567",))
        row = applied(name="Naya Safar", officers=(replace(OLD, phone="0300 1234567"),))
        assert screened(row) == 1 and Match.objects.get().codes == ["same_phone"]

    def test_a_like_person_counts_beside_a_licence_that_was_taken_away(self):
        known = make.entered("OEP", "MPD/1250/RWP/92", name="Karwan Express", officers=(replace(OLD, identity=""),))
        row = applied(name="Naya Safar", officers=(OfficerEntered("جاوید انجم", "director"),))
        assert screened(row) == 0
        make.made("cancel_licence", known)
        assert screened(known) == 1 and Match.objects.get().codes == ["like_person"]

    def test_the_mirrored_register_is_compared_too(self):
        bodies("pk")
        make.mirrored()
        assert screened(make.entered("OEP", "MPD/1250/RWP/92", name="There (invented)")) == 1

    def test_nothing_in_common_asks_nobody(self):
        make.licensed(names=("Sitara Promoters",))
        assert screened(applied(name="Karwan Express")) == 0 and not Match.objects.exists()

    def test_what_nothing_ties_any_more_waits_no_longer(self):
        make.licensed(names=("Sitara Promoters",))
        by = decider("promoter_manager", body="pk:org:naya")
        row = applied(name="Sitara Promotors", by=by)
        screened(row)
        order = make.order(ground="papers_incomplete")
        actions.refuse_licence(actor=make.officer(), organisation_id=row.pk, order=order, at=AT)
        again = make.entry(name="Karwan Express", address="House 0, Invented Street, Mardan")
        row = actions.apply_licence(actor=by, entry=again, papers=(make.PDF,), at=AT)
        assert screened(row) == 0 and Match.objects.get().state == "untied"
        assert not Waiting.objects.filter(task="organisations.confirm_match", closed_at=None).exists()

    def test_never_changes_a_licence(self):
        known = make.licensed(names=("Sitara Promoters",), officers=(OLD,))
        make.made("cancel_licence", known)
        row = make.entered("OEP", "MPD/1250/RWP/92", name="Sitara Promoters", officers=(OLD,))
        before = Organisation.objects.get(pk=row.pk)
        screened(row)
        decided("confirm_match", Match.objects.get(), by=decider())
        after = Organisation.objects.get(pk=row.pk)
        assert (after.state, after.version) == (before.state, before.version) == ("valid", before.version)

    def test_keeps_nothing_of_a_person_that_can_be_read(self):
        make.entered("OEP", "MPD/1250/RWP/92", name="Karwan Express", officers=(OLD,), accounts=(ACCOUNT,))
        screened(applied(name="Naya Safar", officers=(OLD,), accounts=(ACCOUNT,)))
        with connection.cursor() as cursor:
            cursor.execute("select organisations_match::text from organisations_match")
            text = cursor.fetchone()[0].lower()
            cursor.execute("select facts::text || also::text from base_auditentry where verb like '%screen%'")
            text += cursor.fetchone()[0].lower()
        assert [one for one in ("javed", "anjum", make.card(99), "1123456702") if one in text] == []

    def test_is_the_nodes_own_work(self):
        with pytest.raises(Refused):
            actions.screen_organisation(actor=decider(), organisation="pk:org:x", at=AT)

    def test_nobody_to_compare_is_no_fault(self):
        assert actions.screen_organisation(actor=machine("pk", "timetable"), organisation="pk:org:none", at=AT) == 0


@pytest.fixture
def match(db):
    make.licensed(names=("Sitara Promoters",))
    screened(applied(name="ستارہ پروموٹرز"))
    return Match.objects.get()


class TestDeciding:
    @pytest.mark.parametrize(
        ("use_case", "state"), [("confirm_match", "same_one"), ("dismiss_match", "another"), ("doubt_match", "unsure")]
    )
    def test_is_kept_with_its_reason_and_ends_the_clock(self, match, use_case, state):
        done = decided(use_case, match, note="Seen on paper.")
        assert (done.state, done.ground, done.note) == (state, MATCH_GROUNDS[use_case][0], "Seen on paper.")
        assert (
            done.decided_by is not None
            and not Waiting.objects.filter(task="organisations.confirm_match", closed_at=None).exists()
        )

    def applied_again(self, by, **told):
        """The same promoter, refused and back with other papers."""
        row = Organisation.objects.get(registry_id=by.body)
        order = make.order(ground="papers_incomplete")
        actions.refuse_licence(actor=make.officer(), organisation_id=row.pk, order=order, at=AT)
        entry = make.entry(address="House 0, Invented Street, Mardan", **told)
        return actions.apply_licence(actor=by, entry=entry, papers=(make.PDF,), at=AT)

    @pytest.mark.parametrize(
        ("told", "asked"),
        [
            ({"name": "ستارہ پروموٹرز"}, 0),
            ({"name": "Sitara Promoter"}, 1),
            ({"name": "ستارہ پروموٹرز", "accounts": (ACCOUNT,)}, 1),
        ],
        ids=["nothing new", "another name", "an account in common"],
    )
    def test_is_remembered_until_a_name_changes_or_something_new_ties_them(self, db, told, asked):
        make.licensed(names=("Sitara Promoters",), accounts=(ACCOUNT,))
        by = decider("promoter_manager", body="pk:org:naya")
        screened(applied(name="ستارہ پروموٹرز", by=by))
        decided("dismiss_match", Match.objects.get())
        row = self.applied_again(by, **told)
        assert screened(row) == asked
        assert Match.objects.get().state == ("to_decide" if asked else "another")
        assert Waiting.objects.filter(task="organisations.confirm_match", closed_at=None).count() == asked

    def test_is_not_for_whoever_entered_one_of_the_two(self, db):
        by = decider()
        make.licensed(names=("Sitara Promoters",))
        screened(applied(name="ستارہ پروموٹرز", by=by))
        with pytest.raises(Refused) as refused:
            decided("dismiss_match", Match.objects.get(), by=by)
        assert [one.code for one in refused.value.refusals] == ["four_eyes"]

    def test_is_for_the_office_and_the_contact_points_alone(self, match):
        for role in ("protector", "promoter_manager", "oec_officer", "attache"):
            with pytest.raises(Refused):
                decided("dismiss_match", match, by=decider(role))
            assert not matches_seen(decider(role)).exists()
            with pytest.raises(Missing):
                match_seen(decider(role), match.pk, TODAY)
        assert decided("dismiss_match", match, by=decider("contact_point_pk")).state == "another"

    def test_one_officer_at_a_time(self, match):
        first, second = decider(), decider()
        taken = actions.take_match(actor=first, match_id=match.pk, at=AT)
        assert taken.taken_by == first.person
        with pytest.raises(Refused) as refused:
            decided("confirm_match", match, by=second)
        assert [one.code for one in refused.value.refusals] == ["match_taken"]
        actions.take_match(actor=second, match_id=match.pk, at=AT)
        assert decided("confirm_match", match, by=second).state == "same_one"
        with pytest.raises(Refused):
            actions.take_match(actor=first, match_id=match.pk, at=AT)

    def test_is_not_by_an_old_page(self, match):
        actions.take_match(actor=(by := decider()), match_id=match.pk, at=AT)
        with pytest.raises(Refused) as refused:
            decided("confirm_match", match, by=by, seen=1)
        assert [one.code for one in refused.value.refusals] == ["stale"]


class TestReading:
    def test_known_good_namesakes_stand_first(self, match):
        known = Organisation.objects.get(state="valid")
        cancelled = make.entered("OEP", "MPD/1250/RWP/92", name="Sitara Promoters")
        make.made("cancel_licence", cancelled)
        row = Organisation.objects.get(state="applied")
        screened(row)
        decided("dismiss_match", match)
        found = matches_of(decider(), row, TODAY)
        assert [(one.other.pk, one.is_known_good) for one in found] == [(known.pk, True), (cancelled.pk, False)]

    def test_words_say_why(self, match):
        seen = match_seen(decider(), match.pk, TODAY)
        assert [one.code for one in seen.reasons] == ["like_name"]
        assert [
            (one.left, one.right) for one in seen.names.parts if one.code in ("same", "alike", "near")
        ] or seen.names.score > 0.8
        assert "organisations.dismiss_match" in seen.next

    def test_people_are_shown_where_both_sides_are_open_and_else_only_that_there_is_a_tie(self, db, settings):
        make.entered("OEP", "MPD/1250/RWP/92", name="Karwan Express", officers=(OLD,))
        screened(applied(name="Naya Safar", officers=(OLD,)))
        match = Match.objects.get()
        told = {one.code: (one.ours, one.theirs) for one in match_seen(decider(), match.pk, TODAY).reasons}
        assert told == {"same_person": (OLD.name, OLD.name)}
        outsider = replace(decider(), node="jp", body="BEOE")
        assert {one.code: one.ours for one in match_seen(outsider, match.pk, TODAY).reasons} == {"same_person": ""}

"""Licences: how one stands on a day, why an order cannot be made, names made alike."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rahdari.domain.organisations.rules.licences import (
    GROUNDS,
    STATE_OF,
    Order,
    why_not_appeal,
    why_not_apply,
    why_not_grant,
    why_not_order,
)
from rahdari.domain.organisations.rules.names import fold, script_of
from rahdari.domain.organisations.rules.standing import TOLD_STATES, Change, Standing, standing_on


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


TODAY = day("2026-11-25")
GRANTED = Change("valid", day("2024-01-10"), day("2027-01-10"))
SUSPENDED = Change("suspended", day("2026-05-01"))
HELD_UP = Change("suspended", day("2026-05-01"), day("2026-08-01"))
RESTORED = Change("restored", day("2026-09-01"), day("2027-01-10"))
CANCELLED = Change("cancelled", day("2026-10-01"))


class TestStanding:
    @pytest.mark.parametrize(
        ("history", "on", "state", "since"),
        [
            ([], "2026-01-01", "unknown", None),
            ([GRANTED], "2024-01-09", "unknown", None),
            ([GRANTED], "2024-01-10", "valid", "2024-01-10"),
            ([GRANTED], "2027-01-09", "valid", "2024-01-10"),
            ([GRANTED], "2027-01-10", "expired", "2027-01-10"),
            ([GRANTED, SUSPENDED], "2026-04-30", "valid", "2024-01-10"),
            ([GRANTED, SUSPENDED], "2026-05-01", "suspended", "2026-05-01"),
            ([GRANTED, SUSPENDED], "2027-02-01", "suspended", "2026-05-01"),
            ([GRANTED, HELD_UP], "2026-07-31", "suspended", "2026-05-01"),
            ([GRANTED, HELD_UP], "2026-08-01", "restored", "2026-08-01"),
            ([GRANTED, HELD_UP], "2027-01-10", "expired", "2027-01-10"),
            ([GRANTED, SUSPENDED, RESTORED], "2026-11-25", "restored", "2026-09-01"),
            ([GRANTED, SUSPENDED, RESTORED], "2027-01-10", "expired", "2027-01-10"),
            ([GRANTED, SUSPENDED, CANCELLED], "2026-11-25", "cancelled", "2026-10-01"),
            ([GRANTED, Change("valid", day("2027-01-05"), day("2030-01-10"))], "2028-01-01", "valid", "2027-01-05"),
            ([GRANTED, Change("surrendered", day("2026-10-01"))], "2026-11-25", "surrendered", "2026-10-01"),
            ([Change("applied", day("2026-01-01"))], "2026-11-25", "unknown", None),
        ],
    )
    def test_is_read_off_the_history(self, history, on, state, since):
        found = standing_on(history, day(on))
        assert (found.state, found.since) == (state, day(since) if since else None)

    def test_of_one_day_the_last_decision_counts(self):
        same = [Change("suspended", TODAY), Change("restored", TODAY, day("2027-01-10"))]
        assert standing_on([GRANTED, *same], TODAY).state == "restored"
        assert standing_on([GRANTED, *reversed(same)], TODAY).state == "suspended"

    def test_tells_the_first_day_without_validity(self):
        assert standing_on([GRANTED], TODAY) == Standing("valid", day("2024-01-10"), day("2027-01-10"))
        assert standing_on([GRANTED], TODAY).last_day == day("2027-01-09")
        assert Standing("unknown").last_day is None

    def test_is_banned_only_where_it_was_taken_away(self):
        banned = {state for state in TOLD_STATES if Standing(state).is_banned}
        assert banned == {"cancelled", "disqualified"}

    @given(
        st.lists(
            st.builds(
                Change,
                st.sampled_from([*TOLD_STATES, "applied", "refused"]),
                st.dates(day("2020-01-01"), day("2030-01-01")),
                st.none() | st.dates(day("2020-01-01"), day("2035-01-01")),
            ),
            max_size=8,
        ),
        st.dates(day("2019-01-01"), day("2036-01-01")),
    )
    def test_never_stands_on_what_lies_ahead(self, history, on):
        found = standing_on(history, on)
        assert found == standing_on([one for one in history if one.from_on <= on], on)
        assert found.since is None or found.since <= on
        assert not (found.is_valid and found.until is not None and found.until <= on)


HEARD = Order(
    ground="fee_without_basis",
    law="ER 1979",
    known_by="number",
    shown_cause_on=day("2026-11-01"),
    hearing_on=day("2026-11-20"),
    appeal_until=day("2026-12-25"),
)


def against(use_case, order=HEARD, **changed):
    told = {"state": "valid", "kind": "OEP", "open_order": False, "valid_until": day("2027-01-10"), "renew_from": None}
    return [one.code for one in why_not_order(use_case, order, **(told | changed), today=TODAY)]


class TestOrders:
    @pytest.mark.parametrize("use_case", ["suspend_licence", "cancel_licence"])
    def test_nothing_stands_against_one_that_was_heard(self, use_case):
        assert against(use_case) == []

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"ground": ""}, "reason_missing"),
            ({"ground": "own_wish"}, "reason_missing"),
            ({"known_by": ""}, "known_by_missing"),
            ({"known_by": "name"}, "name_match_only"),
            ({"shown_cause_on": None}, "show_cause_missing"),
            ({"shown_cause_on": day("2026-11-26")}, "date_in_future"),
            ({"law": ""}, "law_missing"),
            ({"appeal_until": None}, "appeal_until_missing"),
            ({"appeal_until": TODAY}, "appeal_until_missing"),
            ({"hearing_on": day("2026-11-26")}, "not_heard"),
        ],
    )
    @pytest.mark.parametrize("use_case", ["suspend_licence", "cancel_licence"])
    def test_what_lacks_is_said(self, use_case, changed, code):
        assert against(use_case, replace(HEARD, **changed)) == [code]

    def test_an_interim_suspension_comes_before_its_hearing_and_a_cancellation_does_not(self):
        later = replace(HEARD, hearing_on=day("2026-12-10"), interim=True)
        assert against("suspend_licence", later) == []
        assert against("cancel_licence", later) == ["not_heard"]
        assert against("suspend_licence", replace(later, hearing_on=None)) == ["hearing_missing"]

    def test_a_second_order_waits_for_the_first(self):
        assert against("suspend_licence", open_order=True) == ["order_open"]

    def test_what_was_taken_away_is_not_suspended(self):
        assert against("suspend_licence", state="cancelled") == ["wrong_state"]
        assert against("renew_licence", Order("renewal", law="x", until=day("2030-01-10"), declarations_filed=True),
                       state="suspended") == ["wrong_state"]  # fmt: skip

    def test_a_renewal_needs_declarations_a_day_and_a_law_and_its_time(self):
        renewal = Order("renewal", law="ER 1979", until=day("2030-01-10"), declarations_filed=True)
        assert against("renew_licence", renewal) == []
        assert against("renew_licence", replace(renewal, declarations_filed=False)) == ["declarations_missing"]
        assert against("renew_licence", replace(renewal, until=None, law="")) == ["until_missing", "law_missing"]
        assert against("renew_licence", replace(renewal, until=day("2027-01-10"))) == ["until_before_from"]
        assert against("renew_licence", renewal, renew_from=day("2026-11-26")) == ["too_early_to_renew"]

    def test_a_licence_is_given_back_once_the_workers_are_paid(self):
        assert against("surrender_licence", Order("own_wish")) == ["workers_unpaid"]
        assert against("surrender_licence", Order("own_wish", workers_settled=True)) == []

    def test_an_employer_is_barred_with_its_article_and_a_promoter_is_not(self):
        barred = Order("wages_unpaid", law="ICRRA 2-5", known_by="number")
        assert against("disqualify_employer", barred, kind="ACCEPTING_ORG") == []
        assert against("disqualify_employer", barred) == ["not_of_this_kind"]
        assert against("disqualify_employer", replace(barred, law="", known_by="name"), kind="RSO") == [
            "law_missing",
            "name_match_only",
        ]

    def test_every_order_has_grounds(self):
        assert set(STATE_OF) - set(GROUNDS) == set()


class TestApplications:
    def test_needs_name_office_people_and_papers(self):
        found = why_not_apply(state=None, names=0, address="", papers=0, officers=0)
        assert [one.code for one in found] == [
            "organisation_name_missing", "office_address_missing", "officers_missing", "application_papers_missing",
        ]  # fmt: skip
        assert why_not_apply(state=None, names=1, address="x", papers=1, officers=1) == []

    @pytest.mark.parametrize(
        ("state", "free"), [("refused", True), ("surrendered", True), ("valid", False), ("cancelled", False)]
    )
    def test_is_made_again_only_where_none_stands(self, state, free):
        assert (why_not_apply(state=state, names=1, address="x", papers=1, officers=1) == []) is free

    def test_a_grant_says_everything_that_stands_against_it(self):
        found = why_not_grant(
            state="applied", number_fits=False, number_free=True, security=False, name_alike="Sitara", name_cleared="",
            banned_officers=1, until=None, law="", today=TODAY,
        )  # fmt: skip
        assert [one.code for one in found] == [
            "licence_number_wrong", "security_missing", "name_too_similar", "banned_person", "until_missing", "law_missing",
        ]  # fmt: skip

    def test_a_like_name_is_cleared_by_a_person_and_a_banned_one_is_not(self):
        told = {"state": "applied", "number_fits": True, "number_free": True, "security": True, "law": "x", "today": TODAY}
        told |= {"name_alike": "Sitara", "name_cleared": "other owner, other city", "until": day("2029-01-01")}
        assert why_not_grant(**told, banned_officers=0) == []
        assert [one.code for one in why_not_grant(**told, banned_officers=2)] == ["banned_person"]


class TestAppeals:
    @pytest.mark.parametrize(
        ("state", "appeal", "until", "codes"),
        [
            ("suspended", "", "2026-11-26", []),
            ("cancelled", "", "2026-11-25", ["too_late"]),
            ("refused", "", None, ["too_late"]),
            ("suspended", "open", "2026-11-26", ["nothing_to_appeal"]),
            ("valid", "", "2026-11-26", ["nothing_to_appeal"]),
        ],
    )
    def test_are_made_once_and_in_time(self, state, appeal, until, codes):
        found = why_not_appeal(state=state, appeal=appeal, appeal_until=day(until) if until else None, today=TODAY)
        assert [one.code for one in found] == codes


class TestNames:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("M/s Al-Noor Overseas (Pvt.) Ltd", "AL NOOR  overseas"),
            ("كاروان", "کاروان"),
            ("النور اوورسيز", "النُور اوورسیز"),
            ("株式会社アルヌール", "あるぬーる"),
            ("ＳＩＴＡＲＡ", "sitara"),
            ("سفر\u200cنامہ", "سفرنامہ"),
            ("Café", "cafe"),
            ("かけはし支援(株)", "カケハシ支援"),
        ],
    )
    def test_are_made_alike(self, one, other):
        assert fold(one) == fold(other)

    def test_voiced_kana_stay_apart(self):
        assert fold("カキ") != fold("ガキ")

    def test_a_name_that_is_only_a_legal_form_stays(self):
        assert fold("Limited") == "limited"

    @pytest.mark.parametrize(
        ("name", "script"), [("Sitara", "Latn"), ("ستارہ", "Arab"), ("ひなた", "Jpan"), ("介護ホーム", "Jpan"), ("12", "Latn")]
    )
    def test_are_known_by_their_script(self, name, script):
        assert script_of(name) == script

    @given(st.text(max_size=60))
    def test_folding_twice_changes_nothing_more(self, text):
        assert fold(fold(text)) == fold(text)

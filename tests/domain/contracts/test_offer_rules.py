"""What an offer may say, when the worker's yes counts, when a contract can be signed, and the lines of cost."""

from __future__ import annotations

import copy
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rahdari.base.money import Money
from rahdari.base.reference import shipped_book
from rahdari.domain.contracts.rules.ledger import (
    CostTold,
    line_of,
    lines_hash,
    why_not_confirm_costs,
    why_not_declare,
    worker_total,
)
from rahdari.domain.contracts.rules.offers import (
    why_not_confirm_terms,
    why_not_offer,
    why_not_rescind,
    why_not_sign,
)
from rahdari.domain.jobs.rules.changes import worse_terms
from rahdari.domain.jobs.rules.terms import with_hash
from tests.make.jobs import TERMS
from tests.make.thread import cost

BOOK = shipped_book()
TODAY = dt.date(2026, 12, 18)


def codes(refusals):
    return [one.code for one in refusals]


def terms(**changed):
    """The terms of the demand with some members changed, and the hash that belongs to them."""
    return with_hash(copy.deepcopy(TERMS) | changed)


def pay(amount, **more):
    return {"pay_basic": {"amount": amount, "currency": "JPY", "per": "month"}} | more


class TestOffer:
    def offered(self, told=None, **changed):
        members = {"terms": told or terms(), "demanded": terms(), "signed_on": TODAY, "today": TODAY, "book": BOOK}
        return codes(why_not_offer(**members | changed))

    def test_may_repeat_the_terms_of_the_demand_or_better_them(self):
        assert self.offered() == []
        assert self.offered(terms(**pay(210_000), leave=20, hours_week=36)) == []

    @pytest.mark.parametrize(
        ("changed", "member"),
        [
            (pay(197_999, comparable_pay={"amount": 190_000, "currency": "JPY"}), "pay_basic"),
            ({"hours_week": 41}, "hours_week"),
            ({"days_year": 251}, "days_year"),
            ({"leave": 9}, "leave"),
            ({"length_months": 35}, "length_months"),
            ({"return_travel": "shared"}, "return_travel"),
        ],
    )
    def test_may_be_worse_in_nothing(self, changed, member):
        assert worse_terms(terms(), terms(**changed)) == [member]
        assert self.offered(terms(**changed)) == ["terms_worse"]

    def test_may_not_bring_a_deduction_the_demand_did_not_have(self):
        more = [*TERMS["deductions"], {"code": "meals", "money": {"amount": 1, "currency": "JPY"}, "basis": "canteen"}]
        assert self.offered(terms(deductions=more)) == ["terms_worse"]

    @pytest.mark.parametrize("text", ["保証金", "security money", "a penalty for leaving early", "زر ضمانت"])
    def test_may_not_hold_a_deposit_or_a_penalty_under_another_name(self, text):
        held = [{"code": "tax", "money": {"amount": 1, "currency": "JPY"}, "basis": text}]
        assert self.offered(terms(deductions=held)) == ["clause_forbidden"]

    def test_needs_the_employers_signature_and_its_own_hash(self):
        assert self.offered(signed_on=None) == ["employer_not_signed"]
        assert self.offered(signed_on=TODAY + dt.timedelta(days=1)) == ["date_in_future"]
        assert self.offered(terms() | {"leave": 30}) == ["hash_differs"]

    def test_may_not_pay_below_a_japanese_worker(self):
        below = {"comparable_pay": {"amount": 198_001, "currency": "JPY"}}
        assert self.offered(terms(**below), demanded=terms(**below)) == ["below_comparable_pay"]


class TestConfirmingTerms:
    def confirmed(self, **changed):
        told = {
            "state": "offered", "terms": terms(), "told_hash": terms()["terms_hash"], "language": "ur",
            "languages": ("ur", "en"), "book": BOOK, "today": TODAY,
        }  # fmt: skip
        return codes(why_not_confirm_terms(**told | changed))

    def test_counts_for_the_terms_that_were_shown(self):
        assert self.confirmed() == []

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"state": "terms_confirmed"}, "wrong_state"),
            ({"told_hash": "0" * 64}, "hash_differs"),
            ({"terms": terms() | {"leave": 0}}, "hash_differs"),
            ({"language": "ja"}, "language_missing"),
            ({"terms": terms(comparable_pay={"amount": 300_000, "currency": "JPY"})}, "below_comparable_pay"),
        ],
    )
    def test_says_why_not(self, changed, code):
        told = changed.get("terms", {}).get("terms_hash")
        assert self.confirmed(**({"told_hash": told} if told else {}) | changed) == [code]


class TestSigning:
    def signed(self, **changed):
        told = {
            "state": "terms_confirmed", "costs_confirmed": True, "employer_signed_on": TODAY, "told_hash": "a", "terms_hash": "a",
            "born": dt.date(2001, 3, 14), "lands_on": dt.date(2027, 3, 20), "on": TODAY, "today": TODAY,
        }  # fmt: skip
        return codes(why_not_sign(**told | changed))

    def test_follows_terms_and_costs(self):
        assert self.signed() == []

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"state": "offered"}, "terms_not_confirmed"),
            ({"state": "signed"}, "wrong_state"),
            ({"costs_confirmed": False}, "costs_not_confirmed"),
            ({"employer_signed_on": None}, "employer_not_signed"),
            ({"told_hash": "b"}, "hash_differs"),
            ({"born": dt.date(2009, 3, 21)}, "under_18_at_landing"),
            ({"lands_on": TODAY - dt.timedelta(days=1)}, "date_in_past"),
            ({"on": TODAY + dt.timedelta(days=1)}, "date_in_future"),
        ],
    )
    def test_says_why_not(self, changed, code):
        assert self.signed(**changed) == [code]

    def test_the_birthday_on_the_day_of_landing_is_old_enough(self):
        assert self.signed(born=dt.date(2009, 3, 20)) == []

    def test_asks_for_the_landing_where_there_is_one_and_else_for_the_age_on_the_day(self):
        assert self.signed(lands_on=None) == ["landing_missing"]
        assert self.signed(lands_on=None, travelled=False) == []
        eighteen = TODAY.replace(year=TODAY.year - 18)
        assert self.signed(lands_on=None, travelled=False, born=eighteen) == []
        assert self.signed(lands_on=None, travelled=False, born=eighteen + dt.timedelta(days=1)) == ["under_18"]


class TestDeclaring:
    def declared(self, *lines, route="oep", confirmed=False, before=()):
        return codes(why_not_declare(lines, route=route, confirmed=confirmed, before=before, book=BOOK, today=TODAY))

    def test_a_charge_up_to_the_ceiling_and_no_line_at_all_are_lawful(self):
        assert self.declared(cost(15_000)) == []
        assert self.declared() == []

    @pytest.mark.parametrize(
        ("line", "code"),
        [
            (cost(15_001), "over_ceiling"),
            (cost(15_000, channel="cash"), "cash"),
            (cost(15_000, basis=" "), "no_basis"),
            (cost(501, "REGISTRATION", payee="government"), "fee_is_fixed"),
            (cost(100, "NO_SUCH_COST"), "cost_unknown"),
            (cost(5_000, "ILLEGIT_BOND"), "forbidden_for_worker"),
            (cost(5_000, "PRE_ARRIVAL_GUIDANCE", payee="employer"), "forbidden_for_worker"),
            (CostTold("FEE_MATCH", Money("PKR", 150), "worker", "promoter", "invented"), "amount_not_whole"),
        ],
    )
    def test_says_why_not(self, line, code):
        assert code in self.declared(line)

    def test_nothing_is_declared_after_the_workers_yes(self):
        assert self.declared(cost(), confirmed=True) == ["wrong_state"]

    def test_what_others_declared_meets_the_same_ceiling(self):
        assert self.declared(cost(10_000), before=[cost(10_000)]) == ["over_ceiling"]


LINES = st.lists(
    st.builds(cost, st.integers(0, 15_000), st.sampled_from(["FEE_MATCH", "REGISTRATION", "COST_TRANSPORT"])), max_size=5
)


class TestLines:
    @given(LINES, st.randoms())
    def test_have_one_hash_in_whatever_order_they_were_declared(self, lines, chance):
        shuffled = list(lines)
        chance.shuffle(shuffled)
        assert lines_hash(lines) == lines_hash(shuffled)

    @given(LINES.filter(bool))
    def test_have_another_hash_when_one_is_left_out(self, lines):
        assert lines_hash(lines) != lines_hash(lines[1:])

    @given(LINES)
    def test_are_the_same_after_they_were_told(self, lines):
        assert lines_hash(line_of(one.told()) for one in lines) == lines_hash(lines)

    def test_add_up_for_the_worker_by_currency(self):
        lines = [cost(100), cost(50, payer="family"), cost(70, payer="employer"),
                 CostTold("FEE_MATCH", Money("JPY", 9), "worker", "employer", "invented")]  # fmt: skip
        assert worker_total(lines) == [Money("JPY", 9), Money("PKR", 15_000)]


class TestConfirmingCosts:
    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"declared": False}, "costs_not_declared"),
            ({"confirmed": True}, "wrong_state"),
            ({"alone": False}, "not_alone_in_session"),
            ({"told_hash": "0" * 64}, "lines_changed"),
        ],
    )
    def test_counts_for_the_lines_that_were_shown_to_the_worker_alone(self, changed, code):
        told = {"declared": True, "confirmed": False, "alone": True, "told_hash": lines_hash([cost()]), "lines": [cost()]}
        assert why_not_confirm_costs(**told) == []
        assert codes(why_not_confirm_costs(**told | changed)) == [code]


class TestRescinding:
    @pytest.mark.parametrize(
        ("told", "expected"),
        [
            ({}, []),
            ({"state": "terms_confirmed"}, ["wrong_state"]),
            ({"station": 14}, []),
            ({"station": 15}, ["worker_departed"]),
            ({"reason": "pregnant"}, ["reason_unlawful"]),
            ({"reason": "work_fell_away"}, ["reason_unlawful"]),
            ({"reason": "work_fell_away", "by_worker": False}, []),
            ({"by_worker": False}, ["reason_unlawful"]),
        ],
    )
    def test_each_side_has_its_reasons_until_the_departure(self, told, expected):
        facts = {"state": "signed", "station": 11, "reason": "own_wish", "by_worker": True} | told
        assert [one.code for one in why_not_rescind(**facts)] == expected

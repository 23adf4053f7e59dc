"""What Pakistan, the Memorandum, the ILO and Japan each say of one line: examples worked by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rahdari.base.editions import shipped_book
from rahdari.domain.contracts.rules.norms import TONES, under_norms
from tests.domain.contracts.cost_lines import BOOK, check, codes, found, line, reason, said, service
from tests.make.thread import cost


class TestCashAndIntermediaries:
    @pytest.mark.parametrize(
        ("payee", "channel", "expected"),
        [
            ("promoter", "cash", ["cash"]),
            ("promoter", "bank", []),
            ("promoter", "digital", []),
            ("government", "cash", []),
            ("oec", "cash", []),
            ("clinic", "cash", []),
            ("unlicensed_person", "cash", ["unlicensed_intermediary"]),
            ("unlicensed_person", "bank", ["unlicensed_intermediary"]),
            ("employer_staff", "bank", ["unlicensed_intermediary"]),
        ],
    )
    def test_cash_is_closed_to_promoters_and_the_rest_to_the_unlicensed(
        self, payee: str, channel: str, expected: list[str]
    ) -> None:
        assert codes(check(line("COST_TRAINING", 900, payee=payee, channel=channel), route="oep"), "PK") == expected

    @pytest.mark.parametrize("payer", ["worker", "family", "employer"])
    def test_a_promoter_takes_cash_from_nobody(self, payer: str) -> None:
        answer = check(service(900, payer, channel="cash"), route="oep")
        assert codes(answer, "PK") == ["cash"]
        assert reason(answer, "cash").rule == "PK_NO_CASH"

    def test_a_promoters_charge_in_cash_names_its_payee_itself(self) -> None:
        assert codes(check(line("OEP_SERVICE_PLACEMENT", 900, channel="cash"), route="oep"), "PK") == ["cash"]

    def test_an_employer_paying_its_own_staff_is_no_intermediary(self) -> None:
        assert found(check(line("wages", 900, "employer", payee="employer_staff"))) == []
        assert codes(check(line("commission", 900, "promoter", payee="employer_staff")), "PK") == ["unlicensed_intermediary"]

    @pytest.mark.parametrize(("payee", "between"), [("employer_staff", []), ("unlicensed_person", ["unlicensed_intermediary"])])
    def test_an_employers_staff_charging_for_support_is_no_intermediary(self, payee: str, between: list[str]) -> None:
        answer = check(line("PICKUP_SEEOFF", 8000, payee=payee, currency="JPY", country="JP"))
        assert codes(answer, "JP") == [*between, "support_cost_charged"]

    def test_nothing_paid_is_no_intermediary(self) -> None:
        assert found(check(line("favour", 0, payee="unlicensed_person", channel="cash"))) == []


class TestMemorandum:
    @pytest.mark.parametrize(
        ("given", "acts"),
        [
            ({"held_property": True}, ["MOC_A"]),
            ({"held_property": "passport"}, ["MOC_A"]),
            ({"held_property": ["passport", "land papers"]}, ["MOC_A"]),
            ({"held_property": True, "payer": "employer"}, ["MOC_A"]),
            ({"held_property": True, "amount": 0}, ["MOC_A"]),
            ({"held_property": True, "refundable": True, "amount": 1}, ["MOC_A"]),
            ({"held_property": False}, []),
            ({"held_property": []}, []),
            ({"held_property": None}, []),
            ({"amount": 50000, "refundable": True}, ["MOC_A"]),
            ({"amount": 50000, "refundable": True, "payer": "family"}, ["MOC_A"]),
            ({"amount": 50000, "refundable": True, "payer": "guarantor"}, ["MOC_A"]),
            ({"amount": 50000, "refundable": True, "payer": "promoter"}, []),
            ({"amount": 50000, "refundable": True, "payee": "airline"}, []),
            ({"amount": 50000, "refundable": False}, []),
            ({"item": "security deposit", "amount": 50000, "refundable": False}, ["MOC_A"]),
            ({"item": "زرِ ضمانت / زر ضمانت", "amount": 50000}, ["MOC_A"]),
            ({"item": "保証金", "amount": 50000}, ["MOC_A"]),
            ({"item": "ILLEGIT_BOND", "amount": 50000}, ["MOC_A"]),
            ({"item": "ILLEGIT_COLLATERAL", "amount": 50000}, ["MOC_A"]),
            ({"item": "ILLEGIT_BRIBE", "amount": 50000}, []),
            ({"due_on_breach": True}, ["MOC_B"]),
            ({"due_on_breach": True, "amount": 500000, "payer": "family"}, ["MOC_B"]),
            ({"due_on_breach": True, "amount": 0}, []),
            ({"due_on_breach": False, "amount": 1}, []),
            ({"due_on_breach": True, "payer": "employer"}, []),
            ({"item": "違約金", "amount": 1}, ["MOC_B"]),
            ({"item": "OEP_SERVICE_PLACEMENT", "amount": 15000, "basis_shown": False}, ["MOC_E"]),
            ({"item": "OEP_SERVICE_PLACEMENT", "amount": 15000, "understood": False}, ["MOC_E"]),
            ({"item": "OEP_SERVICE_PLACEMENT", "amount": 15000, "basis_shown": True, "understood": False}, ["MOC_E"]),
            ({"item": "OEP_SERVICE_PLACEMENT", "amount": 15000, "basis_shown": None}, ["MOC_E"]),
            ({"item": "OEP_SERVICE_PLACEMENT", "amount": 15000, "basis_shown": True, "understood": True}, []),
            ({"item": "OEP_SERVICE_PLACEMENT", "amount": 15000}, []),
            ({"item": "REGISTRATION", "amount": 500, "payee": "government", "understood": False}, ["MOC_E"]),
            ({"amount": 1, "basis_shown": False, "payer": "employer"}, []),
            ({"amount": 1, "basis_shown": False, "payer": "employer", "deducted_from_wage": True}, ["MOC_E"]),
            ({"amount": 0, "basis_shown": False}, []),
            ({"basis_shown": False, "held_property": True}, ["MOC_A"]),
            ({"amount": 9, "basis_shown": False, "held_property": True, "due_on_breach": True}, ["MOC_A", "MOC_B", "MOC_E"]),
        ],
    )
    def test_names_the_wrongful_acts_of_4_1(self, given: dict[str, Any], acts: list[str]) -> None:
        told = {"item": "something", "payer": "worker", "payee": "promoter", **given}
        told |= {"currency": "PKR"} if "amount" in given else {}
        assert codes(check(told, route="oep"), "MOC") == acts

    @pytest.mark.parametrize(("paid_on", "acts"), [("2019-12-22", []), ("2019-12-23", ["MOC_A", "MOC_B", "MOC_E"])])
    def test_speaks_only_since_it_was_signed(self, paid_on: str, acts: list[str]) -> None:
        given = line("x", 5, payee="promoter", refundable=True, due_on_breach=True, understood=False, paid_on=paid_on)
        assert codes(check(given), "MOC") == acts

    @pytest.mark.parametrize(("paid_on", "criteria"), [("2019-03-31", False), ("2019-04-01", True)])
    def test_the_japanese_criteria_stand_beside_it_as_reasons(self, paid_on: str, criteria: bool) -> None:
        given = line("x", 5, payee="promoter", refundable=True, due_on_breach=True, understood=False, paid_on=paid_on)
        wanted = {"jp_no_deposit", "jp_no_penalty", "jp_fees_understood"}
        assert wanted & said(check(given)) == (wanted if criteria else set())

    def test_a_deposit_named_only_in_words_is_of_low_confidence(self) -> None:
        assert reason(check(line("Security Deposit", 5)), "MOC_A").confidence == "low"
        assert reason(check(line("Security Deposit", 5, held_property=True)), "MOC_A").confidence == "high"

    def test_passport_kept_without_amount_or_payer_enters_no_sum(self) -> None:
        answer = check({"item": "passport", "held_property": True, "payee": "promoter"})
        assert found(answer) == [(0, "MOC_A", "MOC")]
        assert (answer.answer["totals"], answer.answer["worker_total"]) == ({}, {})

    def test_names_its_rule(self) -> None:
        answer = check(line("x", 5, payee="promoter", refundable=True, due_on_breach=True, understood=False))
        assert [reason(answer, code).rule for code in ("MOC_A", "MOC_B", "MOC_E")] == ["MOC_DEPOSIT", "MOC_PENALTY", "MOC_BASIS"]


class TestIlo:
    CATEGORIES = [(row["code"], row["group"]) for row in BOOK.rows("fee_categories")]

    @pytest.mark.parametrize(("category", "group"), CATEGORIES)
    @pytest.mark.parametrize("payer", ["worker", "family"])
    def test_whatever_the_workers_side_pays_is_a_finding(self, category: str, group: str, payer: str) -> None:
        answer = check(line(category, 100, payer))
        assert found(answer, norm="ILO") == [(0, "ilo_worker_paid", "ILO")]
        assert answer.answer["lines"] == [{"ilo_category": category, "ilo_group": group}]
        assert reason(answer, "ilo_worker_paid").rule == "ILO_WORKER_PAID"

    @pytest.mark.parametrize(("category", "group"), CATEGORIES)
    def test_what_the_employer_pays_is_none_unless_illegitimate(self, category: str, group: str) -> None:
        answer = check(line(category, 100, "employer", payee="promoter"))
        assert codes(answer, "ILO") == (["ilo_illegitimate"] if group == "illegitimate" else [])

    def test_an_illegitimate_cost_says_so_beside_the_finding(self) -> None:
        assert reason(check(line("ILLEGIT_EXTORTION", 1)), "ilo_illegitimate").rule == "ILLEGIT_EXTORTION"

    @pytest.mark.parametrize(
        ("given", "category", "group"),
        [
            ("REGISTRATION", "COST_ADMIN", "related_cost"),
            ("OPF_WELFARE", "COST_INSURANCE", "related_cost"),
            ("STATE_LIFE", "COST_INSURANCE", "related_cost"),
            ("OEC_PROMOTION", "COST_ADMIN", "related_cost"),
            ("OEP_SERVICE_PLACEMENT", "FEE_MATCH", "fee"),
            ("OEP_SERVICE_PROCESSING", "FEE_MATCH", "fee"),
            ("OEC_SERVICE", "FEE_MATCH", "fee"),
            ("OPF welfare fund", "COST_INSURANCE", "related_cost"),
            ("اسٹیٹ لائف انشورنس پریمیم", "COST_INSURANCE", "related_cost"),
            ("COE", None, None),
            ("PICKUP_SEEOFF", None, None),
            ("agent's tea money", None, None),
            (None, None, None),
        ],
    )
    def test_each_line_shows_its_category_and_group(self, given: str | None, category: str | None, group: str | None) -> None:
        assert check(line(given, 1)).answer["lines"] == [{"ilo_category": category, "ilo_group": group}]

    @pytest.mark.parametrize(
        ("more", "expected"),
        [
            ({}, ["ilo_worker_paid"]),
            ({"payee": "unlicensed_person"}, ["ilo_worker_paid"]),
            ({"payee": "promoter"}, ["ilo_worker_paid"]),
            ({"payee": "landlord"}, []),
            ({"payee": "employer", "deducted_from_wage": True}, []),
            ({"payee": "employer", "due_on_breach": True}, []),
            ({"payee": "promoter", "due_on_breach": True, "paid_on": "2026-09-01"}, ["ilo_worker_paid"]),
            ({"payer": "employer"}, []),
        ],
    )
    def test_a_free_text_counts_when_it_goes_to_those_who_recruit(self, more: dict[str, Any], expected: list[str]) -> None:
        answer = check({**line("file opening", 100), **more})
        assert codes(answer, "ILO") == expected
        assert "item_not_recognised" in said(answer)
        assert all(one.confidence == "low" for one in answer.reasons if one.code == "ilo_worker_paid")

    def test_what_is_taken_back_from_the_wage_is_paid_by_the_worker(self) -> None:
        assert codes(check(line("COST_TRAVEL", 100, "employer", deducted_from_wage=True)), "ILO") == ["ilo_worker_paid"]
        assert codes(check(line("COST_TRAVEL", 100, "employer", deducted_from_wage=False)), "ILO") == []

    def test_nothing_paid_is_nothing_found(self) -> None:
        assert found(check(line("COST_TRAVEL", 0))) == []


class TestSupport:
    @pytest.mark.parametrize("item", sorted(BOOK.codes("support_items")))
    def test_none_of_the_ten_items_may_be_charged(self, item: str) -> None:
        answer = check(line(item, 20000, currency="JPY", country="JP"))
        assert codes(answer, "JP") == ["support_cost_charged"]
        assert reason(answer, "support_cost_charged").rule == "JP_SUPPORT_FREE"

    @pytest.mark.parametrize(
        ("given", "expected"),
        [
            ({"payer": "family"}, ["support_cost_charged"]),
            ({"payer": "employer"}, []),
            ({"payer": "employer", "deducted_from_wage": True}, ["support_cost_charged"]),
            ({"payer": "rso", "deducted_from_wage": False}, []),
            ({"country": "PK"}, ["support_cost_charged"]),
            ({"amount": 0}, []),
            ({"paid_on": "2019-03-31"}, []),
            ({"paid_on": "2019-04-01"}, ["support_cost_charged"]),
        ],
    )
    def test_directly_and_indirectly(self, given: dict[str, Any], expected: list[str]) -> None:
        told = {**line("LIFE_ORIENTATION", 20000, currency="JPY"), **given}
        assert codes(check(told), "JP") == expected

    def test_rent_taken_from_the_wage_is_not_support(self) -> None:
        assert found(check(line("rent", 30000, currency="JPY", country="JP", payee="employer", deducted_from_wage=True))) == []


class TestTheLedger:
    """Three verdicts on each line, none hidden because another norm allows."""

    @pytest.mark.parametrize(
        ("told", "verdicts"),
        [
            (cost(), ("within_cap", "should_be_zero", "explained")),
            (cost(15_001), ("not_lawful", "should_be_zero", "explained")),
            (cost(payer="employer"), ("lawful", "lawful", "explained")),
            (cost(500, "REGISTRATION", payee="government"), ("fixed_fee", "should_be_zero", "explained")),
            (cost(501, "REGISTRATION", payee="government"), ("not_lawful", "should_be_zero", "explained")),
            (cost(basis=""), ("not_lawful", "should_be_zero", "not_explained")),
            (cost(1000, "ILLEGIT_BOND"), ("not_lawful", "never_lawful", "not_lawful")),
            (cost(1000, "ILLEGIT_BRIBE", payer="employer"), ("lawful", "never_lawful", "explained")),
        ],
    )
    def test_says_all_three(self, told, verdicts):
        (one,) = under_norms([told], route="oep", book=shipped_book(), today=date(2026, 11, 25))
        assert (one.pakistan, one.ilo, one.japan) == verdicts
        assert {one.pakistan, one.ilo, one.japan} <= TONES.keys() and one.line == told

    def test_of_no_cost_is_empty(self):
        assert under_norms([], route="oep", book=shipped_book(), today=date(2026, 11, 25)) == []

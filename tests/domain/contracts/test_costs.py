"""Amounts against the tables of fees, sums, and the shape of the facts: examples worked by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from rahdari.base.facts import WrongFacts, read_facts
from rahdari.base.reference import Book, Row
from rahdari.domain.contracts.rules import CostsFacts, check_costs
from tests.domain.contracts.cost_lines import BOOK, TODAY, check, codes, found, line, reason, said, service

GOVERNMENT_ITEMS = {"REGISTRATION": 500, "OPF_WELFARE": 4000, "STATE_LIFE": 2500, "OEC_PROMOTION": 200}


class TestFixedFees:
    @pytest.mark.parametrize(("route", "registration", "total"), [("oep", 500, 7200), ("direct", 2500, 9200)])
    def test_the_government_items_of_a_route_add_up_to_the_printed_subtotal(
        self, route: str, registration: int, total: int
    ) -> None:
        items = {**GOVERNMENT_ITEMS, "REGISTRATION": registration}
        answer = check(*(line(item, amount, payee="government") for item, amount in items.items()), route=route)
        assert answer.answer["government_total"] == {"PKR": total}
        assert answer.answer["worker_total"] == {"PKR": total}
        assert found(answer, norm="PK") == []
        assert found(answer) == [(number, "ilo_worker_paid", "ILO") for number in range(4)]
        assert "known" not in answer.answer

    @pytest.mark.parametrize(
        ("route", "amounts", "finding"),
        [
            ("oep", [500], []),
            ("oep", [2500], [0]),
            ("oep", [501], [0]),
            ("oep", [499], [0]),
            ("oep", [0], [0]),
            ("oep", [300, 200], []),
            ("oep", [500, 500], [1]),
            ("oep", [500, 500, 500], [1]),
            ("oep", [300, 100], [1]),
            ("direct", [2500], []),
            ("direct", [500], [0]),
        ],
    )
    def test_another_sum_than_the_fixed_one_is_found_once(self, route: str, amounts: list[int], finding: list[int]) -> None:
        answer = check(*(line("REGISTRATION", amount) for amount in amounts), route=route)
        assert found(answer, norm="PK") == [(number, "wrong_amount", "PK") for number in finding]

    def test_a_fixed_fee_is_fixed_whoever_pays_it(self) -> None:
        answer = check(line("REGISTRATION", 300, "employer"), line("REGISTRATION", 300), route="oep")
        assert found(answer, norm="PK") == [(1, "wrong_amount", "PK")]

    def test_names_the_row_and_both_amounts(self) -> None:
        why = reason(check(line("STATE_LIFE", 3000), route="oep"), "wrong_amount")
        assert (why.rule, why.source, why.confidence) == ("STATE_LIFE", "P3;P13", "high")
        assert why.about == {
            "line": 0, "position": 1, "item": "STATE_LIFE", "amount": 3000, "ceiling": 2500, "currency": "PKR",
        }  # fmt: skip

    def test_a_fee_without_route_is_judged_only_where_all_routes_agree(self) -> None:
        answer = check(line("REGISTRATION", 700), line("OPF_WELFARE", 2000))
        assert found(answer, norm="PK") == [(1, "wrong_amount", "PK")]
        assert answer.answer["known"] is False
        assert "route_not_said" in said(answer)

    def test_japanese_fees_speak_for_japan(self) -> None:
        answer = check(line("RSO_NEW", 30000, "rso", currency="JPY"), line("RSO_RENEW", 11100, "rso", currency="JPY"))
        assert found(answer) == [(0, "wrong_amount", "JP")]

    def test_a_certificate_of_eligibility_costs_nothing(self) -> None:
        assert found(check(line("COE", 0, "employer", currency="JPY"))) == []
        assert codes(check(line("COE", 4000, "employer", currency="JPY")), "JP") == ["wrong_amount"]

    def test_a_fee_of_the_employer_is_not_the_workers(self) -> None:
        answer = check(line("COE", 4000, currency="JPY"))
        assert codes(answer, "JP") == ["wrong_amount", "wrong_payer"]
        assert codes(answer, "ILO") == ["ilo_worker_paid"]

    def test_a_fee_before_its_table_begins_has_no_verdict(self) -> None:
        answer = check(line("RSO_NEW", 1, "rso", currency="JPY", paid_on="2019-03-31"))
        assert found(answer) == [(0, "ceiling_unknown", "JP")]
        assert answer.answer["known"] is False
        assert reason(answer, "fee_table_later").about["on"] == dt.date(2019, 3, 31)

    def test_the_day_of_payment_chooses_the_row(self) -> None:
        old, new = BOOK.rows("fees_pk", item="STATE_LIFE", route="oep")[0], {"valid_from": "2027-01-01", "amount_pkr": "3000"}
        rows = [row for row in BOOK.rows("fees_pk") if row != old]
        rows += [Row({**old, "valid_until": "2026-12-31"}), Row({**old, **new})]
        book = Book({**BOOK.tables, "fees_pk": rows}, BOOK.identifiers, "next")
        paid = [("2026-12-31", 2500), ("2027-01-01", 3000)]
        right = check(*(line("STATE_LIFE", amount, paid_on=on) for on, amount in paid), route="oep", book=book)
        assert codes(right, "PK") == []
        late = check(line("STATE_LIFE", 2500, paid_on="2027-01-01"), route="oep", book=book)
        assert codes(late, "PK") == ["wrong_amount"]


class TestCeilings:
    @pytest.mark.parametrize(
        ("amounts", "finding"),
        [
            ([15000], []),
            ([15001], [0]),
            ([0], []),
            ([10000, 5000], []),
            ([10000, 5001], [1]),
            ([10000, 6000, 4000], [1]),
            ([16000, 1], [0]),
        ],
    )
    def test_lines_are_added_up_and_the_line_that_crosses_carries_the_finding(
        self, amounts: list[int], finding: list[int]
    ) -> None:
        answer = check(*(service(amount) for amount in amounts), route="oep")
        assert found(answer, norm="PK") == [(number, "over_pk_ceiling", "PK") for number in finding]

    def test_worker_and_family_are_one_purse(self) -> None:
        answer = check(service(10000), line("REGISTRATION", 500), service(6000, "family"), route="oep")
        assert found(answer, norm="PK") == [(2, "over_pk_ceiling", "PK")]
        assert answer.answer["totals"] == {"worker": {"PKR": 10500}, "family": {"PKR": 6000}}
        assert answer.answer["worker_total"] == {"PKR": 16500}

    @pytest.mark.parametrize("payer", ["employer", "promoter", "ACCEPTING_ORG"])
    def test_the_ceiling_binds_only_what_the_workers_side_pays(self, payer: str) -> None:
        answer = check(service(50000, payer), service(15000), route="oep")
        assert found(answer) == [(1, "ilo_worker_paid", "ILO")]

    @pytest.mark.parametrize(
        ("processing_only", "lines", "over"),
        [
            (True, [("OEP_SERVICE_PROCESSING", 6000)], []),
            (True, [("OEP_SERVICE_PROCESSING", 6001)], [0]),
            (True, [("OEP_SERVICE_PLACEMENT", 6000)], []),
            (True, [("OEP_SERVICE_PLACEMENT", 15000)], [0]),
            (True, [("OEP_SERVICE_PLACEMENT", 4000), ("OEP_SERVICE_PROCESSING", 4000)], [1]),
            (False, [("OEP_SERVICE_PROCESSING", 6001)], [0]),
            (None, [("OEP_SERVICE_PROCESSING", 6001)], [0]),
            (None, [("OEP_SERVICE_PLACEMENT", 15000)], []),
            (False, [("OEP_SERVICE_PLACEMENT", 15000), ("OEP_SERVICE_PROCESSING", 1)], [1]),
        ],
    )
    def test_one_case_knows_one_ceiling(
        self, processing_only: bool | None, lines: list[tuple[str, int]], over: list[int]
    ) -> None:
        answer = check(*(service(amount, item=item) for item, amount in lines), route="oep", processing_only=processing_only)
        assert found(answer, norm="PK") == [(number, "over_pk_ceiling", "PK") for number in over]

    def test_says_why_the_lower_ceiling_counts(self) -> None:
        answer = check(service(7000), route="oep", processing_only=True)
        assert reason(answer, "processing_ceiling").rule == "OEP_SERVICE_PROCESSING"
        assert reason(answer, "over_pk_ceiling").about["ceiling"] == 6000
        assert reason(answer, "over_pk_ceiling").rule == "PK_CEILING"
        assert reason(answer, "over_pk_ceiling").source == "P4;P5"

    def test_a_matching_fee_by_its_ilo_name_is_the_promoters_charge(self) -> None:
        answer = check(service(9000), service(9000, item="FEE_MATCH"), route="oep")
        assert found(answer, norm="PK") == [(1, "over_pk_ceiling", "PK")]

    def test_a_matching_fee_to_others_meets_no_ceiling(self) -> None:
        assert codes(check(line("FEE_MATCH", 90000, payee="clinic"), route="oep"), "PK") == []

    @pytest.mark.parametrize(
        "given", [{"item": "OEP_SERVICE_PLACEMENT"}, {"item": "FEE_MATCH"}, {"item": "OEP_SERVICE_PROCESSING"}]
    )
    def test_the_direct_route_knows_no_promoters_charge(self, given: dict[str, str]) -> None:
        answer = check(service(5000, **given), route="direct")
        assert found(answer, norm="PK") == [(0, "charge_not_on_route", "PK")]
        assert reason(answer, "charge_not_on_route").rule == "PK_CEILING"
        assert found(check(service(5000, "employer", **given), route="direct")) == []

    def test_a_charge_of_the_corporation_is_not_on_the_promoters_route(self) -> None:
        assert codes(check(line("OEC_SERVICE", 1, payee="oec"), route="oep"), "PK") == ["charge_not_on_route"]

    def test_a_lawful_charge_says_so_and_is_still_found_by_the_ilo(self) -> None:
        answer = check(service(15000, basis_shown=True, understood=True), route="oep")
        assert found(answer) == [(0, "ilo_worker_paid", "ILO")]
        assert reason(answer, "within_pk_ceiling").rule == "PK_CEILING"


class TestWhatTheTablesDoNotKnow:
    @pytest.mark.parametrize("amount", [1, 15000, 10**9])
    def test_the_corporations_charge_never_gets_a_verdict(self, amount: int) -> None:
        answer = check(line("OEC_SERVICE", amount, payee="oec"), route="oec")
        assert found(answer) == [(0, "ceiling_unknown", "PK"), (0, "ilo_worker_paid", "ILO")]
        assert answer.answer["known"] is False
        why = reason(answer, "ceiling_unknown")
        assert (why.rule, why.source, why.confidence) == ("OEC_SERVICE", "P14", "low")

    @pytest.mark.parametrize("item", [*GOVERNMENT_ITEMS, "OEP_SERVICE_PLACEMENT"])
    def test_nothing_on_the_corporations_route_is_confirmed(self, item: str) -> None:
        answer = check(line(item, 500), route="oec")
        assert codes(answer, "PK") == ["ceiling_unknown"]
        assert answer.answer["known"] is False
        assert reason(answer, "route_not_confirmed").confidence == "low"

    def test_another_currency_is_not_converted(self) -> None:
        answer = check(service(90000, currency="JPY"), service(15000), route="oep")
        assert found(answer, norm="PK") == [(0, "ceiling_unknown", "PK")]
        assert answer.answer["known"] is False
        assert reason(answer, "other_currency").about["table_currency"] == "PKR"
        assert answer.answer["worker_total"] == {"JPY": 90000, "PKR": 15000}

    def test_an_amount_left_out_gives_no_verdict_unless_the_rest_is_too_much(self) -> None:
        untold = {"item": "OEP_SERVICE_PLACEMENT", "payer": "worker", "payee": "promoter"}
        answer = check(untold, route="oep")
        assert (codes(answer, "PK"), answer.answer["known"]) == ([], False)
        assert codes(answer, "ILO") == ["ilo_worker_paid"]
        assert codes(check(untold, service(15001), route="oep"), "PK") == ["over_pk_ceiling"]

    def test_an_amount_of_null_is_no_amount(self) -> None:
        nothing = {"item": "OEP_SERVICE_PLACEMENT", "amount": None, "payer": "worker", "payee": "promoter", "channel": "cash"}
        answer = check(nothing, route="oep")
        assert found(answer) == []
        assert answer.answer["totals"] == {}

    def test_a_currency_left_out_is_read_from_the_table_and_said(self) -> None:
        answer = check({"item": "REGISTRATION", "amount": 500, "payer": "worker"}, route="oep")
        assert answer.answer["totals"] == {"worker": {"PKR": 500}}
        assert "currency_from_table" in said(answer)

    def test_a_sum_without_currency_or_payer_stays_out_of_the_totals(self) -> None:
        answer = check(
            {"item": "COST_MEDICAL", "amount": 5, "payer": "worker"}, {"item": "COST_MEDICAL", "amount": 5, "currency": "PKR"}
        )
        assert answer.answer["totals"] == {}
        assert answer.answer["known"] is False
        assert {"currency_not_said", "payer_not_said"} <= said(answer)

    def test_no_lines_told_is_not_the_same_as_no_lines(self) -> None:
        silent = check_costs(read_facts(CostsFacts, {}, BOOK), BOOK, TODAY)
        assert silent.answer["known"] is False
        nothing: tuple[list[Any] | None, ...] = ([], None)
        for none in nothing:
            answer = check_costs(read_facts(CostsFacts, {"lines": none}, BOOK), BOOK, TODAY)
            assert answer.answer == {"findings": [], "totals": {}, "government_total": {}, "worker_total": {}, "lines": []}
            assert said(answer) == {"no_cost_finding"}


class TestSums:
    def test_adds_up_by_payer_and_currency(self) -> None:
        answer = check(
            line("REGISTRATION", 500, payee="government"),
            line("COST_TRAVEL", 148000, "employer", payee="airline"),
            line("COST_MEDICAL", 9500, "employer", payee="clinic"),
            line("COST_TEST", 7000, "employer", payee="test_centre", currency="JPY"),
            line("COST_ADMIN", 30, "family", payee="government"),
            route="oep",
        )
        assert answer.answer["totals"] == {
            "worker": {"PKR": 500},
            "employer": {"PKR": 157500, "JPY": 7000},
            "family": {"PKR": 30},
        }
        assert answer.answer["worker_total"] == {"PKR": 530}
        assert answer.answer["government_total"] == {"PKR": 530}

    @pytest.mark.parametrize(
        ("given", "counts"),
        [
            ({"item": "OEC_PROMOTION", "amount": 200, "payee": "oec"}, True),
            ({"item": "STATE_LIFE", "amount": 2500}, True),
            ({"item": "visa", "amount": 3000, "payee": "government"}, True),
            ({"item": "OEP_SERVICE_PLACEMENT", "amount": 9000, "payee": "promoter"}, False),
            ({"item": "ILLEGIT_BRIBE", "amount": 9000, "payee": "government"}, False),
        ],
    )
    def test_government_items_are_those_of_the_table_and_what_a_government_takes(
        self, given: dict[str, Any], counts: bool
    ) -> None:
        answer = check({"currency": "PKR", "payer": "employer", **given}, route="oep")
        assert answer.answer["government_total"] == ({"PKR": given["amount"]} if counts else {})


class TestShape:
    @pytest.mark.parametrize(
        ("given", "path", "code"),
        [
            ([], "", "not_an_object"),
            ({"route": "sea"}, "/route", "unknown_code"),
            ({"rout": "oep"}, "/rout", "unknown_member"),
            ({"processing_only": "yes"}, "/processing_only", "not_yes_or_no"),
            ({"lines": {}}, "/lines", "not_a_list"),
            ({"lines": [{}, {"amount": -1}]}, "/lines/1/amount", "too_small"),
            ({"lines": [{"amount": 10.5}]}, "/lines/0/amount", "not_a_number"),
            ({"lines": [{"amount": 10.0}]}, "/lines/0/amount", "not_a_number"),
            ({"lines": [{"amount": "10"}]}, "/lines/0/amount", "not_a_number"),
            ({"lines": [{"amount": True}]}, "/lines/0/amount", "not_a_number"),
            ({"lines": [{"currency": "pkr"}]}, "/lines/0/currency", "not_a_currency"),
            ({"lines": [{"currency": "RUPEE"}]}, "/lines/0/currency", "not_a_currency"),
            ({"lines": [{"payer": "the worker"}]}, "/lines/0/payer", "not_a_party"),
            ({"lines": [{"payee": ""}]}, "/lines/0/payee", "not_a_party"),
            ({"lines": [{"channel": "hawala"}]}, "/lines/0/channel", "not_in_list"),
            ({"lines": [{"country": "KR"}]}, "/lines/0/country", "not_in_list"),
            ({"lines": [{"paid_on": "2026-02-30"}]}, "/lines/0/paid_on", "not_a_day"),
            ({"lines": [{"paid_on": "30.2.2026"}]}, "/lines/0/paid_on", "not_a_date"),
            ({"lines": [{"item": "  "}]}, "/lines/0/item", "item_empty"),
            ({"lines": [{"held_property": 3}]}, "/lines/0/held_property", "not_held_property"),
            ({"lines": [{"understood": "no"}]}, "/lines/0/understood", "not_yes_or_no"),
            ({"lines": [{"refund": True}]}, "/lines/0/refund", "unknown_member"),
            ({"lines": [{}] * 501}, "/lines", "too_many"),
        ],
    )
    def test_refuses_with_the_path(self, given: object, path: str, code: str) -> None:
        with pytest.raises(WrongFacts) as wrong:
            read_facts(CostsFacts, given, BOOK)
        assert [(fault.path, fault.code) for fault in wrong.value.faults] == [(path, code)]

    def test_answers_for_today(self) -> None:
        assert check(line("STATE_LIFE", 2500, paid_on="2025-01-01")).as_of == TODAY

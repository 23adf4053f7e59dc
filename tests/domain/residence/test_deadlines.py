"""Who must tell whom, by when: each line of the checker's specification, and every row of its tables, shown by an example."""

from __future__ import annotations

import ast
import csv
import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from rahdari.base.days import offices_of
from rahdari.base.facts import Answer, Fault, WrongFacts, read_facts
from rahdari.base.reference import Book, Row, shipped_book
from rahdari.domain.residence.rules import due_days
from rahdari.domain.residence.rules.deadlines import DeadlinesFacts, check_deadlines
from rahdari.domain.residence.wording import deadlines as wording

ROOT = Path(__file__).resolve().parents[3]
BOOK = shipped_book()
TODAY = dt.date(2026, 11, 25)
RULES = ["deadline_facts", "deadlines", "due_days", "support", "windows"]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def asked(book: Book = BOOK, today: dt.date = TODAY, **facts: object) -> Answer:
    return check_deadlines(read_facts(DeadlinesFacts, facts, book), book, today)


def told(**facts: object) -> dict[str, Any]:
    """The answer with its days as text, as it leaves the program."""

    def text(value: Any) -> Any:
        if isinstance(value, dt.date):
            return value.isoformat()
        if isinstance(value, list):
            return [text(one) for one in value]
        return {name: text(one) for name, one in value.items()} if isinstance(value, dict) else value

    return {name: text(value) for name, value in asked(**facts).answer.items()}


def codes(answer: Answer) -> list[str]:
    return [reason.code for reason in answer.reasons]


def faults(**facts: object) -> list[Fault]:
    with pytest.raises(WrongFacts) as wrong:
        read_facts(DeadlinesFacts, facts, BOOK)
    return wrong.value.faults


def windows(**dated: str | None) -> list[dict[str, str | None]]:
    return [{"window": code, "dated": on} for code, on in dated.items()]


def with_tables(**changed: list[dict[str, str]]) -> Book:
    """The shipped book with some tables put in the place of its own."""
    tables = {**BOOK.tables, **{name: tuple(Row(cells) for cells in rows) for name, rows in changed.items()}}
    return Book(tables, BOOK.identifiers, "changed")


class TestDuty:
    @pytest.mark.parametrize(
        ("duty", "event_on", "safe_due", "due"),
        [
            ("AO_CONTRACT", "2026-10-01", "2026-10-15", "2026-10-15"),
            ("AO_CONTRACT", "2026-04-20", "2026-05-04", "2026-05-07"),
            ("AO_CONTRACT", "2026-12-15", "2026-12-29", "2027-01-04"),
            ("AO_SUPPORT_PLAN", "2026-09-05", "2026-09-19", "2026-09-24"),
            ("AO_ENTRUST", "2026-09-05", "2026-09-19", "2026-09-24"),
            ("AO_DIFFICULT", "2026-06-30", "2026-07-14", "2026-07-14"),
            ("AO_DIFFICULT_RESIGN", "2025-03-31", "2025-04-14", "2025-04-14"),
            ("AO_NOT_STARTED", "2025-04-01", "2025-04-15", "2025-04-15"),
            ("AO_INACTIVE", "2026-03-01", "2026-03-15", "2026-03-16"),
            ("AO_CRITERIA", "2026-03-01", "2026-03-15", "2026-03-16"),
            ("AO_HELLOWORK_INSURED_HIRE", "2026-09-15", "2026-10-10", "2026-10-13"),
            ("AO_HELLOWORK_INSURED_HIRE", "2025-12-31", "2026-01-10", "2026-01-13"),
            ("AO_HELLOWORK_UNINSURED", "2026-11-30", "2026-12-31", "2027-01-04"),
            ("AO_HELLOWORK_UNINSURED", "2027-01-31", "2027-02-28", "2027-03-01"),
            ("RSO_DETAILS", "2026-03-01", "2026-03-15", "2026-03-16"),
            ("RSO_STOP", "2026-03-02", "2026-03-16", "2026-03-16"),
            ("RSO_RESTART", "2026-04-15", "2026-03-15", "2026-03-16"),
            ("RSO_RESTART", "2025-03-31", "2025-02-28", "2025-02-28"),
            ("RSO_RENEW", "2026-04-25", "2025-12-31", "2026-01-05"),
            ("W_AFFILIATION", "2026-03-01", "2026-03-15", "2026-03-16"),
            ("W_PENSION_CLAIM", "2026-03-10", "2028-03-10", "2028-03-10"),
            ("W_PENSION_CLAIM", "2026-02-28", "2028-02-29", "2028-02-29"),
            ("PK_PERMISSION_DECIDE", "2026-11-25", "2026-11-25", "2026-11-25"),
            ("PK_PERMISSION_DECIDE", "2026-11-28", "2026-11-28", "2026-11-30"),
            ("PK_PERMISSION_DECIDE", "2026-03-20", "2026-03-20", "2026-03-24"),
            ("PK_OEP_DECLARE", "2026-11-28", "2026-11-28", "2026-11-28"),
        ],
    )
    def test_is_due_on_the_day_counted_by_its_row(self, duty: str, event_on: str, safe_due: str, due: str) -> None:
        entry = told(duty=duty, event_on=event_on)["duties"][0]
        assert (entry["safe_due"], entry["due"]) == (safe_due, due)

    def test_says_who_is_told_on_which_form_under_which_law(self) -> None:
        assert told(duty="AO_CONTRACT", event_on="2026-10-01") == {
            "duties": [
                {
                    "notice": "AO_CONTRACT",
                    "to": "ISA",
                    "due": "2026-10-15",
                    "safe_due": "2026-10-15",
                    "form": "3-1-1; 3-1-2",
                    "law": "ICRRA 19-18(1)(i)",
                }
            ],
            "late": None,
            "covered_by": None,
        }

    def test_has_no_form_where_the_table_names_none(self) -> None:
        assert told(duty="W_RESIDENCE", event_on="2026-10-01")["duties"][0]["form"] is None

    def test_stays_on_its_day_when_no_holiday_rule_is_wanted(self) -> None:
        entry = told(duty="AO_CONTRACT", event_on="2026-04-20", holiday_rule="none")["duties"][0]
        assert (entry["due"], entry["safe_due"]) == ("2026-05-04", "2026-05-04")

    def test_moves_for_national_offices_only(self) -> None:
        answer = asked(duty="W_RESIDENCE", event_on="2026-11-01")
        assert answer.answer["duties"][0]["due"] == day("2026-11-15")
        assert codes(answer) == ["duty_due", "deadline_not_moved"]

    def test_gives_the_rule_that_moved_it_with_its_confidence(self) -> None:
        moved = asked(duty="AO_CONTRACT", event_on="2026-04-20").reasons[1]
        assert (moved.code, moved.rule, moved.source, moved.confidence) == ("deadline_moved", "OFFICE_HOLIDAY", "BK", "medium")
        assert asked(duty="W_PENSION_CLAIM", event_on="2027-03-10").reasons[1].confidence == "low"

    def test_keeps_the_confidence_of_its_row(self) -> None:
        reason = asked(duty="AO_CRITERIA", event_on="2026-10-01").reasons[0]
        assert (reason.rule, reason.source, reason.confidence) == ("AO_CRITERIA", "J10", "medium")

    def test_must_be_done_before_an_event_by_the_day_before_it(self) -> None:
        entry = told(duty="AO_MUNICIPALITY", event_on="2026-04-25")["duties"][0]
        assert (entry["due"], entry["safe_due"]) == ("2026-04-24", "2026-04-24")

    @pytest.mark.parametrize("duty", ["MOC_SHARE", "MOC_SHARE_PK"])
    def test_without_a_number_of_days_is_not_known(self, duty: str) -> None:
        answer = told(duty=duty, event_on="2026-01-05", done_on="2026-01-05")
        assert (answer["known"], answer["late"], answer["duties"][0]["due"], answer["duties"][0]["safe_due"]) == (
            False,
            None,
            None,
            None,
        )
        assert codes(asked(duty=duty, event_on="2026-01-05")) == ["duty_without_day"]

    def test_is_not_known_where_the_table_of_holidays_ends(self) -> None:
        answer = told(duty="AO_CONTRACT", event_on="2030-12-20")
        assert (answer["known"], answer["duties"][0]["due"], answer["duties"][0]["safe_due"]) == (False, None, "2031-01-03")
        assert "known" not in told(duty="AO_CONTRACT", event_on="2030-12-20", holiday_rule="none")
        assert told(duty="AO_CONTRACT", event_on="2030-12-15")["known"] is False
        assert told(duty="PK_PERMISSION_DECIDE", event_on="2031-06-03")["known"] is False

    def test_says_that_it_is_known_only_by_leaving_the_member_out(self) -> None:
        assert "known" not in told(duty="AO_CONTRACT", event_on="2026-10-01")

    @pytest.mark.parametrize(
        ("done_on", "late"),
        [("2026-05-04", False), ("2026-05-07", False), ("2026-05-08", True)],
    )
    def test_is_late_only_after_the_moved_day(self, done_on: str, late: bool) -> None:
        assert told(duty="AO_CONTRACT", event_on="2026-04-20", done_on=done_on)["late"] is late

    def test_is_late_after_the_unmoved_day_when_no_holiday_rule_is_wanted(self) -> None:
        assert told(duty="AO_CONTRACT", event_on="2026-04-20", done_on="2026-05-05", holiday_rule="none")["late"] is True

    @pytest.mark.parametrize(("event_on", "late"), [("2026-11-11", False), ("2026-11-10", True)])
    def test_not_done_is_late_once_its_day_is_over(self, event_on: str, late: bool) -> None:
        assert told(duty="AO_CONTRACT", event_on=event_on, done_on=None)["late"] is late

    def test_of_which_nothing_is_said_is_neither_late_nor_in_time(self) -> None:
        assert told(duty="AO_CONTRACT", event_on="2020-01-01")["late"] is None

    def test_done_by_the_safe_day_is_in_time_even_where_holidays_are_not_known(self) -> None:
        about = {"duty": "W_PENSION_CLAIM", "event_on": "2029-11-01"}
        assert told(**about, done_on="2031-11-01")["late"] is False
        assert told(**about, done_on="2031-11-02")["late"] is None

    def test_not_in_force_on_the_day_gives_none_and_names_what_covers_it(self) -> None:
        answer = asked(duty="AO_DIFFICULT_RESIGN", event_on="2025-04-01", done_on="2025-06-01")
        assert answer.answer == {"duties": [], "late": None, "covered_by": "AO_CONTRACT"}
        assert codes(answer) == ["duty_not_in_force", "duty_covered"]

    @pytest.mark.parametrize("duty", ["AO_NOT_STARTED", "AO_INACTIVE", "AO_CRITERIA", "AO_MUNICIPALITY"])
    def test_before_its_first_day_gives_none_with_the_reason(self, duty: str) -> None:
        answer = asked(duty=duty, event_on="2025-03-31")
        assert answer.answer == {"duties": [], "late": None, "covered_by": None}
        assert codes(answer) == ["duty_not_in_force"]

    def test_with_a_window_shows_it_unmoved(self) -> None:
        answer = told(duty="RSO_RENEW", event_on="2026-04-25")
        assert (answer["window_from"], answer["window_until"]) == ("2025-10-01", "2025-12-31")
        assert "window_from" not in told(duty="AO_CONTRACT", event_on="2026-10-01")

    def test_of_an_unknown_kind_is_not_known(self) -> None:
        rows = [
            {**row, "deadline_kind": "by_full_moon"} if row["code"] == "AO_CONTRACT" else dict(row) for row in BOOK.rows("duties")
        ]
        assert asked(with_tables(duties=rows), duty="AO_CONTRACT", event_on="2026-10-01").answer["known"] is False

    def test_in_days_without_a_number_is_not_known(self) -> None:
        rows = [
            {**row, "number": ""} if row["code"] in ("AO_CONTRACT", "RSO_RESTART") else dict(row) for row in BOOK.rows("duties")
        ]
        for duty in ("AO_CONTRACT", "RSO_RESTART"):
            assert asked(with_tables(duties=rows), duty=duty, event_on="2026-10-01").answer["known"] is False

    def test_has_a_count_for_every_kind_of_the_table(self) -> None:
        assert {row["deadline_kind"] for row in BOOK.rows("duties")} == {*due_days.EVENT_KINDS, *due_days.PERIOD_KINDS}

    @given(st.dates(dt.date(2019, 4, 1), dt.date(2030, 12, 1)))
    def test_is_never_due_on_a_closed_day_or_before_the_safe_day(self, event_on: dt.date) -> None:
        entry = asked(duty="AO_CONTRACT", event_on=event_on.isoformat()).answer["duties"][0]
        offices = offices_of("JP", BOOK)
        assert entry["safe_due"] == event_on + dt.timedelta(days=14)
        assert offices.open_on(entry["due"])
        between = [entry["safe_due"] + dt.timedelta(days=n) for n in range((entry["due"] - entry["safe_due"]).days)]
        assert not any(offices.open_on(one) for one in between)

    @given(
        st.sampled_from(sorted(row["code"] for row in BOOK.rows("duties") if row["deadline_kind"] in due_days.EVENT_KINDS)),
        st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)),
    )
    def test_answers_for_every_day_that_is_let_in(self, duty: str, event_on: dt.date) -> None:
        for entry in asked(duty=duty, event_on=event_on.isoformat(), done_on=None).answer["duties"]:
            assert entry["due"] is None or entry["due"] >= entry["safe_due"]


class TestPeriodicReport:
    def test_of_a_quarter_is_due_within_14_days_of_the_next_quarter(self) -> None:
        answer = told(duty="AO_REPORT_QUARTER", period_from="2024-10-01", period_until="2024-12-31", done_on="2025-01-16")
        assert [(one["notice"], one["due"], one["form"]) for one in answer["duties"]] == [
            ("AO_REPORT_QUARTER", "2025-01-15", "3-6; 3-7")
        ]
        assert (answer["window_from"], answer["window_until"], answer["late"]) == ("2025-01-01", "2025-01-15", True)

    def test_of_the_last_quarter_follows_the_rhythm_of_that_quarter(self) -> None:
        answer = told(duty="AO_REPORT_QUARTER", period_from="2025-01-01", period_until="2025-03-31", done_on="2025-04-15")
        assert (answer["duties"][0]["due"], answer["late"], answer["covered_by"]) == ("2025-04-15", False, None)

    def test_of_a_later_quarter_is_covered_by_the_yearly_one(self) -> None:
        answer = asked(duty="AO_REPORT_QUARTER", period_from="2025-04-01", period_until="2025-06-30")
        assert answer.answer == {"duties": [], "late": None, "covered_by": "AO_REPORT_YEAR"}
        assert codes(answer) == ["duty_not_in_force", "duty_covered"]

    def test_of_a_year_has_its_window_from_april_to_may(self) -> None:
        answer = told(duty="AO_REPORT_YEAR", period_from="2025-04-01", period_until="2026-03-31", done_on="2026-06-01")
        assert [(one["due"], one["safe_due"], one["form"]) for one in answer["duties"]] == [("2026-06-01", "2026-05-31", "3-6")]
        assert (answer["window_from"], answer["window_until"], answer["late"]) == ("2026-04-01", "2026-05-31", False)

    def test_of_part_of_a_year_is_the_report_of_that_year(self) -> None:
        assert (
            told(duty="AO_REPORT_YEAR", period_from="2026-01-01", period_until="2026-03-31")["duties"][0]["safe_due"]
            == "2026-05-31"
        )
        assert (
            told(duty="AO_REPORT_YEAR", period_from="2026-04-01", period_until="2026-06-30")["duties"][0]["safe_due"]
            == "2027-05-31"
        )

    def test_of_a_year_before_the_reform_was_covered_by_the_quarters(self) -> None:
        assert told(duty="AO_REPORT_YEAR", period_from="2025-01-01", period_until="2025-03-31") == {
            "duties": [],
            "late": None,
            "covered_by": "AO_REPORT_QUARTER",
        }

    def test_over_the_change_keeps_what_was_in_force_and_names_what_covers_the_rest(self) -> None:
        answer = told(duty="AO_REPORT_QUARTER", period_from="2024-10-01", period_until="2025-09-30", done_on="2025-02-01")
        assert [one["due"] for one in answer["duties"]] == ["2025-01-15", "2025-04-15"]
        assert (answer["covered_by"], answer["late"], "window_from" in answer) == ("AO_REPORT_YEAR", True, False)

    def test_over_the_change_asked_as_yearly_gives_the_first_year(self) -> None:
        answer = told(duty="AO_REPORT_YEAR", period_from="2024-10-01", period_until="2025-09-30")
        assert [one["due"] for one in answer["duties"]] == ["2026-06-01"]
        assert answer["covered_by"] == "AO_REPORT_QUARTER"

    def test_before_the_first_quarter_of_the_law_is_not_owed(self) -> None:
        answer = told(duty="AO_REPORT_QUARTER", period_from="2019-01-01", period_until="2019-03-31")
        assert (answer["duties"], answer["covered_by"]) == ([], None)

    def test_done_before_its_window_is_told(self) -> None:
        answer = asked(duty="AO_REPORT_YEAR", period_from="2025-04-01", period_until="2026-03-31", done_on="2026-03-15")
        assert answer.answer["late"] is False
        assert "done_before_window" in codes(answer)

    @given(st.dates(dt.date(2019, 4, 1), dt.date(2025, 3, 31)))
    def test_of_a_day_stands_in_the_quarter_that_holds_it(self, on: dt.date) -> None:
        answer = asked(duty="AO_REPORT_QUARTER", period_from=on.isoformat(), period_until=on.isoformat()).answer
        assert dt.timedelta(days=15) <= answer["duties"][0]["safe_due"] - on <= dt.timedelta(days=92 + 15)
        assert (answer["window_from"].day, answer["window_from"].month % 3) == (1, 1)


class TestWindow:
    @pytest.mark.parametrize(
        ("window", "dated", "last"),
        [
            ("PK_PERMISSION", "2026-01-01", "2026-05-01"),
            ("PK_PERMISSION", "2025-12-31", "2026-04-30"),
            ("JP_COE", "2026-01-10", "2026-04-10"),
            ("JP_COE", "2025-11-30", "2026-02-28"),
            ("JP_COE", "2025-11-29", "2026-02-28"),
            ("JP_COE", "2026-01-31", "2026-04-30"),
            ("JP_VISA", "2026-02-20", "2026-05-20"),
            ("PK_INSURANCE", "2024-02-29", "2029-02-28"),
            ("JP_WORK_START", "2025-04-01", "2025-05-01"),
            ("JP_RESIDENCE", "2026-04-01", "2026-04-15"),
            ("JP_RESIDENCE", "2026-04-19", "2026-05-03"),
            ("JP_PENDING", "2026-06-30", "2026-08-31"),
            ("JP_PENDING", "2026-06-15", "2026-08-15"),
            ("JP_REVOCATION", "2026-01-10", "2026-04-10"),
            ("JP_RSO_VALID", "2021-04-01", "2026-04-01"),
            ("PK_OEC_CYCLE", "2026-01-01", "2026-04-01"),
            ("JP_DRIVER_BRIDGE_TRUCK", "2025-01-15", "2025-07-15"),
            ("JP_DRIVER_BRIDGE_BUS_TAXI", "2025-01-15", "2026-01-15"),
        ],
    )
    def test_ends_on_its_last_day_which_no_holiday_moves(self, window: str, dated: str, last: str) -> None:
        assert told(window=window, dated=dated) == {"last_valid_day": last, "expired": None}

    @pytest.mark.parametrize(
        ("until", "first"),
        [("2026-06-30", "2026-03-30"), ("2026-05-31", "2026-02-28"), ("2026-07-31", "2026-04-30"), ("2026-01-15", "2025-10-15")],
    )
    def test_counted_back_opens_on_the_corresponding_day(self, until: str, first: str) -> None:
        answer = told(window="JP_EXTENSION_OPEN", dated=until)
        assert answer == {"window_from": first, "window_until": until, "last_valid_day": until, "expired": None}

    @pytest.mark.parametrize(("used_on", "expired"), [("2026-04-10", False), ("2026-04-11", True), ("2026-01-10", False)])
    def test_has_run_out_when_used_after_its_last_day(self, used_on: str, expired: bool) -> None:
        assert told(window="JP_COE", dated="2026-01-10", used_on=used_on)["expired"] is expired

    @pytest.mark.parametrize(("dated", "expired"), [("2026-08-25", False), ("2026-08-24", True)])
    def test_not_used_yet_has_run_out_when_its_last_day_is_over(self, dated: str, expired: bool) -> None:
        assert told(window="JP_COE", dated=dated, used_on=None)["expired"] is expired

    def test_used_before_it_opens_is_told(self) -> None:
        answer = asked(window="JP_EXTENSION_OPEN", dated="2026-06-30", used_on="2026-03-29")
        assert answer.answer["expired"] is False
        assert "window_used_early" in codes(answer)

    def test_without_a_length_is_not_known(self) -> None:
        answer = asked(window="PK_PROTECTOR", dated="2026-03-01", used_on="2026-03-02")
        assert answer.answer == {"last_valid_day": None, "expired": None, "known": False}
        assert [(one.code, one.rule, one.confidence) for one in answer.reasons] == [
            ("window_without_length", "PK_PROTECTOR", "high")
        ]

    @pytest.mark.parametrize(("window", "dated"), [("JP_WORK_START", "2025-03-31"), ("JP_DRIVER_BRIDGE_TRUCK", "2024-11-30")])
    def test_before_its_rule_is_not_known(self, window: str, dated: str) -> None:
        answer = asked(window=window, dated=dated)
        assert answer.answer["known"] is False
        assert codes(answer) == ["window_not_in_force"]

    def test_ending_on_a_closed_day_says_that_it_is_not_lengthened(self) -> None:
        answer = asked(window="JP_RESIDENCE", dated="2026-04-19")
        assert [(one.code, one.rule) for one in answer.reasons] == [
            ("window_days", "JP_RESIDENCE"),
            ("validity_not_lengthened", "VALIDITY"),
        ]

    def test_keeps_the_confidence_of_its_row(self) -> None:
        assert [one.confidence for one in asked(window="JP_VISA", dated="2026-01-13").reasons] == ["medium"]


class TestOverlap:
    PAPERS = windows(JP_COE="2026-01-10", JP_VISA="2026-02-20", PK_PERMISSION="2025-12-05")

    def test_lets_depart_while_all_that_is_needed_holds(self) -> None:
        answer = told(windows=self.PAPERS, departure_planned="2026-04-09", protector_registered_on="2026-04-04")
        assert answer == {"land_by": "2026-04-10", "bound_by": "JP_COE", "departure_possible": True, "expired": [], "missing": []}

    def test_is_bound_by_the_paper_that_ends_first(self) -> None:
        answer = told(windows=windows(JP_COE="2026-02-10", JP_VISA="2026-02-09"), departure_planned="2026-05-01")
        assert (answer["land_by"], answer["bound_by"]) == ("2026-05-09", "JP_VISA")

    def test_lets_depart_on_the_last_day_with_a_warning(self) -> None:
        answer = asked(windows=self.PAPERS, departure_planned="2026-04-10", protector_registered_on="2026-04-01")
        assert answer.answer["departure_possible"] is True
        assert codes(answer)[-1] == "land_on_last_day"

    def test_refuses_a_departure_after_the_certificate_ended(self) -> None:
        answer = asked(windows=self.PAPERS, departure_planned="2026-04-11", protector_registered_on="2026-04-01")
        assert (answer.answer["departure_possible"], answer.answer["expired"]) == (False, ["JP_COE"])
        assert "landing_window_closed" in codes(answer)

    def test_asks_the_permission_to_hold_on_the_day_of_registration_only(self) -> None:
        late = asked(windows=self.PAPERS, departure_planned="2026-04-09", protector_registered_on="2026-04-05")
        assert (late.answer["departure_possible"], late.answer["expired"]) == (False, ["PK_PERMISSION"])
        assert late.answer["land_by"] == day("2026-04-10")
        assert "registration_window_closed" in codes(late)

    def test_needs_no_permission_on_the_direct_route(self) -> None:
        papers = windows(JP_COE="2026-01-10", JP_VISA="2026-02-20")
        answer = told(windows=papers, departure_planned="2026-04-01", protector_registered_on="2026-03-20")
        assert (answer["departure_possible"], answer["missing"]) == (True, [])

    @pytest.mark.parametrize("registered", [{}, {"protector_registered_on": None}])
    def test_misses_the_registration_that_was_not_made(self, registered: dict[str, None]) -> None:
        answer = told(windows=self.PAPERS, departure_planned="2026-04-01", **registered)
        assert (answer["departure_possible"], answer["missing"], answer["land_by"]) == (False, ["PK_PROTECTOR"], "2026-04-10")

    def test_takes_the_registration_from_either_member(self) -> None:
        papers = [*self.PAPERS, *windows(PK_PROTECTOR="2026-03-20")]
        assert told(windows=papers, departure_planned="2026-04-01")["departure_possible"] is True
        assert (
            told(windows=papers, departure_planned="2026-04-01", protector_registered_on="2026-03-20")["departure_possible"]
            is True
        )

    @pytest.mark.parametrize(("registered", "possible"), [("2026-04-01", True), ("2026-04-02", False)])
    def test_refuses_a_registration_after_the_departure(self, registered: str, possible: bool) -> None:
        answer = asked(windows=self.PAPERS, departure_planned="2026-04-01", protector_registered_on=registered)
        assert answer.answer["departure_possible"] is possible
        assert ("registered_after_departure" in codes(answer)) is not possible

    def test_misses_a_paper_known_not_to_be_there(self) -> None:
        papers = windows(JP_COE="2026-01-10", JP_VISA=None)
        answer = told(windows=papers, departure_planned="2026-04-01", protector_registered_on="2026-03-20")
        assert (answer["missing"], answer["departure_possible"], answer["bound_by"]) == (["JP_VISA"], False, "JP_COE")

    @pytest.mark.parametrize("papers", [None, []])
    def test_misses_everything_where_there_is_nothing(self, papers: list[object] | None) -> None:
        assert told(windows=papers) == {
            "land_by": None,
            "bound_by": None,
            "departure_possible": False,
            "expired": [],
            "missing": ["JP_COE", "JP_VISA", "PK_PROTECTOR"],
        }

    def test_refuses_a_departure_before_the_visa_is_issued(self) -> None:
        answer = asked(windows=self.PAPERS, departure_planned="2026-02-19", protector_registered_on="2026-02-18")
        assert answer.answer["departure_possible"] is False
        assert "window_not_begun" in codes(answer)

    def test_refuses_papers_of_which_one_ends_before_the_other_begins(self) -> None:
        papers = windows(JP_COE="2026-01-10", JP_VISA="2026-04-11")
        answer = asked(today=day("2026-04-01"), windows=papers, protector_registered_on="2026-03-20")
        assert (answer.answer["departure_possible"], answer.answer["bound_by"]) == (False, "JP_COE")
        assert codes(answer)[-1] == "windows_do_not_overlap"

    def test_says_nothing_of_a_departure_that_is_not_planned(self) -> None:
        ready = {"windows": self.PAPERS, "protector_registered_on": "2026-03-20"}
        answer = asked(today=day("2026-04-01"), **ready)
        assert (answer.answer["departure_possible"], answer.answer["land_by"]) == (None, day("2026-04-10"))
        assert codes(answer)[-1] == "departure_not_planned"
        over = asked(today=day("2026-04-11"), **ready, departure_planned=None)
        assert (over.answer["departure_possible"], over.answer["expired"]) == (False, ["JP_COE"])

    def test_leaves_aside_what_has_no_part_in_a_departure(self) -> None:
        papers = [*self.PAPERS, *windows(JP_PENDING="2020-01-01")]
        answer = asked(windows=papers, departure_planned="2026-04-01", protector_registered_on="2026-03-20")
        assert answer.answer["departure_possible"] is True
        assert codes(answer)[-1] == "window_not_of_departure"

    def test_looks_at_an_insurance_that_is_given(self) -> None:
        papers = [*self.PAPERS, *windows(PK_INSURANCE="2021-03-19")]
        answer = told(windows=papers, departure_planned="2026-04-01", protector_registered_on="2026-03-20")
        assert (answer["departure_possible"], answer["expired"], answer["land_by"]) == (False, ["PK_INSURANCE"], "2026-04-10")

    def test_is_not_known_where_a_paper_has_no_length(self) -> None:
        rows = [{**row, "number": ""} if row["code"] == "JP_VISA" else dict(row) for row in BOOK.rows("windows")]
        answer = asked(
            with_tables(windows=rows), windows=self.PAPERS, departure_planned="2026-04-01", protector_registered_on="2026-03-20"
        )
        assert (answer.answer["known"], answer.answer["departure_possible"]) == (False, None)

    @given(st.dates(dt.date(2024, 1, 1), dt.date(2027, 1, 1)), st.integers(0, 100), st.integers(0, 200))
    def test_never_lets_land_on_a_day_outside_a_paper(self, coe: dt.date, visa_after: int, departs_after: int) -> None:
        visa, departs = coe + dt.timedelta(days=visa_after), coe + dt.timedelta(days=departs_after)
        answer = told(
            windows=windows(JP_COE=coe.isoformat(), JP_VISA=visa.isoformat(), PK_PROTECTOR=coe.isoformat()),
            departure_planned=departs.isoformat(),
        )
        ends = [told(window=code, dated=on.isoformat())["last_valid_day"] for code, on in (("JP_COE", coe), ("JP_VISA", visa))]
        assert answer["land_by"] == min(ends)
        assert answer["departure_possible"] is (visa <= departs and departs.isoformat() <= min(ends))


class TestRenewal:
    @pytest.mark.parametrize(
        ("expires_on", "first", "last"),
        [
            ("2026-04-25", "2025-10-01", "2025-12-31"),
            ("2026-04-30", "2025-10-01", "2025-12-31"),
            ("2026-04-01", "2025-10-01", "2025-12-31"),
            ("2024-08-31", "2024-02-01", "2024-04-30"),
            ("2027-01-01", "2026-07-01", "2026-09-30"),
        ],
    )
    def test_is_filed_from_the_sixth_to_the_fourth_month_before(self, expires_on: str, first: str, last: str) -> None:
        answer = told(renewal="RSO", expires_on=expires_on)
        assert (answer["window_from"], answer["window_until"]) == (first, last)

    def test_shows_the_duty_with_the_moved_day_beside_the_safe_one(self) -> None:
        assert told(renewal="RSO", expires_on="2026-04-25")["duties"] == [
            {
                "notice": "RSO_RENEW",
                "to": "ISA",
                "due": "2026-01-05",
                "safe_due": "2025-12-31",
                "form": "29-15",
                "law": "ICRRA 19-23",
            }
        ]
        assert told(renewal="RSO", expires_on="2026-04-25", holiday_rule="none")["duties"][0]["due"] == "2025-12-31"

    @pytest.mark.parametrize(
        ("expires_on", "last"), [("2023-06-30", "2023-04-30"), ("2023-04-30", "2023-02-28"), ("2023-11-15", "2023-09-15")]
    )
    def test_under_the_older_rule_was_filed_until_two_months_before(self, expires_on: str, last: str) -> None:
        answer = told(renewal="RSO", expires_on=expires_on)
        assert (answer["window_from"], answer["window_until"]) == (None, last)

    def test_takes_the_new_rule_from_the_first_window_it_could_be_used_in(self) -> None:
        assert told(renewal="RSO", expires_on="2023-12-01")["window_from"] == "2023-06-01"

    def test_agrees_with_the_row_of_the_duty(self) -> None:
        columns = ("deadline_kind", "number", "unit", "valid_from", "valid_until")
        renewal, duty = BOOK.one("renewals", code="RSO_RENEW"), BOOK.one("duties", code="RSO_RENEW")
        assert renewal is not None and duty is not None
        assert [renewal[column] for column in columns] == [duty[column] for column in columns]

    def test_after_the_table_of_holidays_is_not_known(self) -> None:
        answer = told(renewal="RSO", expires_on="2032-04-25")
        assert (answer["known"], answer["window_until"], answer["duties"][0]["due"]) == (False, "2031-12-31", None)


class TestSupport:
    INTERVIEW = {"support": "REGULAR_INTERVIEW", "arrived_on": "2026-01-10"}

    def test_keeps_the_interval_when_each_follows_within_three_months(self) -> None:
        answer = told(**self.INTERVIEW, done=["2026-07-10", "2026-04-10"], as_of="2026-09-01")
        assert answer == {"interval_kept": True, "gaps": [], "next_due": "2026-10-10"}

    def test_shows_each_gap_from_one_day_to_the_next(self) -> None:
        answer = told(**self.INTERVIEW, done=["2026-04-10", "2026-07-11"], as_of="2026-10-11")
        assert answer == {"interval_kept": False, "gaps": [{"from": "2026-04-10", "to": "2026-07-11"}], "next_due": "2026-10-11"}

    @pytest.mark.parametrize("done", [None, []])
    def test_without_any_counts_from_the_arrival(self, done: list[str] | None) -> None:
        assert told(**self.INTERVIEW, done=done, as_of="2026-04-10") == {
            "interval_kept": True,
            "gaps": [],
            "next_due": "2026-04-10",
        }
        assert told(**self.INTERVIEW, done=done, as_of="2026-04-11") == {
            "interval_kept": False,
            "gaps": [{"from": "2026-01-10", "to": "2026-04-11"}],
            "next_due": "2026-04-10",
        }

    def test_that_ran_out_after_the_last_one_is_a_gap_up_to_the_day_of_the_answer(self) -> None:
        answer = told(**self.INTERVIEW, done=["2026-04-01"], as_of="2026-07-02")
        assert answer["gaps"] == [{"from": "2026-04-01", "to": "2026-07-02"}]

    def test_never_moves_for_a_holiday(self) -> None:
        assert told(support="REGULAR_INTERVIEW", arrived_on="2026-02-03", done=[], as_of="2026-03-01")["next_due"] == "2026-05-03"

    def test_of_which_nothing_is_said_is_judged_only_while_none_is_due(self) -> None:
        assert told(**self.INTERVIEW, as_of="2026-04-10")["interval_kept"] is True
        assert told(**self.INTERVIEW, as_of="2026-04-11") == {"interval_kept": None, "gaps": None, "next_due": None}

    def test_is_for_the_day_given_or_today(self) -> None:
        assert asked(**self.INTERVIEW, done=[], as_of="2026-04-01").as_of == day("2026-04-01")
        assert asked(**self.INTERVIEW, done=[]).as_of == TODAY
        assert asked(**self.INTERVIEW, done=["2026-11-01"]).answer["gaps"] == [
            {"from": day("2026-01-10"), "to": day("2026-11-01")}
        ]

    def test_does_not_count_what_was_done_before_the_arrival(self) -> None:
        answer = asked(**self.INTERVIEW, done=["2026-01-09"], as_of="2026-04-11")
        assert answer.answer["interval_kept"] is False
        assert "support_done_early" in codes(answer)

    @pytest.mark.parametrize(
        ("done", "as_of", "late", "next_due"),
        [
            (["2026-01-24"], "2026-03-01", False, None),
            (["2026-01-25", "2026-02-01"], "2026-03-01", True, None),
            ([], "2026-01-24", False, "2026-01-24"),
            ([], "2026-01-25", True, "2026-01-24"),
        ],
    )
    def test_done_once_has_its_number_of_days(self, done: list[str], as_of: str, late: bool, next_due: str | None) -> None:
        answer = told(support="ACCOMPANY_PROCEDURES", arrived_on="2026-01-10", done=done, as_of=as_of)
        assert answer == {"late": late, "next_due": next_due}

    def test_done_once_of_which_nothing_is_said_still_has_its_day(self) -> None:
        assert told(support="ACCOMPANY_PROCEDURES", arrived_on="2026-01-10") == {"late": None, "next_due": "2026-01-24"}

    def test_on_the_day_of_arrival_is_due_that_day(self) -> None:
        about = {"support": "PICKUP_SEEOFF", "arrived_on": "2026-01-10"}
        assert told(**about, done=["2026-01-10"]) == {"late": False, "next_due": None}
        assert told(**about, done=[], as_of="2026-01-11") == {"late": True, "next_due": "2026-01-10"}

    @pytest.mark.parametrize(
        "item",
        [
            "PRE_ARRIVAL_GUIDANCE",
            "HOUSING_CONTRACTS",
            "LIFE_ORIENTATION",
            "JAPANESE_LEARNING",
            "CONSULTATION",
            "EXCHANGE",
            "JOB_CHANGE",
        ],
    )
    def test_without_a_number_is_not_known(self, item: str) -> None:
        answer = asked(support=item, arrived_on="2026-01-10", done=[])
        assert answer.answer == {"next_due": None, "late": None, "known": False}
        assert [(one.code, one.rule) for one in answer.reasons] == [("support_without_number", item)]

    def test_counted_from_another_event_than_the_arrival_is_not_known(self) -> None:
        rows = [
            {**row, "due_event": "contract"} if row["code"] == "ACCOMPANY_PROCEDURES" else dict(row)
            for row in BOOK.rows("support_items")
        ]
        answer = asked(with_tables(support_items=rows), support="ACCOMPANY_PROCEDURES", arrived_on="2026-01-10", done=[])
        assert (answer.answer["known"], codes(answer)) == (False, ["support_of_other_event"])

    @pytest.mark.parametrize("arrived", [{}, {"arrived_on": None}])
    def test_before_an_arrival_has_no_day(self, arrived: dict[str, None]) -> None:
        assert told(support="REGULAR_INTERVIEW", done=[], **arrived) == {"interval_kept": None, "gaps": None, "next_due": None}
        assert told(support="ACCOMPANY_PROCEDURES", done=[], **arrived) == {"late": None, "next_due": None}

    @given(st.lists(st.dates(dt.date(2026, 1, 10), dt.date(2029, 1, 1)), max_size=20))
    def test_keeps_the_interval_exactly_when_there_is_no_gap(self, done: list[dt.date]) -> None:
        answer = asked(**self.INTERVIEW, done=[one.isoformat() for one in done], as_of="2029-01-01").answer
        assert answer["interval_kept"] is (answer["gaps"] == [])
        for gap in answer["gaps"]:
            assert (gap["to"] - gap["from"]).days >= 90
            assert not any(gap["from"] < one < gap["to"] for one in done)


class TestFacts:
    @pytest.mark.parametrize(
        ("facts", "path", "code"),
        [
            ({}, "", "ask_one_question"),
            ({"holiday_rule": "none"}, "", "ask_one_question"),
            ({"duty": "AO_CONTRACT", "event_on": "2026-01-01", "window": "JP_COE"}, "/window", "ask_one_question"),
            ({"duty": "AO_CONTRACT"}, "/event_on", "member_missing"),
            ({"duty": "AO_CONTRACT", "event_on": None}, "/event_on", "not_a_date"),
            ({"duty": "AO_CONTRACT", "event_on": "2026-02-30"}, "/event_on", "not_a_day"),
            ({"duty": "AO_CONTRACT", "event_on": "1 May"}, "/event_on", "not_a_date"),
            ({"duty": "AO_CONTRACT", "event_on": "9999-12-31"}, "/event_on", "deadline_day_out_of_reach"),
            ({"duty": "AO_CONTRACT", "event_on": "2026-01-01", "period_from": "2026-01-01"}, "/period_from", "unknown_member"),
            ({"duty": "AO_CONTRACT", "event_on": "2026-01-01", "used_on": "2026-01-01"}, "/used_on", "unknown_member"),
            ({"duty": "AO_CONTRACT", "event_on": "2026-01-01", "as_of": "2026-01-01"}, "/as_of", "unknown_member"),
            ({"duty": "AO_CONTRACT", "event_on": "2026-01-01", "colour": 1}, "/colour", "unknown_member"),
            ({"duty": "AO_NOTHING", "event_on": "2026-01-01"}, "/duty", "unknown_code"),
            ({"duty": None, "event_on": "2026-01-01"}, "/duty", "not_text"),
            ({"duty": "AO_CONTRACT", "event_on": "2026-01-01", "holiday_rule": "later"}, "/holiday_rule", "not_in_list"),
            ({"duty": "AO_REPORT_YEAR", "period_from": "2026-04-01"}, "/period_until", "member_missing"),
            (
                {"duty": "AO_REPORT_YEAR", "period_from": "2026-04-01", "period_until": "2026-03-31"},
                "/period_until",
                "period_reversed",
            ),
            (
                {"duty": "AO_REPORT_YEAR", "period_from": "2000-04-01", "period_until": "2026-03-31"},
                "/period_until",
                "period_too_long",
            ),
            ({"window": "JP_COE"}, "/dated", "member_missing"),
            ({"window": "COE", "dated": "2026-01-01"}, "/window", "unknown_code"),
            ({"windows": [{"window": "COE", "dated": "2026-01-01"}]}, "/windows/0/window", "unknown_code"),
            ({"windows": [{"window": "JP_COE"}]}, "/windows/0/dated", "member_missing"),
            ({"windows": "JP_COE"}, "/windows", "not_a_list"),
            ({"windows": windows(JP_COE="2026-01-01") * 2}, "/windows/1/window", "window_given_twice"),
            ({"windows": windows(JP_COE="2026-01-01") * 51}, "/windows", "too_many"),
            (
                {"windows": windows(PK_PROTECTOR="2026-01-01"), "protector_registered_on": "2026-01-02"},
                "/protector_registered_on",
                "registered_on_two_days",
            ),
            ({"renewal": "RSO"}, "/expires_on", "member_missing"),
            ({"renewal": "OEP", "expires_on": "2026-01-01"}, "/renewal", "unknown_code"),
            ({"support": "MEALS", "arrived_on": "2026-01-01"}, "/support", "unknown_code"),
            ({"support": "REGULAR_INTERVIEW", "arrived_on": "2026-01-01", "as_of": None}, "/as_of", "not_a_date"),
            (
                {
                    "support": "REGULAR_INTERVIEW",
                    "arrived_on": "2026-01-01",
                    "done": ["2026-03-01", "2026-05-02"],
                    "as_of": "2026-05-01",
                },
                "/done/1",
                "done_after_as_of",
            ),
        ],
    )
    def test_refuse_what_does_not_fit_at_its_place(self, facts: dict[str, object], path: str, code: str) -> None:
        assert [(fault.path, fault.code) for fault in faults(**facts)] == [(path, code)]

    def test_refuse_an_event_for_a_periodic_report_and_ask_for_the_period(self) -> None:
        assert [(fault.path, fault.code) for fault in faults(duty="AO_REPORT_YEAR", event_on="2026-04-01")] == [
            ("/event_on", "unknown_member"),
            ("/period_from", "member_missing"),
            ("/period_until", "member_missing"),
        ]


class TestTables:
    @pytest.mark.parametrize(
        ("table", "column", "target"),
        [
            ("duty_successors", "duty", "duties"),
            ("duty_successors", "covered_by", "duties"),
            ("departure_windows", "window", "windows"),
            ("filing_offices", "recipient", "authorities"),
            ("renewals", "duty", "duties"),
        ],
    )
    def test_name_only_codes_that_exist(self, table: str, column: str, target: str) -> None:
        assert BOOK.codes(table, column) <= BOOK.codes(target)

    def test_say_of_every_japanese_recipient_whether_its_deadlines_move(self) -> None:
        japanese = {row["code"] for row in BOOK.rows("authorities", side="jp")}
        dated = {row["recipient"] for row in BOOK.rows("duties") if row["deadline_kind"] != "promptly"}
        assert dated & japanese == BOOK.codes("filing_offices", "recipient")

    def test_have_a_successor_only_where_the_duty_is_not_in_force(self) -> None:
        for row in BOOK.rows("duty_successors"):
            duty, successor = BOOK.one("duties", code=row["duty"]), BOOK.one("duties", code=row["covered_by"])
            for on in (row.day("valid_from"), row.day("valid_until")):
                assert on is None or (
                    duty is not None and not duty.in_force(on) and successor is not None and successor.in_force(on)
                )


def _calls(name: str) -> set[str]:
    """The codes given as first argument to a function of the rules."""
    found: set[str] = set()
    for module in RULES:
        tree = ast.parse((ROOT / f"rahdari/domain/residence/rules/{module}.py").read_text(encoding="utf-8"))
        named = (call for call in ast.walk(tree) if isinstance(call, ast.Call) and isinstance(call.func, ast.Name))
        firsts = (call.args[0] for call in named if call.func.id == name and call.args)
        found |= {first.value for first in firsts if isinstance(first, ast.Constant)}
    return found


def _english(words: Any) -> dict[str, str]:
    return {code: sentence._args[0] for code, sentence in words.items()}


def _catalogue(language: str) -> dict[str, str]:
    with (ROOT / f"locale/{language}/residence_deadlines.po").open("rb") as lines:
        return {message.id: message.string for message in read_po(lines, abort_invalid=True) if message.id}


class TestWording:
    def test_has_a_sentence_for_every_code_and_none_too_many(self) -> None:
        assert _calls("because") | _calls("Reason") == set(wording.REASONS)
        assert _calls("own_fault") == set(wording.FAULTS)

    def test_names_only_values_that_the_reasons_carry(self) -> None:
        for facts in self.every_reason():
            today = day(str(facts.pop("today", TODAY.isoformat())))
            for reason in asked(today=today, **facts).reasons:
                named = set(re.findall(r"%\((\w+)\)s", _english(wording.REASONS)[reason.code]))
                assert named <= set(reason.about), reason.code
                assert reason.rule and reason.source and reason.confidence in ("high", "medium", "low"), reason.code

    def test_is_reached_by_the_examples(self) -> None:
        seen = set()
        for facts in self.every_reason():
            seen |= set(codes(asked(today=day(str(facts.pop("today", TODAY.isoformat()))), **facts)))
        assert set(wording.REASONS) - seen == {"support_of_other_event"}

    @pytest.mark.parametrize("language", ["ur", "ja"])
    def test_is_translated_with_the_same_placeholders(self, language: str) -> None:
        catalogue = _catalogue(language)
        assert set(catalogue) == {
            *_english(wording.REASONS).values(),
            *_english(wording.FAULTS).values(),
            *_english(wording.CODES).values(),
        }
        for sentence, translation in catalogue.items():
            assert translation and set(re.findall(r"%\(\w+\)s|%%", sentence)) == set(re.findall(r"%\(\w+\)s|%%", translation))

    def test_in_urdu_uses_urdu_letters(self) -> None:
        assert not re.search("[\u064a\u0643\u0647\u0649]", "".join(_catalogue("ur").values()))

    @pytest.mark.parametrize(
        ("words", "table", "column"),
        [
            (wording.DUTIES, "duties", "event_en"),
            (wording.WINDOWS, "windows", "name_en"),
            (wording.SUPPORT_ITEMS, "support_items", "name_en"),
        ],
    )
    def test_calls_every_row_as_its_table_does(self, words: Any, table: str, column: str) -> None:
        assert _english(words) == {row["code"]: row[column] for row in BOOK.rows(table)}

    @pytest.mark.parametrize(
        ("words", "table"),
        [(wording.WINDOWS, "windows"), (wording.SUPPORT_ITEMS, "support_items"), (wording.BODIES, "authorities")],
    )
    @pytest.mark.parametrize("language", ["ur", "ja"])
    def test_calls_them_so_in_every_language(self, words: Any, table: str, language: str) -> None:
        with (ROOT / f"rahdari/reference/{table}.csv").open(encoding="utf-8", newline="") as lines:
            rows = {row["code"]: row for row in csv.DictReader(lines)}
        catalogue = _catalogue(language)
        for code, english in _english(words).items():
            assert (english, catalogue[english]) == (rows[code]["name_en"], rows[code][f"name_{language}"])

    def test_has_a_name_for_everybody_who_owes_or_is_told(self) -> None:
        assert BOOK.codes("duties", "actor") | BOOK.codes("duties", "recipient") == set(wording.BODIES)

    @staticmethod
    def every_reason() -> list[dict[str, Any]]:
        papers, registered = TestOverlap.PAPERS, {"protector_registered_on": "2026-03-20"}
        contract, report = (
            {"duty": "AO_CONTRACT", "event_on": "2026-04-20"},
            {"duty": "AO_REPORT_YEAR", "period_from": "2025-04-01"},
        )
        interview, visits = TestSupport.INTERVIEW, {"support": "ACCOMPANY_PROCEDURES", "arrived_on": "2026-01-10"}
        return [
            {**contract, "done_on": "2026-05-07"},
            {**contract, "done_on": "2026-05-08"},
            {**contract, "done_on": None},
            {**contract, "done_on": None, "today": "2026-05-01"},
            {**report, "period_until": "2026-03-31", "done_on": "2026-03-01"},
            {"duty": "AO_REPORT_QUARTER", "period_from": "2025-04-01", "period_until": "2025-06-30"},
            {"duty": "MOC_SHARE", "event_on": "2026-04-01"},
            {"duty": "W_RESIDENCE", "event_on": "2026-11-01"},
            {"duty": "PK_PERMISSION_DECIDE", "event_on": "2026-11-28"},
            {"duty": "AO_CONTRACT", "event_on": "2031-01-01"},
            {"window": "JP_RESIDENCE", "dated": "2026-04-19", "used_on": "2026-04-20"},
            {"window": "JP_COE", "dated": "2026-01-10", "used_on": "2026-04-11"},
            {"window": "JP_COE", "dated": "2026-01-10", "used_on": "2026-01-09"},
            {"window": "JP_COE", "dated": "2026-01-10", "used_on": None},
            {"window": "JP_COE", "dated": "2026-11-10", "used_on": None},
            {"window": "PK_PROTECTOR", "dated": "2026-01-10"},
            {"window": "JP_WORK_START", "dated": "2025-01-10"},
            {"windows": papers, "departure_planned": "2026-04-10", **registered},
            {"windows": [*papers, *windows(JP_PENDING="2026-01-01")], **registered, "today": "2026-04-01"},
            {"windows": papers, "departure_planned": "2026-04-11", "protector_registered_on": "2026-04-12"},
            {"windows": papers, "departure_planned": "2026-01-12"},
            {"windows": windows(JP_COE="2026-01-10", JP_VISA="2026-06-10")},
            {"renewal": "RSO", "expires_on": "2026-04-25"},
            {"renewal": "RSO", "expires_on": "2023-04-25"},
            {**interview, "done": ["2026-01-01"], "as_of": "2026-02-01"},
            {**interview, "done": [], "as_of": "2026-06-01"},
            dict(interview),
            {**visits, "done": ["2026-01-11"]},
            {**visits, "done": ["2026-02-11"]},
            {**visits, "done": []},
            {**visits, "done": [], "as_of": "2026-01-11"},
            {"support": "JOB_CHANGE"},
            {"support": "REGULAR_INTERVIEW"},
        ]

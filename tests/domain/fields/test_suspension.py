"""The suspension checker: what an order does to an application, and how residents are treated."""

from __future__ import annotations

import ast
import datetime as dt
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from rahdari.base.facts import Answer, WrongFacts, read_facts
from rahdari.base.reference import Book, Row, shipped_book
from rahdari.domain.fields.rules import suspension
from rahdari.domain.fields.rules.suspension import Case, SuspensionFacts, check_suspension, day_at_office, effect_of
from rahdari.domain.fields.wording import suspension as wording

ROOT = Path(__file__).resolve().parents[3]
TODAY = dt.date(2026, 11, 25)
BOOK = shipped_book()
FOOD, MACHINES = "SUS-2026-01", "SUS-2022-01"
KINDS = ("coe", "change_of_status", "change_of_employer", "extension")


def ask(today: dt.date = TODAY, book: Book = BOOK, **facts: object) -> Answer:
    return check_suspension(read_facts(SuspensionFacts, facts, book), book, today)


def food(application: str = "coe", **facts: object) -> Answer:
    return ask(field="FOOD_SERVICE", application=application, **facts)


def machines(application: str = "coe", **facts: object) -> Answer:
    return ask(field="INDUSTRIAL_MACHINERY", application=application, **facts)


def said(answer: Answer) -> tuple[object, object, object]:
    return answer.answer["effect"], answer.answer["order"], answer.answer["examined"]


def codes(answer: Answer) -> list[str]:
    return [reason.code for reason in answer.reasons]


def faults(**facts: object) -> list[tuple[str, str]]:
    with pytest.raises(WrongFacts) as wrong:
        read_facts(SuspensionFacts, facts, BOOK)
    return [(fault.path, fault.code) for fault in wrong.value.faults]


def book_with(orders: list[dict[str, str]], effects: list[dict[str, str]], fields: list[dict[str, str]] | None = None) -> Book:
    tables = {name: list(rows) for name, rows in BOOK.tables.items()}
    tables["suspensions"] = [Row({**BOOK.tables["suspensions"][1], **order}) for order in orders]
    tables["suspension_effects"] = [Row({**BOOK.tables["suspension_effects"][5], **effect}) for effect in effects]
    if fields:
        tables["fields"] = [*tables["fields"], *(Row({**tables["fields"][0], **field}) for field in fields)]
    return Book(tables, BOOK.identifiers, "test")


def sentences(module: object) -> dict[str, str]:
    """The English sentences of a wording file, read from its text: no settings are needed."""
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))  # type: ignore[attr-defined]
    shelves = [node.value for node in tree.body if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Dict)]
    return {
        ast.literal_eval(code): ast.literal_eval(words.args[0])
        for shelf in shelves
        for code, words in zip(shelf.keys, shelf.values, strict=True)
    }


SENTENCES = sentences(wording)
UNTOUCHED = ("none", None, True)


class TestFilingDayCounts:
    @pytest.mark.parametrize(
        ("application", "filed", "effect"),
        [
            ("coe", "2026-04-12", ("restricted", FOOD, True)),
            ("coe", "2026-04-13", ("not_issued", FOOD, False)),
            ("coe", "2026-10-01", ("not_issued", FOOD, False)),
            ("change_of_status", "2026-04-12", ("restricted", FOOD, True)),
            ("change_of_status", "2026-04-13", ("refused", FOOD, False)),
            ("change_of_employer", "2026-04-12", UNTOUCHED),
            ("change_of_employer", "2026-06-01", UNTOUCHED),
            ("extension", "2026-06-01", UNTOUCHED),
        ],
    )
    def test_picks_the_row_of_the_filing_day(self, application: str, filed: str, effect: object) -> None:
        assert said(food(application, filed_on=filed)) == effect
        assert said(food(application, filed_on=filed, decided_on=None)) == effect
        assert said(food(application, filed_on=filed, decided_on="2026-11-01")) == effect

    def test_does_not_reach_what_was_decided_before_it(self) -> None:
        answer = food(filed_on="2026-03-01", decided_on="2026-04-12")
        assert said(answer) == UNTOUCHED
        assert codes(answer) == ["suspension_decided_earlier"]
        assert answer.as_of == dt.date(2026, 4, 12)

    def test_reaches_what_is_decided_on_its_first_day(self) -> None:
        assert said(food(filed_on="2026-03-01", decided_on="2026-04-13")) == ("restricted", FOOD, True)

    def test_does_not_know_without_the_filing_day(self) -> None:
        answer = food(decided_on="2026-05-01")
        assert answer.answer["known"] is False
        assert said(answer) == (None, FOOD, None)
        assert codes(answer) == ["suspension_filing_day_needed"]

    def test_needs_no_filing_day_when_decided_before(self) -> None:
        assert said(food(decided_on="2026-04-12")) == UNTOUCHED

    def test_says_that_an_untold_decision_is_taken_as_pending(self) -> None:
        assert "suspension_taken_as_pending" in codes(food(filed_on="2026-04-12"))
        assert "suspension_taken_as_pending" not in codes(food(filed_on="2026-04-12", decided_on=None))

    def test_counts_what_is_not_filed_yet_as_filed_from_today_on(self) -> None:
        assert said(food(filed_on=None)) == ("not_issued", FOOD, False)
        assert ask(dt.date(2026, 4, 13), field="FOOD_SERVICE", application="coe", filed_on=None).answer["effect"] == "not_issued"
        assert ask(dt.date(2026, 4, 12), field="FOOD_SERVICE", application="coe", filed_on=None).answer["known"] is False

    @pytest.mark.parametrize("today", [dt.date(2020, 1, 1), TODAY, dt.date(2030, 1, 1)])
    def test_does_not_lean_on_the_day_it_is_asked(self, today: dt.date) -> None:
        for filed, effect in (("2026-04-12", "restricted"), ("2026-04-13", "not_issued")):
            assert ask(today, field="FOOD_SERVICE", application="coe", filed_on=filed).answer["effect"] == effect


class TestDecisionDayCounts:
    @pytest.mark.parametrize(
        ("filed", "decided", "effect"),
        [
            ("2022-03-01", "2022-03-31", UNTOUCHED),
            ("2022-03-01", "2022-04-01", ("not_issued", MACHINES, False)),
            ("2022-04-10", "2022-05-24", ("not_issued", MACHINES, False)),
            ("2022-04-10", "2022-05-25", UNTOUCHED),
            ("2022-06-01", "2022-07-01", UNTOUCHED),
        ],
    )
    def test_whatever_the_filing_day(self, filed: str, decided: str, effect: object) -> None:
        assert said(machines(filed_on=filed, decided_on=decided)) == effect
        assert said(machines(decided_on=decided)) == effect

    @pytest.mark.parametrize("application", KINDS[1:])
    def test_leaves_the_other_kinds_alone(self, application: str) -> None:
        assert said(machines(application, decided_on="2022-04-20")) == UNTOUCHED
        assert said(machines(application)) == UNTOUCHED

    def test_reaches_what_was_not_decided_while_it_stood(self) -> None:
        april = dt.date(2022, 4, 20)
        for more in ({}, {"decided_on": None}):
            answer = ask(april, field="INDUSTRIAL_MACHINERY", application="coe", filed_on="2022-03-01", **more)
            assert said(answer) == ("not_issued", MACHINES, False)
            assert "suspension_not_yet_decided" in codes(answer)

    def test_gives_the_low_confidence_of_the_end(self) -> None:
        (reason,) = machines(decided_on="2022-06-01").reasons
        assert (reason.code, reason.rule, reason.confidence) == ("suspension_lifted", MACHINES, "low")

    def test_frees_what_is_still_pending_after_the_end(self) -> None:
        assert said(machines(filed_on="2022-04-10", decided_on=None)) == UNTOUCHED

    def test_does_not_guess_the_decision_once_the_order_is_lifted(self) -> None:
        answer = machines(filed_on="2022-04-10")
        assert answer.answer["known"] is False
        assert codes(answer) == ["suspension_decision_day_needed"]

    def test_needs_no_decision_when_filed_after_the_end(self) -> None:
        assert said(machines(filed_on="2022-05-25")) == UNTOUCHED


class TestJapanTime:
    @pytest.mark.parametrize(
        ("received", "effect"),
        [
            ("2026-04-12T14:59:59Z", "restricted"),
            ("2026-04-12T15:00:00Z", "not_issued"),
            ("2026-04-12T16:30Z", "not_issued"),
            ("2026-04-13T00:00:00+09:00", "not_issued"),
            ("2026-04-12T23:59:59+09:00", "restricted"),
            ("2026-04-12T20:30:00+05:00", "not_issued"),
            ("2026-04-13T02:00:00+14:00", "restricted"),
        ],
    )
    def test_decides_the_day_of_receipt(self, received: str, effect: str) -> None:
        answer = food(received_at=received)
        assert answer.answer["effect"] == effect
        (reason,) = (one for one in answer.reasons if one.code == "suspension_received_day")
        assert (reason.rule, reason.source) == ("TIME_ZONE", "BK")

    def test_wins_over_the_day_on_the_form(self) -> None:
        assert food(received_at="2026-04-12T16:30Z", filed_on="2026-04-12").answer["effect"] == "not_issued"
        assert food(received_at="2026-04-12T14:00Z", filed_on="2026-04-13").answer["effect"] == "restricted"
        assert food(received_at="2026-04-12T16:30Z", filed_on=None).answer["effect"] == "not_issued"

    def test_has_no_answer_for_a_moment_without_offset(self) -> None:
        assert faults(field="FOOD_SERVICE", received_at="2026-04-12T16:30:00") == [("/received_at", "not_a_moment")]
        assert faults(field="FOOD_SERVICE", received_at="2026-04-12") == [("/received_at", "not_a_moment")]

    @pytest.mark.parametrize("edge", ["0001-01-01T00:00:00+14:00", "9999-12-31T20:00:00Z"])
    def test_refuses_a_moment_beyond_the_calendar(self, edge: str) -> None:
        assert faults(field="FOOD_SERVICE", received_at=edge) == [("/received_at", "not_a_day")]

    @given(st.dates(dt.date(2000, 1, 1), dt.date(2040, 1, 1)), st.times(), st.integers(-12 * 60, 14 * 60))
    def test_is_nine_hours_ahead_of_utc_wherever_it_was_written(self, day: dt.date, time: dt.time, minutes: int) -> None:
        here = dt.datetime.combine(day, time, dt.timezone(dt.timedelta(minutes=minutes)))
        assert day_at_office(here, BOOK) == here.astimezone(dt.timezone(dt.timedelta(hours=9))).date()


class TestExceptions:
    def test_a_listed_group_is_still_examined(self) -> None:
        answer = food("change_of_status", filed_on="2026-05-01", in_exception_group=True)
        assert said(answer) == UNTOUCHED
        assert codes(answer)[-1] == "suspension_exception"
        assert answer.reasons[-1].about["group"] == "FOOD_SERVICE_2026_LISTED"

    @pytest.mark.parametrize("no", [False, None])
    def test_who_is_in_no_group_is_refused(self, no: object) -> None:
        answer = food("change_of_status", filed_on="2026-05-01", in_exception_group=no)
        assert said(answer) == ("refused", FOOD, False)
        assert "suspension_exception_unsaid" not in codes(answer)

    def test_who_does_not_say_is_told_of_the_groups(self) -> None:
        assert codes(food("change_of_status", filed_on="2026-05-01"))[-1] == "suspension_exception_unsaid"

    def test_the_group_does_not_help_where_the_row_names_none(self) -> None:
        assert said(food("coe", filed_on="2026-05-01", in_exception_group=True)) == ("not_issued", FOOD, False)

    def test_who_is_in_the_field_already_only_changes_the_employer(self) -> None:
        answer = food("change_of_status", filed_on="2026-05-01", already_in_field=True, from_status="ssw1")
        assert said(answer) == UNTOUCHED
        assert "suspension_already_in_field" in codes(answer)

    @pytest.mark.parametrize("held", ["titp", "student", "bridge", "other"])
    def test_another_status_is_not_in_the_field(self, held: str) -> None:
        for facts in ({"from_status": held, "already_in_field": True}, {"from_status": held}, {"status": held}):
            assert food("change_of_status", filed_on="2026-05-01", **facts).answer["effect"] == "refused"

    @pytest.mark.parametrize("no", [False, None])
    def test_comes_in_from_outside_with_a_status_of_another_kind(self, no: object) -> None:
        facts = {"from_status": "professional", "already_in_field": True, "in_exception_group": no}
        assert food("change_of_status", filed_on="2026-05-01", **facts).answer["effect"] == "refused"

    @pytest.mark.parametrize("no", [False, None])
    def test_who_comes_from_outside_does_not_pass_as_a_change_of_employer(self, no: object) -> None:
        answer = food("change_of_employer", filed_on="2026-05-01", already_in_field=no)
        assert said(answer) == ("refused", FOOD, False)
        assert "suspension_enters_field" in codes(answer)
        assert food("extension", filed_on="2026-05-01", already_in_field=no).answer["effect"] == "none"

    def test_a_certificate_is_stopped_for_who_was_in_the_field_before(self) -> None:
        assert food("coe", filed_on="2026-05-01", already_in_field=True).answer["effect"] == "not_issued"

    @pytest.mark.parametrize("status", ["ssw2", "esd", "professional", "remote"])
    def test_other_statuses_are_not_touched(self, status: str) -> None:
        for application in ("coe", "change_of_status"):
            answer = food(application, status=status, filed_on="2026-05-01")
            assert said(answer) == UNTOUCHED
            assert codes(answer) == ["suspension_other_status"]
            assert answer.reasons[0].about["scheme"] == ("ssw1",)

    def test_the_status_of_the_order_is_touched(self) -> None:
        assert food("coe", status="ssw1", filed_on="2026-05-01").answer["effect"] == "not_issued"
        assert food("change_of_status", status="ssw1", from_status="ssw2", filed_on="2026-05-01").answer["effect"] == "refused"

    def test_who_moves_up_or_stays_in_ssw2_is_not_touched(self) -> None:
        assert food("change_of_status", status="ssw2", from_status="ssw1", filed_on="2026-05-01").answer["effect"] == "none"
        assert food("change_of_employer", from_status="ssw2", already_in_field=True).answer["effect"] == "none"


class TestWhatIsNotKnown:
    @pytest.mark.parametrize("application", ["coe", "change_of_status"])
    def test_nothing_dated(self, application: str) -> None:
        answer = food(application)
        assert answer.answer["known"] is False
        assert said(answer) == (None, FOOD, None)

    def test_what_needs_no_date_is_known_without_one(self) -> None:
        assert said(food("extension")) == UNTOUCHED
        assert "known" not in food("extension").answer

    def test_no_kind_of_application(self) -> None:
        assert ask(field="FOOD_SERVICE", filed_on="2026-05-01").answer["known"] is False
        assert said(ask(field="FOOD_SERVICE", application=None)) == UNTOUCHED

    def test_a_kind_without_a_row(self) -> None:
        book = book_with([{"order_id": "X"}], [{"order_id": "X", "application_kind": "coe"}])
        answer = ask(book=book, field="FOOD_SERVICE", application="extension", filed_on="2026-05-01")
        assert answer.answer["known"] is False
        assert codes(answer)[-1] == "suspension_kind_missing"

    def test_a_day_without_a_row(self) -> None:
        book = book_with([{"order_id": "X"}], [{"order_id": "X", "application_kind": "coe"}])
        answer = ask(book=book, field="FOOD_SERVICE", application="coe", filed_on="2026-04-01")
        assert answer.answer["known"] is False
        assert codes(answer)[-1] == "suspension_day_missing"

    def test_an_order_without_its_first_day(self) -> None:
        book = book_with([{"order_id": "X", "effective_from": ""}], [{"order_id": "X", "application_kind": "coe"}])
        assert (
            codes(ask(book=book, field="FOOD_SERVICE", application="coe", filed_on="2026-05-01"))[-1]
            == "suspension_start_missing"
        )

    def test_a_row_without_its_day(self) -> None:
        book = book_with([{"order_id": "X"}], [{"order_id": "X", "reference_date": ""}])
        assert ask(book=book, field="FOOD_SERVICE", application="coe", filed_on="2026-05-01").answer["known"] is False


class TestFieldsAndOrders:
    def test_a_field_without_order(self) -> None:
        answer = ask(field="NURSING_CARE", application="coe", filed_on="2026-05-01", decided_on="2026-06-01")
        assert said(answer) == UNTOUCHED
        (reason,) = answer.reasons
        assert reason.about["edition"] == BOOK.version

    def test_the_merged_field_is_free_after_the_merger(self) -> None:
        for facts in ({}, {"filed_on": "2022-05-25"}, {"filed_on": "2022-06-01", "decided_on": "2022-07-01"}):
            assert said(ask(field="INDUSTRIAL_MFG", application="coe", **facts)) == UNTOUCHED

    def test_the_merged_field_does_not_know_whose_case_it_was_before(self) -> None:
        answer = ask(field="INDUSTRIAL_MFG", application="coe", decided_on="2022-04-20")
        assert answer.answer["known"] is False
        assert codes(answer) == ["suspension_merged_part"]
        assert said(ask(field="INDUSTRIAL_MFG", application="extension", decided_on="2022-04-20")) == UNTOUCHED
        assert said(ask(field="INDUSTRIAL_MFG", application="coe", decided_on="2022-03-20")) == UNTOUCHED

    def test_its_sister_fields_were_never_stopped(self) -> None:
        for field in ("MACHINE_PARTS_TOOLING", "ELECTRIC_ELECTRONICS"):
            assert said(ask(field=field, application="coe", decided_on="2022-04-20")) == UNTOUCHED

    def test_an_order_on_the_merged_field_reaches_its_old_name(self) -> None:
        book = book_with(
            [{"order_id": "X", "field": "INDUSTRIAL_MFG", "ceiling": ""}], [{"order_id": "X", "application_kind": "coe"}]
        )
        answer = ask(book=book, field="INDUSTRIAL_MACHINERY", application="coe", filed_on="2026-05-01")
        assert said(answer) == ("not_issued", "X", False)

    def test_the_newer_of_two_orders_speaks_first(self) -> None:
        old = {"order_id": "OLD", "effective_from": "2022-01-01", "lifted_on": "2023-01-01"}
        rows = [{"order_id": order, "test_date": "decided", "condition": "any"} for order in ("OLD", "NEW")]
        book = book_with([old, {"order_id": "NEW"}], rows)
        for decided, order in (("2022-06-01", "OLD"), ("2026-06-01", "NEW"), ("2024-01-01", None)):
            assert ask(book=book, field="FOOD_SERVICE", application="coe", decided_on=decided).answer["order"] == order
        assert ask(book=book, field="FOOD_SERVICE", application="coe", decided_on="2024-01-01").reasons[0].rule == "NEW"

    def test_an_order_kept_elsewhere_is_decided_by_the_same_law(self) -> None:
        order = Row({**BOOK.tables["suspensions"][1], "order_id": "SUS-TEST", "lifted_on": "2026-08-01"})
        rows = [Row({**row, "order_id": "SUS-TEST"}) for row in BOOK.rows("suspension_effects", order_id=FOOD)]
        filed = dt.date(2026, 5, 1)
        assert effect_of(order, rows, Case("coe", dt.date(2026, 7, 31), filed, pending=True)).effect == "not_issued"
        assert effect_of(order, rows, Case("coe", dt.date(2026, 8, 1), filed, pending=True)).effect == "none"
        assert effect_of(order, rows, Case("coe", TODAY, filed, decided_on=dt.date(2026, 8, 1))).effect == "none"
        assert effect_of(order, rows, Case("coe", TODAY, filed)).effect is None


class TestResidents:
    def test_are_reviewed_one_by_one(self) -> None:
        answer = food("extension", resident={"stay_permitted": True, "contract_in_force": True}).answer
        assert answer["effect"] == "none"
        assert answer["moc6"] == "individual_review"
        assert answer["considers"] == ["contract", "living_conditions"]
        assert (answer["acts"], answer["means"], answer["status_lost"]) == (["ISA"], [], False)

    @pytest.mark.parametrize(
        ("contract", "code"),
        [
            ({"contract_in_force": True}, "suspension_review_contract_in_force"),
            ({"contract_in_force": False}, "suspension_review_contract_ended"),
            ({"contract_in_force": None}, "suspension_review_contract_ended"),
            ({}, "suspension_review_contract_unsaid"),
        ],
    )
    def test_hear_what_the_contract_weighs(self, contract: dict[str, object], code: str) -> None:
        answer = food("extension", resident={"stay_permitted": True, **contract})
        assert code in codes(answer)
        assert answer.answer["moc6"] == "individual_review"

    def test_are_helped_home_when_the_stay_is_not_permitted_and_help_is_asked(self) -> None:
        answer = food("extension", resident={"stay_permitted": False, "help_requested": True})
        assert answer.answer["moc6"] == "assisted_return"
        assert (answer.answer["considers"], answer.answer["acts"]) == ([], ["EMB_PK_TOKYO"])
        assert answer.answer["means"] == ["temporary_passport"]
        assert answer.answer["status_lost"] is False
        assert [one.rule for one in answer.reasons[-2:]] == ["MOC 6(3)", "RETURN_TRAVEL"]

    @pytest.mark.parametrize("more", [{}, {"help_requested": False}, {"help_requested": None}])
    def test_are_not_sent_home_unasked(self, more: dict[str, object]) -> None:
        answer = food("extension", resident={"stay_permitted": False, **more})
        assert answer.answer["moc6"] is None
        assert "suspension_return_unasked" in codes(answer)

    def test_are_reviewed_as_long_as_nothing_is_decided(self) -> None:
        assert food("extension", resident={}).answer["moc6"] == "individual_review"
        assert food("extension", resident={"help_requested": True}).answer["moc6"] == "individual_review"

    def test_are_reviewed_from_the_first_day_of_the_order(self) -> None:
        answer = food("extension", decided_on="2026-04-13", resident={"stay_permitted": True})
        assert answer.answer["moc6"] == "individual_review"

    def test_need_no_application(self) -> None:
        answer = ask(field="FOOD_SERVICE", resident={"stay_permitted": True})
        assert said(answer) == UNTOUCHED
        assert answer.answer["moc6"] == "individual_review"

    def test_keep_their_status_also_when_the_application_is_refused(self) -> None:
        answer = food("change_of_status", filed_on="2026-05-01", from_status="titp", resident={"stay_permitted": True})
        assert answer.answer["effect"] == "refused"
        assert answer.answer["status_lost"] is False
        assert answer.answer["moc6"] == "individual_review"

    @pytest.mark.parametrize(
        "facts",
        [
            {"field": "NURSING_CARE", "application": "extension"},
            {"field": "FOOD_SERVICE", "application": "extension", "decided_on": "2026-04-12"},
            {"field": "INDUSTRIAL_MACHINERY", "application": "extension", "decided_on": "2022-05-25"},
        ],
    )
    def test_have_nothing_to_do_with_article_6_where_no_order_stands(self, facts: dict[str, object]) -> None:
        answer = ask(**facts, resident={"stay_permitted": True})
        assert answer.answer["moc6"] is None
        assert "suspension_moc6_idle" in codes(answer)

    @pytest.mark.parametrize("none", [{}, {"resident": None}])
    def test_are_not_spoken_of_where_there_are_none(self, none: dict[str, object]) -> None:
        answer = food("coe", filed_on="2026-05-01", **none).answer
        assert [answer[name] for name in ("moc6", "considers", "acts", "means", "status_lost")] == [None, [], [], [], False]

    def test_name_bodies_of_the_table_only(self) -> None:
        for resident in ({"stay_permitted": True}, {"stay_permitted": False, "help_requested": True}):
            assert set(food("extension", resident=resident).answer["acts"]) <= BOOK.codes("authorities")


class TestFacts:
    @pytest.mark.parametrize(
        ("facts", "fault"),
        [
            ({}, ("/field", "member_missing")),
            ({"field": "BAKERY"}, ("/field", "unknown_code")),
            ({"field": "FOOD_SERVICE", "application": "visa"}, ("/application", "not_in_list")),
            ({"field": "FOOD_SERVICE", "filed_on": "2026-02-30"}, ("/filed_on", "not_a_day")),
            ({"field": "FOOD_SERVICE", "decided_on": "1 May"}, ("/decided_on", "not_a_date")),
            ({"field": "FOOD_SERVICE", "status": "tourist"}, ("/status", "not_in_list")),
            ({"field": "FOOD_SERVICE", "from_status": "ssw3"}, ("/from_status", "not_in_list")),
            ({"field": "FOOD_SERVICE", "already_in_field": "yes"}, ("/already_in_field", "not_yes_or_no")),
            ({"field": "FOOD_SERVICE", "filled_on": "2026-05-01"}, ("/filled_on", "unknown_member")),
            ({"field": "FOOD_SERVICE", "resident": {"permitted": True}}, ("/resident/permitted", "unknown_member")),
            ({"field": "FOOD_SERVICE", "resident": {"help_requested": 1}}, ("/resident/help_requested", "not_yes_or_no")),
            (
                {"field": "FOOD_SERVICE", "filed_on": "2026-05-02", "decided_on": "2026-05-01"},
                ("/decided_on", "decided_before_filing"),
            ),
            (
                {"field": "FOOD_SERVICE", "received_at": "2026-04-12T16:30Z", "decided_on": "2026-04-12"},
                ("/decided_on", "decided_before_filing"),
            ),
            ({"field": "FOOD_SERVICE", "filed_on": None, "decided_on": "2026-05-01"}, ("", "decided_without_filing")),
        ],
    )
    def test_are_refused_with_their_path(self, facts: dict[str, object], fault: tuple[str, str]) -> None:
        assert faults(**facts) == [fault]


days = st.dates(dt.date(2018, 1, 1), dt.date(2030, 1, 1))
maybe = st.sampled_from([True, False, None])
facts_of_any_kind = st.fixed_dictionaries(
    {"field": st.sampled_from(sorted(BOOK.codes("fields")))},
    optional={
        "application": st.sampled_from([*KINDS, None]),
        "filed_on": st.none() | days.map(str),
        "decided_on": st.none() | days.map(str),
        "received_at": days.map(lambda day: f"{day}T18:30:00+05:00"),
        "status": st.sampled_from(["ssw1", "ssw2", "titp", "other", None]),
        "from_status": st.sampled_from(["ssw1", "ssw2", "titp", "other", None]),
        "already_in_field": maybe,
        "in_exception_group": maybe,
        "resident": st.none() | st.fixed_dictionaries({}, optional=dict.fromkeys(("stay_permitted", "help_requested"), maybe)),
    },
)


class TestEveryAnswer:
    @given(facts_of_any_kind, days)
    def test_holds_together(self, facts: dict[str, object], today: dt.date) -> None:
        try:
            read = read_facts(SuspensionFacts, facts, BOOK)
        except WrongFacts as wrong:
            assert {fault.code for fault in wrong.faults} <= set(wording.FAULTS)
            return
        answer = check_suspension(read, BOOK, today)
        effect, order, examined = said(answer)
        assert effect in ("none", "not_issued", "refused", "restricted", None)
        assert (effect is None) == (answer.answer.get("known") is False) == (examined is None)
        assert (order is None) == (effect == "none")
        assert examined in (None, effect in ("none", "restricted"))
        assert answer.answer["status_lost"] is False
        for reason in answer.reasons:
            assert SENTENCES[reason.code] % reason.about
            assert not reason.rule or reason.source

    @given(facts_of_any_kind, days)
    def test_touches_nothing_decided_before_the_order_began(self, facts: dict[str, object], today: dt.date) -> None:
        begin = {order["order_id"]: order.day("effective_from") for order in BOOK.tables["suspensions"]}
        try:
            answer = check_suspension(read_facts(SuspensionFacts, facts, BOOK), BOOK, today)
        except WrongFacts:
            return
        decided, order = facts.get("decided_on"), answer.answer["order"]
        if decided and order and answer.answer["effect"]:
            assert dt.date.fromisoformat(str(decided)) >= begin[order]


class TestWording:
    def test_has_words_for_every_code(self) -> None:
        text = Path(suspension.__file__).read_text(encoding="utf-8")
        spoken = set(re.findall(r'"(suspension_(?!effects)\w+)"', text)) | {
            f"suspension_{row['effect']}" for row in BOOK.tables["suspension_effects"]
        }
        spoken |= {f"suspension_{test}_{when}" for test in ("filed", "decided") for when in ("before", "on_or_after")}
        spoken |= {"suspension_not_yet_filed", "suspension_not_yet_decided"}
        spoken |= {f"suspension_review_contract_{state}" for state in ("in_force", "ended", "unsaid")}
        assert spoken == set(wording.REASONS)
        assert set(SENTENCES) == {*wording.REASONS, *wording.FAULTS, *wording.CODES}
        assert set(re.findall(r'own_fault\("(\w+)"', text)) == set(wording.FAULTS)

    @pytest.mark.parametrize("language", ["ur", "ja"])
    def test_is_translated_with_its_placeholders(self, language: str) -> None:
        with (ROOT / "locale" / language / "fields_suspension.po").open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
        for sentence in SENTENCES.values():
            told = catalogue.get(sentence)
            assert told is not None and told.string, sentence
            assert sorted(re.findall(r"%\(\w+\)s", told.string)) == sorted(re.findall(r"%\(\w+\)s", sentence))
        assert len([message for message in catalogue if message.id]) == len(set(SENTENCES.values()))

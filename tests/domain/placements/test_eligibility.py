"""The eligibility checker against its specification: the verdict, the field and what SSW(i) needs."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from rahdari.base.reference import Book, Row
from tests.domain.placements.eligibility_cases import BOOK, DRIVER, GOOD, JFT, N3, N4, TRAINED, ask, codes, told, without


class TestVerdict:
    def test_is_yes_when_everything_is_shown(self) -> None:
        answer = ask(GOOD)
        assert answer.as_of == dt.date(2025, 6, 2)
        assert answer.answer == {
            "eligible": True,
            "missing": [],
            "language_level": "A2",
            "field_valid": True,
            "field_now": "FOOD_MFG",
            "ssw2_available": True,
            "employment_form_allowed": None,
            "family_allowed": False,
            "bridge_status_months": None,
            "other_status": None,
            "under_moc": True,
            "status_of_residence_needed": True,
            "protector_registration_needed": True,
        }

    def test_names_every_need_that_is_missing_in_the_order_of_the_law(self) -> None:
        nothing = {"skill_tests": [], "language": [], "born": "2008-01-01", "employment": "dispatch"}
        assert told(GOOD | nothing, "eligible", "missing") == (False, ["age", "skill_test", "language", "employment_form"])
        conditions = {"driving_licence_jp": False, "new_driver_training": False, "employer_good_workplace": False}
        assert told(DRIVER | nothing | conditions, "missing")[0] == [
            "age",
            "skill_test",
            "language",
            "jp_driving_licence",
            "new_driver_training",
            "good_workplace",
            "employment_form",
        ]

    @pytest.mark.parametrize("none", [None, [], False])
    @pytest.mark.parametrize(
        ("member", "need"),
        [
            ("born", "age"),
            ("skill_tests", "skill_test"),
            ("language", "language"),
            ("driving_licence_jp", "jp_driving_licence"),
            ("new_driver_training", "new_driver_training"),
            ("employer_good_workplace", "good_workplace"),
        ],
    )
    def test_counts_null_as_missing_and_a_fact_left_out_as_unsaid(self, member: str, need: str, none: object) -> None:
        lists, answers = member in ("skill_tests", "language"), member not in ("born", "skill_tests", "language")
        if none is None or (none == [] and lists) or (none is False and answers):
            assert told(DRIVER | {member: none}, "eligible", "missing") == (False, [need])
        unsaid = ask(without(DRIVER, member))
        assert (unsaid.answer["eligible"], unsaid.answer["missing"], unsaid.answer["known"]) == (None, [], False)
        assert f"{need}_not_said" in codes(unsaid)

    def test_is_no_when_one_thing_is_missing_and_another_unsaid(self) -> None:
        answer = ask(without(GOOD, "born") | {"skill_tests": []}).answer
        assert (answer["eligible"], answer["missing"], answer.get("known")) == (False, ["skill_test"], None)

    @pytest.mark.parametrize("member", ["employment", "titp", "family_wanted", "occupation", "degree", "years_of_practice"])
    def test_needs_no_word_on_what_is_not_asked(self, member: str) -> None:
        assert member not in GOOD and told(GOOD, "eligible") == (True,)
        assert told(GOOD | {member: None}, "eligible") == (True,)


class TestDay:
    @pytest.mark.parametrize(
        ("left_out", "as_of"),
        [
            ((), "2025-06-02"),
            (("applied_on",), "2025-12-01"),
            (("applied_on", "starts_on"), "2025-11-20"),
            (("applied_on", "starts_on", "landing_on"), "2026-11-25"),
        ],
    )
    def test_is_that_of_the_application_then_the_start_then_the_landing_then_today(
        self, left_out: tuple[str, ...], as_of: str
    ) -> None:
        assert ask(without(GOOD, *left_out)).as_of.isoformat() == as_of


class TestAge:
    @pytest.mark.parametrize(
        ("born", "landing", "missing"),
        [
            ("2007-11-20", "2025-11-20", []),
            ("2007-11-21", "2025-11-20", ["age"]),
            ("2008-02-29", "2026-02-28", ["age"]),
            ("2008-02-29", "2026-03-01", []),
        ],
    )
    def test_is_that_on_the_day_of_landing(self, born: str, landing: str, missing: list[str]) -> None:
        assert told(GOOD | {"born": born, "landing_on": landing}, "missing") == (missing,)

    def test_is_that_of_the_start_or_the_day_asked_about_where_no_landing_is_said(self) -> None:
        young = without(GOOD, "landing_on") | {"born": "2007-12-01"}
        assert told(young, "missing") == ([],)
        assert told(young | {"born": "2007-12-02"}, "missing") == (["age"],)
        assert told(without(young, "starts_on"), "missing") == (["age"],)
        assert told(without(young, "starts_on") | {"born": "2007-06-02"}, "missing") == ([],)

    @pytest.mark.parametrize("born", ["9999-12-31", "0001-01-01"])
    def test_bears_any_year(self, born: str) -> None:
        answer = ask({"status": "ssw1", "field": "FOOD_MFG", "born": born}).answer
        assert ("age" in answer["missing"]) == (born > "2026")


class TestField:
    @pytest.mark.parametrize("field", ["LINEN_SUPPLY", "LOGISTICS_WAREHOUSE", "RESOURCE_CIRCULATION"])
    def test_decided_but_not_open_stands_alone(self, field: str) -> None:
        facts = GOOD | {"field": field, "applied_on": "2026-03-01", "skill_tests": [], "language": [], "born": None}
        answer = ask(facts).answer
        assert (answer["eligible"], answer["missing"], answer["field_valid"]) == (False, ["field_not_open"], True)
        assert (answer["ssw2_available"], answer["known"]) == (None, False)

    @pytest.mark.parametrize(
        ("field", "on", "valid", "now", "missing"),
        [
            ("AUTO_TRANSPORT", "2024-03-28", False, "AUTO_TRANSPORT", ["field_not_open"]),
            ("RAILWAY", "2024-03-29", True, "RAILWAY", ["skill_test"]),
            ("LINEN_SUPPLY", "2026-01-22", False, "LINEN_SUPPLY", ["field_not_open"]),
            ("FOOD_MFG", "2019-03-31", False, "FOOD_MFG", ["field_not_open"]),
            ("INDUSTRIAL_MFG", "2022-05-24", False, "INDUSTRIAL_MFG", ["field_not_open"]),
            ("INDUSTRIAL_MFG", "2022-05-25", True, "INDUSTRIAL_MFG", ["skill_test"]),
            ("INDUSTRIAL_MACHINERY", "2022-05-24", True, "INDUSTRIAL_MFG", ["skill_test"]),
            ("INDUSTRIAL_MACHINERY", "2022-05-25", False, "INDUSTRIAL_MFG", ["skill_test"]),
            ("ELECTRIC_ELECTRONICS", "2026-05-25", False, "INDUSTRIAL_MFG", ["skill_test"]),
        ],
    )
    def test_is_judged_by_its_dates_and_mergers(self, field: str, on: str, valid: bool, now: str, missing: list[str]) -> None:
        facts = GOOD | {"field": field, "applied_on": on, "skill_tests": [], "language": [N3]}
        assert told(facts, "field_valid", "field_now", "missing") == (valid, now, missing)

    def test_names_the_field_of_today_whatever_the_day_asked_about(self) -> None:
        facts = GOOD | {"field": "INDUSTRIAL_MACHINERY", "applied_on": "2021-01-01"}
        assert ask(facts).answer["field_now"] == "INDUSTRIAL_MFG"
        assert ask(facts, dt.date(2022, 5, 24)).answer["field_now"] == "INDUSTRIAL_MACHINERY"

    def test_takes_the_needs_of_the_successor_after_a_merger(self) -> None:
        answer = ask(GOOD | {"field": "INDUSTRIAL_MACHINERY", "applied_on": "2024-01-01", "skill_tests": ["INDUSTRIAL_MFG"]})
        assert answer.answer["eligible"] is True
        assert answer.reasons[0].rule == "INDUSTRIAL_MFG"
        assert {reason.rule for reason in answer.reasons if reason.code == "field_merged"} == {"INDUSTRIAL_MACHINERY"}

    @pytest.mark.parametrize("test", ["MACHINE_PARTS_TOOLING", "INDUSTRIAL_MACHINERY", "ELECTRIC_ELECTRONICS", "INDUSTRIAL_MFG"])
    def test_accepts_the_test_that_fields_shared_before_their_merger(self, test: str) -> None:
        assert told(GOOD | {"field": "INDUSTRIAL_MFG", "skill_tests": [test]}, "missing") == ([],)

    def test_stays_open_while_suspended_in_part_and_says_so(self) -> None:
        facts = GOOD | {"field": "FOOD_SERVICE", "skill_tests": ["FOOD_SERVICE"], "applied_on": "2026-04-13"}
        answer = ask(facts)
        assert answer.answer["eligible"] is True
        assert "field_suspended" in codes(answer)
        assert "field_suspended" not in codes(ask(facts | {"applied_on": "2026-04-12"}))


class TestSkillTest:
    @pytest.mark.parametrize(
        ("tests", "missing"),
        [
            (["AVIATION/AIRCRAFT_MAINTENANCE"], []),
            (["FOOD_MFG", "AVIATION/AIRCRAFT_MAINTENANCE"], []),
            (["AVIATION/GROUND_HANDLING"], ["skill_test"]),
            (["CONSTRUCTION/CIVIL"], ["skill_test"]),
            (["AVIATION"], []),
        ],
    )
    def test_must_be_the_one_of_the_duty(self, tests: list[str], missing: list[str]) -> None:
        facts = GOOD | {"field": "AVIATION", "duty": "AIRCRAFT_MAINTENANCE", "skill_tests": tests}
        assert told(facts, "missing") == (missing,)
        assert ("skill_test_duty_not_said" in codes(ask(facts))) == (tests == ["AVIATION"])

    def test_decides_which_duty_speaks_where_none_was_named(self) -> None:
        facts = without(DRIVER, "duty")
        for test, language, missing in [("TRUCK", N4, []), ("TAXI", N4, ["language"]), ("BUS", N3, [])]:
            answer = ask(facts | {"skill_tests": [f"AUTO_TRANSPORT/{test}"], "language": [language]})
            assert answer.answer["missing"] == missing
            assert {one.about["duty"] for one in answer.reasons if one.code == "duty_not_said"} == {test}


class TestLanguage:
    @pytest.mark.parametrize(
        ("score", "taken", "level", "enough"),
        [
            (250, "2026-07-31", "A2", True),
            (200, "2026-07-31", "A2", True),
            (199, "2026-07-31", None, False),
            (145, "2026-07-31", None, False),
            (200, "2026-08-01", "A2.2", True),
            (199, "2026-08-01", "A2.1", False),
            (175, "2026-08-01", "A2.1", False),
            (174, "2026-08-01", "A1", False),
            (145, "2026-08-01", "A1", False),
            (144, "2026-08-01", None, False),
            (10, "2026-08-01", None, False),
        ],
    )
    def test_is_read_off_the_scale_of_the_day_of_the_test(self, score: int, taken: str, level: str | None, enough: bool) -> None:
        facts = GOOD | {"applied_on": "2026-10-01", "language": [{"test": "JFT_BASIC", "score": score, "taken_on": taken}]}
        missing = [] if enough else ["language"]
        assert told(facts, "language_level", "missing", "eligible") == (level, missing, enough)

    @pytest.mark.parametrize(
        ("result", "level", "enough"),
        [
            ({"level": "N5"}, "A1", False),
            ({"level": "N4"}, "A2", True),
            ({"level": "N4", "score": 90}, "A2", True),
            ({"level": "N4", "score": 89}, None, False),
            ({"level": "N3"}, "B1", True),
            ({"level": "N3", "score": 94}, None, False),
            ({"level": "N2"}, "B2", True),
            ({"level": "N1"}, "C1", True),
            ({"level": None, "score": None}, None, False),
        ],
    )
    def test_reads_the_level_sat_of_the_jlpt(self, result: dict[str, Any], level: str | None, enough: bool) -> None:
        facts = GOOD | {"language": [{"test": "JLPT", "taken_on": "2024-12-01", **result}]}
        assert told(facts, "language_level", "eligible") == (level, enough)

    @pytest.mark.parametrize(
        ("result", "why"),
        [
            ({"test": "JLPT", "score": 120, "taken_on": "2024-12-01"}, "language_level_not_said"),
            ({"test": "JLPT", "taken_on": "2024-12-01"}, "language_result_not_said"),
            ({"test": "JFT_BASIC", "score": 251, "taken_on": "2025-02-01"}, "language_no_scale"),
            ({"test": "JFT_BASIC", "score": 9, "taken_on": "2025-02-01"}, "language_no_scale"),
            ({"test": "JFT_BASIC", "score": 210, "taken_on": "2019-03-31"}, "language_no_scale"),
            ({"test": "JFT_BASIC", "level": "A2", "taken_on": "2026-08-01"}, "language_no_scale"),
            ({"test": "JLPT", "level": "N4", "score": 181, "taken_on": "2024-12-01"}, "language_no_scale"),
            ({"test": "JLPT", "level": "N4", "taken_on": "2010-07-03"}, "language_no_scale"),
        ],
    )
    def test_is_not_guessed_where_no_row_tells(self, result: dict[str, Any], why: str) -> None:
        answer = ask(GOOD | {"language": [result]})
        assert (answer.answer["eligible"], answer.answer["missing"], answer.answer["known"]) == (None, [], False)
        assert answer.answer["language_level"] is None
        assert why in codes(answer)

    def test_without_its_day_is_read_only_as_far_as_every_scale_agrees(self) -> None:
        undated = {"test": "JFT_BASIC", "score": 210}
        assert told(GOOD | {"language": [undated]}, "language_level", "eligible") == ("A2", True)
        later = ask(GOOD | {"language": [undated], "applied_on": "2026-09-01"})
        assert (later.answer["language_level"], later.answer["eligible"], later.answer["known"]) == (None, True, False)
        assert "language_date_not_said" in codes(later)

    def test_takes_the_best_of_several_results(self) -> None:
        low, high = {"test": "JFT_BASIC", "score": 180, "taken_on": "2026-08-01"}, N4
        for results in ([low, high], [high, low]):
            facts = GOOD | {"applied_on": "2026-10-01", "language": results}
            assert told(facts, "language_level", "eligible") == ("A2", True)

    @pytest.mark.parametrize(
        ("field", "duty"), [("AUTO_TRANSPORT", "TAXI"), ("AUTO_TRANSPORT", "BUS"), ("RAILWAY", "TRANSPORT_STAFF")]
    )
    def test_needs_n3_for_staff_who_deal_with_passengers(self, field: str, duty: str) -> None:
        facts = DRIVER | {"field": field, "duty": duty, "skill_tests": [f"{field}/{duty}"]}
        for results, missing in [([N3], []), ([N4], ["language"]), ([JFT], ["language"]), ([JFT, N3], [])]:
            assert told(facts | {"language": results}, "missing") == (missing,)

    def test_accepts_either_test_for_a_truck(self) -> None:
        facts = without(DRIVER, "new_driver_training") | {"duty": "TRUCK", "skill_tests": ["AUTO_TRANSPORT/TRUCK"]}
        for result in (JFT, N4):
            assert told(facts | {"language": [result]}, "eligible") == (True,)

    def test_of_nursing_care_needs_its_own_test_too(self) -> None:
        facts = GOOD | {"field": "NURSING_CARE", "skill_tests": ["NURSING_CARE"]}
        for passed, missing in [(True, []), (False, ["nursing_care_japanese"]), (None, ["nursing_care_japanese"])]:
            assert told(facts | {"nursing_japanese_passed": passed}, "missing") == (missing,)
        assert told(facts, "eligible", "missing") == (None, [])


class TestWaiver:
    @pytest.mark.parametrize(
        ("field", "duty", "change", "missing"),
        [
            ("CONSTRUCTION", "CIVIL", {}, []),
            ("CONSTRUCTION", "CIVIL", {"stage": "iii", "months_completed": 58}, []),
            ("CONSTRUCTION", "CIVIL", {"months_completed": 33}, ["skill_test", "language"]),
            ("CONSTRUCTION", "CIVIL", {"stage": "i"}, ["skill_test", "language"]),
            ("CONSTRUCTION", "CIVIL", {"good_completion": False}, ["skill_test", "language"]),
            ("CONSTRUCTION", "CIVIL", {"good_completion": None}, ["skill_test", "language"]),
            ("CONSTRUCTION", "CIVIL", {"related_field": False}, ["skill_test"]),
            ("RAILWAY", "TRANSPORT_STAFF", {"related_field": False}, ["skill_test", "language"]),
            ("RAILWAY", "TRACK_MAINTENANCE", {"related_field": False}, ["skill_test"]),
            ("NURSING_CARE", None, {}, []),
            ("NURSING_CARE", None, {"related_field": False}, ["skill_test", "nursing_care_japanese"]),
        ],
    )
    def test_takes_the_place_of_what_the_table_names(
        self, field: str, duty: str | None, change: dict[str, Any], missing: list[str]
    ) -> None:
        facts = GOOD | {"field": field, "duty": duty, "skill_tests": [], "language": [], "nursing_japanese_passed": False}
        assert told(facts | {"titp": TRAINED | change}, "missing", "eligible") == (missing, not missing)

    def test_leaves_open_what_was_said_by_halves(self) -> None:
        facts = GOOD | {"skill_tests": [], "titp": without(TRAINED, "related_field")}
        answer = ask(facts)
        assert (answer.answer["eligible"], answer.answer["missing"]) == (None, [])
        assert "waiver_not_said" in codes(answer)
        assert told(facts | {"skill_tests": ["FOOD_MFG"], "language": []}, "eligible") == (True,)

    def test_is_none_where_no_training_was_claimed(self) -> None:
        for facts in (GOOD, GOOD | {"titp": None}):
            assert told(facts | {"skill_tests": [], "language": []}, "missing") == (["skill_test", "language"],)


class TestConditions:
    def test_of_a_truck_are_fewer_than_those_of_a_taxi(self) -> None:
        none = {"driving_licence_jp": False, "new_driver_training": False, "employer_good_workplace": False}
        truck = DRIVER | none | {"duty": "TRUCK", "skill_tests": ["AUTO_TRANSPORT/TRUCK"]}
        assert told(truck, "missing") == (["jp_driving_licence", "good_workplace"],)
        assert told(DRIVER | none, "missing") == (["jp_driving_licence", "new_driver_training", "good_workplace"],)

    def test_that_the_employer_proves_are_told_and_not_held_against_the_worker(self) -> None:
        answer = ask(GOOD | {"field": "CONSTRUCTION", "duty": "BUILDING", "skill_tests": ["CONSTRUCTION/BUILDING"]})
        assert answer.answer["eligible"] is True
        shown = {reason.rule for reason in answer.reasons if reason.code == "employer_must_show"}
        assert shown == {"CONSTR_PLAN", "CONSTR_JAC", "CONSTR_CCUS"}

    def test_that_no_fact_answers_are_not_taken_as_met(self) -> None:
        tables = dict(BOOK.tables)
        mine = {"code": "OWN_BOAT", "who_proves": "WORKER", "source": "BK", "confidence": "low"}
        tables["extra_conditions"] = (*tables["extra_conditions"], Row({**tables["extra_conditions"][0], **mine}))
        tables["field_requirements"] = tuple(
            Row({**row, "extra_condition_code": "OWN_BOAT"}) if row["field"] == "FOOD_MFG" else row
            for row in tables["field_requirements"]
        )
        answer = ask(GOOD, book=Book(tables, BOOK.identifiers, "test"))
        assert (answer.answer["eligible"], answer.answer["known"]) == (None, False)
        assert [one.confidence for one in answer.reasons if one.code == "condition_not_asked"] == ["low"]

    @pytest.mark.parametrize(
        ("field", "duty", "allowed"),
        [("AGRICULTURE", "CROP", True), ("FISHERY", "FISHING", True), ("FOOD_MFG", None, False), ("NURSING_CARE", None, False)],
    )
    def test_let_dispatch_in_only_where_the_field_allows_it(self, field: str, duty: str | None, allowed: bool) -> None:
        facts = GOOD | {"field": field, "duty": duty, "employment": "dispatch"}
        assert told(facts, "employment_form_allowed") == (allowed,)
        assert ("employment_form" in told(facts, "missing")[0]) == (not allowed)
        assert told(facts | {"employment": "direct"}, "employment_form_allowed") == (True,)


class TestBridge:
    @pytest.mark.parametrize(
        ("change", "months"),
        [
            ({"duty": "TRUCK"}, 6),
            ({"duty": "TAXI"}, 12),
            ({"duty": "BUS"}, 12),
            ({"duty": "TRUCK", "applied_on": "2024-11-30"}, None),
            ({"duty": "TRUCK", "applied_on": "2024-12-01"}, 6),
            ({"field": "RAILWAY", "duty": "TRANSPORT_STAFF"}, None),
            ({"status": "ssw2"}, None),
        ],
    )
    def test_lasts_as_long_as_the_window_of_the_duty(self, change: dict[str, Any], months: int | None) -> None:
        assert told(DRIVER | change, "bridge_status_months") == (months,)

    def test_is_not_guessed_without_the_duty(self) -> None:
        answer = ask(without(DRIVER, "duty")).answer
        assert (answer["bridge_status_months"], answer["known"]) == (None, False)

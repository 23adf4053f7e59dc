"""The eligibility checker against its specification: occupations, and the routes beside SSW(i)."""

from __future__ import annotations

from typing import Any

import pytest

from rahdari.domain.placements.rules.occupations import work_of
from tests.domain.placements.eligibility_cases import BOOK, DRIVER, GOOD, N4, ask, codes, told, without


class TestSsw2:
    @pytest.mark.parametrize(
        ("field", "on", "available"),
        [
            ("CONSTRUCTION", "2019-04-01", True),
            ("CONSTRUCTION", "2019-03-31", False),
            ("AVIATION", "2023-08-30", False),
            ("AVIATION", "2023-08-31", True),
            ("SHIPBUILDING", "2020-01-01", True),
            ("INDUSTRIAL_MFG", "2023-08-31", True),
            ("INDUSTRIAL_MACHINERY", "2025-01-01", True),
            ("INDUSTRIAL_MACHINERY", "2021-01-01", False),
            ("NURSING_CARE", "2026-01-01", False),
            ("RAILWAY", "2026-01-01", False),
            ("LINEN_SUPPLY", "2026-03-01", None),
        ],
    )
    def test_is_available_by_field_and_day(self, field: str, on: str, available: bool | None) -> None:
        assert told({"status": "ssw1", "field": field, "applied_on": on}, "ssw2_available") == (available,)

    def test_tells_where_only_a_part_of_the_field_has_it(self) -> None:
        assert "ssw2_in_part" in codes(ask(GOOD | {"field": "INDUSTRIAL_MFG"}))

    def test_asked_for_where_the_field_has_none_stands_alone(self) -> None:
        facts = {"status": "ssw2", "field": "NURSING_CARE", "skill_tests": [], "employment": "dispatch"}
        assert told(facts, "eligible", "missing") == (False, ["ssw2_not_available"])

    def test_never_says_yes_because_its_needs_are_in_no_table(self) -> None:
        facts = GOOD | {"status": "ssw2"}
        answer = ask(facts)
        assert (answer.answer["eligible"], answer.answer["missing"], answer.answer["known"]) == (None, [], False)
        assert told(facts | {"skill_tests": []}, "eligible", "missing") == (False, ["skill_test"])
        assert told(facts | {"skill_tests": ["AVIATION"]}, "missing") == (["skill_test"],)
        assert told(facts | {"employment": "dispatch"}, "missing") == (["employment_form"],)
        assert "skill_test_not_said" in codes(ask(without(facts, "skill_tests")))

    def test_lets_the_family_come_and_ssw1_does_not(self) -> None:
        assert told(GOOD | {"status": "ssw2"}, "family_allowed", "under_moc") == (True, True)
        answer = ask(GOOD | {"family_wanted": True})
        assert (answer.answer["family_allowed"], answer.answer["missing"]) == (False, [])
        assert "family_not_allowed" in codes(answer)
        assert "family_not_allowed" not in codes(ask(GOOD | {"family_wanted": False}))


class TestTraining:
    @pytest.mark.parametrize(
        ("change", "missing"),
        [
            ({"starts_on": "2027-03-31"}, ["field_not_open"]),
            ({"starts_on": "2027-04-01"}, []),
            ({"starts_on": None, "landing_on": None}, ["field_not_open"]),
            ({"starts_on": "2027-04-01", "field": "AVIATION", "duty": None}, ["field_not_open"]),
            ({"starts_on": "2027-04-01", "field": "LINEN_SUPPLY", "duty": None}, ["field_not_open"]),
        ],
    )
    def test_begins_with_its_ceilings_and_only_in_the_fields_that_have_one(
        self, change: dict[str, Any], missing: list[str]
    ) -> None:
        facts = {"status": "esd", "field": "AGRICULTURE", "duty": "CROP", "applied_on": "2026-12-01", **change}
        assert told(facts, "missing", "under_moc", "eligible") == (missing, False, False if missing else None)

    def test_is_begun_with_a1(self) -> None:
        facts = {"status": "esd", "field": "AGRICULTURE", "starts_on": "2027-05-01"}
        result = {"test": "JFT_BASIC", "score": 145, "taken_on": "2026-08-01"}
        assert "esd_language_enough" in codes(ask(facts | {"language": [result]}))
        assert "esd_language_enough" not in codes(ask(facts | {"language": [result | {"score": 144}]}))


class TestOccupation:
    @pytest.mark.parametrize(
        "occupation",
        [
            "2512",
            "ISCO-08 2512",
            "251",
            "２５１２",
            "Software engineer",
            "SOFTWARE   ENGINEERS",
            "senior Java software developer",
            "IT",
            "AI engineer",
            "Systems analysts",
            "3D animator",
            "cyber-security specialist",
            "2529",
            "سافٹ ویئر انجینئر",
            "ITエンジニア",
            "ＩＴエンジニア",
            "プログラマー",
        ],
    )
    @pytest.mark.parametrize("field", [{}, {"field": "INDUSTRIAL_MFG"}, {"field": None}])
    def test_in_information_technology_is_never_an_ssw_field(self, occupation: str, field: dict[str, Any]) -> None:
        answer = ask({"status": "ssw1", "occupation": occupation, "skill_tests": [], **field}).answer
        assert (answer["eligible"], answer["missing"]) == (False, ["not_an_ssw_field"])
        assert (answer["other_status"], answer["under_moc"], answer["ssw2_available"]) == ("professional", False, False)
        assert "known" not in answer

    def test_names_remote_work_where_the_professional_status_is_closed(self) -> None:
        facts = {"status": "ssw1", "occupation": "2512", "degree": False, "years_of_practice": 9}
        assert told(facts, "other_status") == ("remote",)
        assert told(facts | {"years_of_practice": 10}, "other_status") == ("professional",)
        assert told(without(facts, "years_of_practice"), "other_status") == ("professional",)

    @pytest.mark.parametrize(
        ("occupation", "field"),
        [
            ("5120", "FOOD_SERVICE"),
            ("Cooks", "FOOD_SERVICE"),
            ("welder", "INDUSTRIAL_MFG"),
            ("nurse's aide", "NURSING_CARE"),
            ("Carpenter", "CONSTRUCTION"),
            ("باورچي", "FOOD_SERVICE"),
            ("自動車整備士", "AUTO_REPAIR"),
            ("baggage handler", "AVIATION"),
            ("8157", "LINEN_SUPPLY"),
        ],
    )
    def test_finds_the_field_where_none_was_named(self, occupation: str, field: str) -> None:
        answer = ask({"status": "ssw1", "occupation": occupation, "applied_on": "2026-03-01"})
        assert (answer.answer["field_now"], answer.answer["field_valid"]) == (field, True)
        assert "field_by_occupation" in codes(answer)
        assert (answer.answer["missing"] == ["field_not_open"]) == (field == "LINEN_SUPPLY")

    def test_takes_the_field_of_the_test_that_was_passed(self) -> None:
        assert told({"status": "ssw1", "occupation": "7212", "skill_tests": ["SHIPBUILDING"]}, "field_now") == ("SHIPBUILDING",)

    def test_finds_the_fields_before_a_merger(self) -> None:
        answer = ask({"status": "ssw1", "occupation": "7223", "applied_on": "2021-01-01"}).answer
        assert (answer["field_valid"], answer["missing"]) == (True, [])

    def test_tells_the_duty_where_its_title_names_one(self) -> None:
        facts = without(DRIVER, "field", "duty") | {"occupation": "taxi driver", "language": [N4]}
        assert told(facts, "missing", "bridge_status_months") == (["language"], 12)
        assert told(
            facts | {"occupation": "8332", "skill_tests": ["AUTO_TRANSPORT/TRUCK"]}, "missing", "bridge_status_months"
        ) == ([], 6)

    @pytest.mark.parametrize(
        ("occupation", "why"),
        [("juggler", "occupation_not_recognised"), ("2261", "occupation_not_listed"), ("Lawyers", "occupation_not_listed")],
    )
    def test_in_no_table_is_no_field_as_far_as_is_known(self, occupation: str, why: str) -> None:
        answer = ask({"status": "ssw1", "occupation": occupation})
        assert (answer.answer["eligible"], answer.answer["missing"]) == (False, ["not_an_ssw_field"])
        assert (answer.answer["known"], answer.answer["other_status"]) == (False, None)
        assert why in codes(answer)

    def test_lets_a_named_field_speak_for_work_the_tables_do_not_know(self) -> None:
        assert told(GOOD | {"occupation": "noodle maker"}, "eligible") == (True,)
        assert "occupation_in_other_field" in codes(ask(GOOD | {"occupation": "7112"}))

    def test_and_field_both_known_to_be_none_is_no_field(self) -> None:
        assert told({"status": "ssw1", "field": None}, "missing", "field_now") == (["not_an_ssw_field"], None)

    def test_is_not_found_inside_another_word(self) -> None:
        assert work_of("scooker", BOOK).codes == work_of("kits", BOOK).codes == ()

    def test_words_are_codes_of_the_classification(self) -> None:
        known = BOOK.codes("isco08_groups")
        assert all(row["isco_code"] in known for row in BOOK.rows("occupation_words"))


class TestOtherRoutes:
    @pytest.mark.parametrize(
        ("change", "eligible", "missing"),
        [
            ({"degree": True}, True, []),
            ({"degree": "BSc Computer Science"}, True, []),
            ({"degree": False, "years_of_practice": 10}, True, []),
            ({"degree": None, "years_of_practice": 9}, False, ["degree_or_practice"]),
            ({"degree": None, "years_of_practice": 9.9}, False, ["degree_or_practice"]),
            ({"degree": None, "years_of_practice": None}, False, ["degree_or_practice"]),
            ({"years_of_practice": 9}, None, []),
            ({"degree": False}, None, []),
            ({}, None, []),
        ],
    )
    def test_professional_work_needs_a_degree_or_the_years(
        self, change: dict[str, Any], eligible: bool | None, missing: list[str]
    ) -> None:
        answer = ask({"status": "professional", "occupation": "2512", **change}).answer
        assert (answer["eligible"], answer["missing"], answer.get("known") is False) == (eligible, missing, eligible is None)
        assert (answer["under_moc"], answer["status_of_residence_needed"], answer["protector_registration_needed"]) == (
            False,
            True,
            True,
        )
        assert (answer["other_status"], answer["family_allowed"]) == ("professional", True)

    def test_professional_work_asks_no_ssw_test(self) -> None:
        facts = {"status": "professional", "occupation": "2512", "degree": True, "skill_tests": [], "language": [], "born": None}
        assert told(facts, "missing", "field_valid", "field_now") == ([], None, None)

    def test_professional_status_is_not_promised_for_work_of_an_ssw_field(self) -> None:
        answer = ask({"status": "professional", "occupation": "cook", "degree": True})
        assert (answer.answer["eligible"], answer.answer["known"]) == (None, False)
        assert "work_listed_as_ssw" in codes(answer)

    def test_professional_work_facing_people_is_warned_of_its_language_from_its_day(self) -> None:
        facts = {"status": "professional", "occupation": "2512", "degree": True}
        assert "professional_language" in codes(ask(facts | {"applied_on": "2026-04-15"}))
        assert "professional_language" not in codes(ask(facts | {"applied_on": "2026-04-14"}))

    def test_dispatch_outside_ssw_is_not_in_the_tables(self) -> None:
        facts = {"status": "professional", "occupation": "2512", "degree": True, "employment": "dispatch"}
        assert told(facts, "employment_form_allowed", "eligible", "known") == (None, True, False)

    @pytest.mark.parametrize(
        "change", [{}, {"occupation": "animator"}, {"field": "LINEN_SUPPLY"}, {"degree": False, "language": []}]
    )
    def test_remote_work_needs_no_status_and_no_protector(self, change: dict[str, Any]) -> None:
        answer = ask({"status": "remote", **change}).answer
        assert (answer["eligible"], answer["missing"], answer["other_status"]) == (True, [], "remote")
        assert (answer["under_moc"], answer["status_of_residence_needed"], answer["protector_registration_needed"]) == (
            False,
            False,
            False,
        )

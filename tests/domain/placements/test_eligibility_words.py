"""The eligibility checker: faults of its facts, what always holds, and the words of its answers."""

from __future__ import annotations

import ast
import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as st

from rahdari.base.facts import WrongFacts
from rahdari.domain.placements import rules
from rahdari.domain.placements.wording import eligibility as wording
from tests.domain.placements.eligibility_cases import BOOK, GOOD, JFT, N4, ask, faults, without

ROOT = Path(wording.__file__).resolve().parents[4]


class TestFacts:
    @pytest.mark.parametrize(
        ("facts", "fault"),
        [
            ({"field": "FISHERY"}, ("/status", "member_missing")),
            ({"status": "student"}, ("/status", "not_in_list")),
            ({"status": "ssw1"}, ("/field", "member_missing")),
            ({"status": "ssw1", "occupation": None}, ("/field", "member_missing")),
            ({"status": "ssw1", "field": "SOFTWARE"}, ("/field", "unknown_code")),
            ({"status": "ssw1", "field": ""}, ("/field", "unknown_code")),
            ({"status": "ssw1", "field": 5}, ("/field", "not_text")),
            ({"status": "ssw1", "field": "CONSTRUCTION", "duty": "CROP"}, ("/duty", "unknown_code")),
            ({"status": "ssw1", "field": "FOOD_MFG", "duty": "FOOD"}, ("/duty", "unknown_code")),
            ({"status": "ssw1", "field": "FOOD_MFG", "duty": ""}, ("/duty", "unknown_code")),
            ({"status": "ssw1", "occupation": "5120", "duty": "TRUCK"}, ("/duty", "unknown_code")),
            ({"status": "ssw1", "occupation": "9999"}, ("/occupation", "unknown_code")),
            ({"status": "ssw1", "occupation": "25120"}, ("/occupation", "unknown_code")),
            ({"status": "ssw1", "occupation": " - "}, ("/occupation", "empty")),
            (GOOD | {"skill_tests": ["FOOD_MFG", "FISHERY/CROP"]}, ("/skill_tests/1", "unknown_code")),
            (GOOD | {"skill_tests": ["FOOD_MFG/"]}, ("/skill_tests/0", "unknown_code")),
            (GOOD | {"skill_tests": "FOOD_MFG"}, ("/skill_tests", "not_a_list")),
            (GOOD | {"language": [{"test": "TOPIK"}]}, ("/language/0/test", "not_in_list")),
            (GOOD | {"language": [N4, {"test": "JLPT", "level": "N6"}]}, ("/language/1/level", "unknown_code")),
            (GOOD | {"language": [JFT | {"score": -1}]}, ("/language/0/score", "too_small")),
            (GOOD | {"language": [JFT | {"level": "NONE"}]}, ("/language/0", "score_and_level_differ")),
            (GOOD | {"language": [JFT | {"taken_on": "2025-02-29"}]}, ("/language/0/taken_on", "not_a_day")),
            (GOOD | {"born": "2025-11-21", "applied_on": None, "starts_on": None}, ("/born", "born_later")),
            (GOOD | {"titp": {"stage": "iv"}}, ("/titp/stage", "not_in_list")),
            (GOOD | {"titp": {"months_completed": "34"}}, ("/titp/months_completed", "not_a_number")),
            (GOOD | {"employment": "seconded"}, ("/employment", "not_in_list")),
            (GOOD | {"degree": 1}, ("/degree", "not_yes_or_no")),
            (GOOD | {"years_of_practice": "ten"}, ("/years_of_practice", "not_a_number")),
            (GOOD | {"applied_on": "02/06/2025"}, ("/applied_on", "not_a_date")),
            (GOOD | {"religion": None}, ("/religion", "unknown_member")),
        ],
    )
    def test_are_refused_with_the_path(self, facts: dict[str, Any], fault: tuple[str, str]) -> None:
        assert faults(facts) == [fault]

    def test_are_refused_with_every_fault(self) -> None:
        assert [path for path, _ in faults({"status": "ssw1", "born": "x", "employment": 3})] == [
            "/field",
            "/born",
            "/employment",
        ]


def sentences() -> dict[str, str]:
    """The English sentences of the wording, read from its text: no settings are needed."""
    tree = ast.parse(Path(wording.__file__).read_text(encoding="utf-8"))
    shelves = [node.value for node in tree.body if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Dict)]
    pairs = [pair for shelf in shelves for pair in zip(shelf.keys, shelf.values, strict=True)]
    return {ast.literal_eval(code): ast.literal_eval(words.args[0]) for code, words in pairs}  # type: ignore[arg-type,attr-defined]


SENTENCES = sentences()
ROOM = Path(rules.__file__).parent
NEEDS = {"skill_test", "language", "nursing_care_japanese", "jp_driving_licence", "new_driver_training", "good_workplace"}


fields = sorted(BOOK.codes("fields"))
duties = sorted(BOOK.codes("field_requirements", "duty_category") - {""})
days = st.dates(dt.date(2018, 1, 1), dt.date(2030, 12, 31)).map(dt.date.isoformat)
yes_no = st.sampled_from([True, False, None])
tests = st.sampled_from(
    sorted({row["field"] + ("/" + row["duty_category"]) * bool(row["duty_category"]) for row in BOOK.rows("field_requirements")})
)
results = st.fixed_dictionaries(
    {"test": st.sampled_from(["JFT_BASIC", "JLPT"])},
    optional={"score": st.integers(0, 260), "level": st.sampled_from(["N5", "N4", "N3", "A2", "A2_2", None]), "taken_on": days},
)
trainings = st.fixed_dictionaries(
    {},
    optional={
        "stage": st.sampled_from(["i", "ii", "iii", None]),
        "months_completed": st.integers(30, 36) | st.none(),
        "good_completion": yes_no,
        "related_field": yes_no,
    },
)
any_facts = st.fixed_dictionaries(
    {"status": st.sampled_from(["ssw1", "ssw1", "ssw2", "esd", "professional", "remote"])},
    optional={
        "field": st.sampled_from([*fields, None]),
        "duty": st.sampled_from([*duties, None]),
        "occupation": st.sampled_from(["2512", "7212", "9333", "taxi driver", "juggler", "5", None]) | st.text(max_size=12),
        "applied_on": days | st.none(),
        "starts_on": days,
        "landing_on": days,
        "born": st.dates(dt.date(1960, 1, 1), dt.date(2015, 1, 1)).map(dt.date.isoformat) | st.none(),
        "skill_tests": st.lists(tests, max_size=3) | st.none(),
        "language": st.lists(results, max_size=3) | st.none(),
        "nursing_japanese_passed": yes_no,
        "driving_licence_jp": yes_no,
        "new_driver_training": yes_no,
        "employer_good_workplace": yes_no,
        "titp": trainings | st.none(),
        "employment": st.sampled_from(["direct", "dispatch", None]),
        "degree": yes_no,
        "years_of_practice": st.integers(0, 20) | st.none(),
        "family_wanted": yes_no,
    },
)
ALONE = {"field_not_open", "not_an_ssw_field", "ssw2_not_available"}


class TestAlways:
    @settings(max_examples=400, deadline=None)
    @given(any_facts)
    def test_agrees_with_itself_and_has_words_for_every_reason(self, facts: dict[str, Any]) -> None:
        try:
            answer = ask(facts)
        except WrongFacts as wrong:
            assert all(fault.path for fault in wrong.faults)
            return
        said, missing = answer.answer, answer.answer["missing"]
        assert said["eligible"] is (False if missing else said["eligible"])
        assert said["eligible"] is not False or missing
        assert len(missing) == len(set(missing)) and (len(missing) == 1 or ALONE.isdisjoint(missing))
        assert said["eligible"] is not None or said["known"] is False
        assert said["under_moc"] <= (facts["status"] in ("ssw1", "ssw2"))
        assert said["status_of_residence_needed"] is said["protector_registration_needed"] is (facts["status"] != "remote")
        for reason in answer.reasons:
            assert SENTENCES[reason.code] % reason.about
            assert bool(reason.source) == bool(reason.confidence) and (reason.source or not reason.rule)

    @settings(max_examples=200, deadline=None)
    @given(any_facts, st.data())
    def test_never_turns_a_yes_into_a_no_by_leaving_a_fact_out(self, facts: dict[str, Any], data: st.DataObject) -> None:
        dropped = data.draw(st.sampled_from(["skill_tests", "language", "born", "driving_licence_jp", "new_driver_training"]))
        try:
            before, after = ask(facts).answer, ask(without(facts, dropped)).answer
        except WrongFacts:
            return
        if before["eligible"] and before["field_now"] == after["field_now"]:
            assert after["eligible"] is not False


class TestWording:
    def test_has_words_for_every_code_and_for_no_other(self) -> None:
        text = "".join(path.read_text(encoding="utf-8") for path in ROOM.glob("*.py"))
        spoken = {code for code in wording.REASONS if f'"{code}"' in text}
        spoken |= NEEDS | {f"{need}_not_said" for need in NEEDS | {"age", "degree_or_practice"}}
        spoken |= {f"{need}_waived" for need in ("skill_test", "language", "nursing_care_japanese")}
        spoken |= {f"language_{why}" for why in ("no_scale", "level_not_said", "result_not_said", "date_not_said")}
        assert spoken == set(wording.REASONS)
        literals = set(re.findall(r'(?:because|Reason|_needs_unknown)\(\s*"(\w+)"', text)) | set(
            re.findall(r'lacking, code="(\w+)"', text)
        )
        assert literals <= set(wording.REASONS)
        assert set(re.findall(r'own_fault\("(\w+)"', text)) == set(wording.FAULTS)

    def test_names_every_duty(self) -> None:
        assert BOOK.codes("field_requirements", "duty_category") - {""} <= set(wording.CODES)

    @pytest.mark.parametrize("language", ["ur", "ja"])
    def test_is_translated_with_its_placeholders(self, language: str) -> None:
        with (ROOT / "locale" / language / "placements.po").open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
        for sentence in SENTENCES.values():
            message = catalogue.get(sentence)
            assert message is not None and message.string, sentence
            assert sorted(re.findall(r"%\(\w+\)s", message.string)) == sorted(re.findall(r"%\(\w+\)s", sentence))
            assert not re.search("[\u064a\u0643\u0647\u0649]", message.string)


class TestTables:
    @pytest.mark.parametrize("table", ["professional_routes", "waiver_terms", "occupation_words"])
    def test_name_sources_and_confidence_that_exist(self, table: str) -> None:
        for row in BOOK.rows(table):
            assert set(row["source"].split(";")) <= BOOK.codes("sources", "tag")
            assert row["confidence"] in ("high", "medium", "low")

    def test_of_waivers_put_rows_of_test_waivers_in_columns(self) -> None:
        assert BOOK.codes("waiver_terms") <= BOOK.codes("test_waivers")

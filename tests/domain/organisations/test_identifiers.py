"""The identifiers checker: one way of writing a number, and whether it is well formed."""

from __future__ import annotations

import ast
import csv
import datetime as dt
import json
import re
import sys
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import example, given
from hypothesis import strategies as st

from rahdari.base.facts import Answer, WrongFacts, read_facts
from rahdari.base.reference import Book, shipped_book
from rahdari.domain.organisations.rules import CHECKS, STEPS, IdentifiersFacts, check_digit, check_identifiers, normalise
from rahdari.domain.organisations.rules import identifiers as rules
from rahdari.domain.organisations.wording import identifiers as wording

ROOT = Path(__file__).resolve().parents[3]
VECTORS = ROOT / "tests" / "vectors"
TODAY = dt.date(2026, 11, 25)
BOOK = shipped_book()
FORMS = {str(entry["name"]): entry for entry in BOOK.identifiers if "regex" in entry}
FREE = sorted(str(entry["name"]) for entry in BOOK.identifiers if "regex" not in entry)
NAMES = "P<PAKKHAN<<BILAL<AHMED<<<<<<<<<<<<<<<<<<<<<<"
KHAN = f"{NAMES}\nAB12345671PAK9603149M31031313520112345671<68"
ERIKSSON = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"


def ask(kind: str, value: str, book: Book = BOOK, **facts: object) -> Answer:
    return check_identifiers(read_facts(IdentifiersFacts, {"kind": kind, "value": value, **facts}, book), book, TODAY)


def said(kind: str, value: str, **facts: object) -> tuple[object, object, object]:
    answer = ask(kind, value, **facts).answer
    return answer["valid"], answer["normalised"], answer["why_not"]


def codes(answer: Answer) -> list[str]:
    return [reason.code for reason in answer.reasons]


def faults(**facts: object) -> list[tuple[str, str]]:
    with pytest.raises(WrongFacts) as wrong:
        read_facts(IdentifiersFacts, facts, BOOK)
    return [(fault.path, fault.code) for fault in wrong.value.faults]


def examples(group: str) -> list[tuple[str, str]]:
    return [(kind, value) for kind, entry in FORMS.items() for value in entry[group]]  # type: ignore[attr-defined]


def zone(
    born: str = "960314", sex: str = "M", expires: str = "310313", optional: str = "3520112345671<", number: str = "AB1234567"
) -> str:
    """An invented Pakistani zone whose check digits are right."""
    low = number + check_digit(number) + "PAK" + born + check_digit(born) + sex + expires + check_digit(expires)
    low += optional + check_digit(optional)
    return f"{NAMES}\n{low}{check_digit(low[:10] + low[13:20] + low[21:43])}"


def digit_scripts() -> list[str]:
    """The zeros of every script that writes numbers by place."""
    return [chr(point) for point in range(sys.maxunicode + 1) if unicodedata.decimal(chr(point), None) == 0]


def in_script(text: str, zero: str) -> str:
    return "".join(chr(ord(zero) + int(one)) if one in "0123456789" else one for one in text)


class TestExamplesOfTheTable:
    @pytest.mark.parametrize(("kind", "value"), examples("valid"))
    def test_the_valid_ones_are_valid_and_normal(self, kind: str, value: str) -> None:
        answer = ask(kind, value)
        assert said(kind, value) == (True, value, [])
        assert codes(answer)[0] in ("number_form_fits", "number_check_fits")
        assert answer.reasons[0].rule == kind
        assert answer.reasons[0].confidence == FORMS[kind]["confidence"]

    @pytest.mark.parametrize(("kind", "value"), examples("invalid_check"))
    def test_the_wrong_checks_have_the_form_only(self, kind: str, value: str) -> None:
        assert said(kind, value) == (False, value, ["check_digit"])

    @pytest.mark.parametrize(("kind", "value"), examples("invalid_format"))
    def test_the_wrong_forms_are_wrong_unless_they_can_be_written_right(self, kind: str, value: str) -> None:
        assert re.fullmatch(str(FORMS[kind]["regex"]), value, re.ASCII) is None
        written = {
            "3520112345671": "35201-1234567-1",
            "35201 1234567 1": "35201-1234567-1",
            "ab1234567": "AB1234567",
            "２２登－００７３０４": "22登-007304",
            "ab12345678cd": "AB12345678CD",
            "OP & HRD/3952/KAR": "OP&HRD/3952/KAR",
            "MPD/2671/Lhr": "MPD/2671/LHR",
            "13ーユー316416": "13-ユ-316416",
            KHAN.replace("1PAK", "1pak"): KHAN,
        }
        if value in written:
            assert said(kind, value) == (True, written[value], [])
        else:
            valid, normalised, why_not = said(kind, value)
            assert (valid, why_not[0]) == (False, "format")  # type: ignore[index]
            assert normalised == value

    def test_every_check_and_way_of_writing_is_known(self) -> None:
        assert {entry["check"] for entry in FORMS.values()} == set(CHECKS)
        assert set(FORMS) == set(STEPS)
        for kind, entry in FORMS.items():
            assert ("upper case" in str(entry["normalise"])) == (rules._upper in STEPS[kind])


class TestWriting:
    @pytest.mark.parametrize("zero", digit_scripts())
    def test_digits_of_every_script_are_the_same(self, zero: str) -> None:
        for kind, value in (("cnic", "35201-1234567-1"), ("jp_corporate_number", "1180301018771"), ("rso_number", "22登-007304")):
            assert said(kind, in_script(value, zero)) == (True, value, [])

    @pytest.mark.parametrize("dash", list("-‐‑‒–—―−﹘﹣－⁃˗➖ー۔"))
    def test_dashes_of_every_kind_are_the_same(self, dash: str) -> None:
        for kind, value in (("cnic", "35201-1234567-1"), ("rso_number", "22登-007304"), ("jp_placement_permit", "13-ユ-311955")):
            assert said(kind, value.replace("-", dash)) == (True, value, [])
        assert said("jp_corporate_number", dash.join(("1", "1803", "0101", "8771"))) == (True, "1180301018771", [])

    @pytest.mark.parametrize(
        "space", [" ", "\u00a0", "\u3000", "\u2009", "\t", "\n", "\u200b", "\u200f", "\u202b", "\u2067", "\ufeff"]
    )
    def test_spaces_and_what_cannot_be_seen_are_left_out(self, space: str) -> None:
        for kind, value in examples("valid"):
            if kind != "mrz_td3":
                assert said(kind, space + space.join(value) + space) == (True, value, [])

    @pytest.mark.parametrize(
        ("written", "normalised"),
        [
            ("3520112345671", "35201-1234567-1"),
            ("۳۵۲۰۱۱۲۳۴۵۶۷۱", "35201-1234567-1"),
            ("٣٥٢٠١-١٢٣٤٥٦٧-١", "35201-1234567-1"),
            ("35201-12345671", "35201-1234567-1"),
            ("352011234567-1", "35201-1234567-1"),
            ("35201-123456-71", "35201-123456-71"),
            ("35201--1234567-1", "35201--1234567-1"),
            ("352011234567", "352011234567"),
            ("CNIC 35201-1234567-1", "CNIC35201-1234567-1"),
            ("35201-1234567-1.", "35201-1234567-1."),
        ],
    )
    def test_only_the_dashes_of_a_cnic_are_added(self, written: str, normalised: str) -> None:
        assert said("cnic", written)[:2] == (normalised == "35201-1234567-1", normalised)

    def test_dashes_are_not_taken_out_of_a_passport_number(self) -> None:
        assert said("pk_passport", "AB-1234567") == (False, "AB-1234567", ["format"])
        assert said("pk_passport", "ａｂ　１２３４５６７") == (True, "AB1234567", [])

    def test_half_width_kana_are_kana(self) -> None:
        assert said("jp_placement_permit", "13-ﾕ-311955") == (True, "13-ユ-311955", [])
        assert said("jp_placement_permit", "27ｰﾑｰ302578") == (True, "27-ム-302578", [])

    def test_full_width_signs_of_a_licence_are_signs(self) -> None:
        assert said("oep_licence_new", "ｏｐ＆ｈｒｄ／4325／ｌｈｒ／2018") == (True, "OP&HRD/4325/LHR/2018", [])

    @pytest.mark.parametrize(
        "written", ["22to007304", "22TO007304", "22-007304", "22007304", "22to-007304", "22登007304", "22 to 007304"]
    )
    def test_a_missing_mark_of_registration_is_offered_not_repaired(self, written: str) -> None:
        answer = ask("rso_number", written)
        assert said("rso_number", written) == (False, written.replace(" ", ""), ["format"])
        (offer,) = (reason for reason in answer.reasons if reason.code == "rso_offered")
        assert offer.about["offered"] == "22登-007304"

    @pytest.mark.parametrize("written", ["22登-0073041", "2022登-007304", "登-007304", "22登-00730"])
    def test_nothing_is_offered_for_another_fault(self, written: str) -> None:
        assert "rso_offered" not in codes(ask("rso_number", written))

    @given(st.sampled_from(sorted(STEPS)), st.text())
    @example("cnic", "A \u0301")
    @example("pk_passport", "e\u200d\u0301")
    @example("mrz_td3", "\r\n a \r\n\r b\u2028")
    @example("cnic", "\ufdfa" * 200)
    def test_twice_changes_nothing(self, kind: str, text: str) -> None:
        once = normalise(kind, text)
        assert once is None or normalise(kind, once) == once

    def test_letters_that_only_look_alike_are_not_taken(self) -> None:
        with (VECTORS / "confusable_letters_and_digits.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) > 500
        for row in rows:
            char, like = row["char"], row["looks_like"].upper()
            if like == "-":
                continue
            digit = unicodedata.digit(char, None)
            plain = unicodedata.normalize("NFKC", char) if digit is None else str(digit)
            answer = ask("pk_passport", f"{char}B1234567" if like.isalpha() else f"AB{char}234567")
            assert answer.answer["valid"] is (plain.isascii() and plain.isalpha() == like.isalpha()), row
            assert ("number_odd_character" in codes(answer)) is not plain.isascii(), row


class TestRegion:
    @pytest.mark.parametrize(
        ("kind", "value"),
        [
            ("cnic", "05201-1234567-1"),
            ("cnic", "9520112345671"),
            ("jp_placement_permit", "48-ユ-311955"),
            ("jp_placement_permit", "00-ム-311955"),
            ("jp_dispatch_licence", "派48-303781"),
        ],
    )
    def test_is_named_beside_the_form(self, kind: str, value: str) -> None:
        assert said(kind, value)[::2] == (False, ["format", "region"])

    def test_is_read_from_the_table(self) -> None:
        rows = [row for row in BOOK.tables["pk_provinces"] if row["cnic_first_digit"] != "3"]
        book = Book({**BOOK.tables, "pk_provinces": rows}, BOOK.identifiers, "test")
        assert ask("cnic", "35201-1234567-1", book).answer["why_not"] == ["region"]

    def test_is_not_named_where_the_form_is_another(self) -> None:
        assert said("jp_placement_permit", "51-募-001127")[2] == ["format"]

    def test_an_unseen_city_is_a_warning(self) -> None:
        answer = ask("oep_licence_new", "OP&HRD/4325/XYZ/2018").answer
        assert (answer["valid"], answer["warnings"]) == (True, ["city_not_seen"])
        assert ask("oep_licence_old", "MPD/2671/XYZ").answer["warnings"] == ["city_not_seen"]

    def test_the_cities_of_the_rule_are_those_of_the_table(self) -> None:
        rule = str(FORMS["oep_licence_new"]["check_rule"])
        assert set(rule.split("City codes seen: ")[1].split()) == BOOK.codes("licence_city_codes")


class TestSex:
    @pytest.mark.parametrize("digit", "0123456789")
    def test_is_read_off_the_last_digit_of_a_cnic(self, digit: str) -> None:
        read = "M" if digit in "13579" else "F"
        assert ask("cnic", f"35201-1234567-{digit}").answer["sex"] == read
        for declared in ("M", "F", "X", None):
            warnings = ask("cnic", f"35201-1234567-{digit}", sex_declared=declared).answer["warnings"]
            assert warnings == (["sex_parity"] if {read, declared} == {"M", "F"} else [])

    def test_does_not_make_a_number_invalid(self) -> None:
        assert ask("cnic", "35201-1234567-1", sex_declared="F").answer["valid"] is True

    def test_is_not_read_off_a_wrong_form(self) -> None:
        assert ask("cnic", "05201-1234567-1", sex_declared="F").answer["sex"] is None
        assert ask("cnic", "05201-1234567-1", sex_declared="F").answer["warnings"] == []

    @pytest.mark.parametrize(("written", "read"), [("M", "M"), ("F", "F"), ("X", "X"), ("<", "X")])
    def test_is_read_off_a_zone(self, written: str, read: str) -> None:
        assert ask("mrz_td3", zone(sex=written)).answer["sex"] == read

    def test_of_the_zone_is_compared_with_the_one_given(self) -> None:
        assert ask("mrz_td3", KHAN, sex_declared="F").answer["warnings"] == ["sex_differs", "sex_parity"]
        assert ask("mrz_td3", ERIKSSON, sex_declared="M").answer["warnings"] == ["sex_differs"]
        assert ask("mrz_td3", KHAN, sex_declared="X").answer["warnings"] == []
        assert ask("mrz_td3", zone(sex="F")).answer["warnings"] == ["sex_parity"]
        assert ask("mrz_td3", zone(sex="<")).answer["warnings"] == []


class TestZone:
    def test_gives_issuer_and_number(self) -> None:
        answer = ask("mrz_td3", KHAN).answer
        assert (answer["issuer"], answer["number"], answer["sex"]) == ("PAK", "AB1234567", "M")
        answer = ask("mrz_td3", ERIKSSON).answer
        assert (answer["issuer"], answer["number"], answer["sex"]) == ("UTO", "L898902C3", "F")

    @pytest.mark.parametrize(
        "written",
        [KHAN.lower(), KHAN.replace("\n", "\r\n"), KHAN.replace("\n", "\r"), f"\n  {KHAN} \r\n", KHAN.replace("\n", "  \n\t")],
    )
    def test_is_written_in_capitals_and_two_clean_lines(self, written: str) -> None:
        assert said("mrz_td3", written) == (True, KHAN, [])

    @pytest.mark.parametrize("zero", ["０", "۰", "٠"])
    def test_takes_digits_and_widths_of_any_script(self, zero: str) -> None:
        assert said("mrz_td3", in_script(KHAN, zero).replace("<", "＜")) == (True, KHAN, [])

    def test_on_one_line_has_the_wrong_form(self) -> None:
        answer = ask("mrz_td3", KHAN.replace("\n", ""))
        assert answer.answer["why_not"] == ["format"]
        assert "zone_on_one_line" in codes(answer)
        assert [answer.answer[name] for name in ("sex", "issuer", "number", "cnic_matches")] == [None] * 4

    @pytest.mark.parametrize(
        "written", [KHAN.replace("\n", "\n\n"), KHAN[:-1], KHAN + "\n<", "I" + KHAN[1:], KHAN.replace("K", " ", 1)]
    )
    def test_of_another_shape_has_the_wrong_form(self, written: str) -> None:
        assert said("mrz_td3", written)[::2] == (False, ["format"])

    @pytest.mark.parametrize(
        ("place", "told"),
        [
            (9, ["zone_number_differs", "zone_composite_differs"]),
            (19, ["zone_birth_differs", "zone_composite_differs"]),
            (27, ["zone_expiry_differs", "zone_composite_differs"]),
            (42, ["zone_optional_differs", "zone_composite_differs"]),
            (43, ["zone_composite_differs"]),
        ],
    )
    def test_tells_which_check_digit_fails(self, place: int, told: list[str]) -> None:
        at = 45 + place
        broken = KHAN[:at] + str((int(KHAN[at]) + 1) % 10) + KHAN[at + 1 :]
        answer = ask("mrz_td3", broken)
        assert answer.answer["why_not"] == ["check_digit"]
        assert codes(answer) == told

    def test_may_leave_out_the_check_digit_of_empty_optional_data(self) -> None:
        for digit in "0<":
            low = zone(optional="<" * 14).split("\n")[1][:42] + digit
            value = f"{NAMES}\n{low}{check_digit(low[:10] + low[13:20] + low[21:43])}"
            assert said("mrz_td3", value) == (True, value, [])
        low = zone().split("\n")[1][:42] + "<"
        value = f"{NAMES}\n{low}{check_digit(low[:10] + low[13:20] + low[21:43])}"
        assert "zone_optional_differs" in codes(ask("mrz_td3", value))

    @pytest.mark.parametrize(
        ("born", "valid"), [("960229", True), ("000229", True), ("970229", False), ("961301", False), ("960100", False)]
    )
    def test_knows_no_day_outside_the_calendar(self, born: str, valid: bool) -> None:
        answer = ask("mrz_td3", zone(born=born))
        assert answer.answer["why_not"] == ([] if valid else ["date"])
        assert ask("mrz_td3", zone(expires="310931")).answer["why_not"] == ["date"]

    def test_has_no_opinion_on_expiry(self) -> None:
        assert ask("mrz_td3", zone(expires="010101")).answer["valid"] is True

    @pytest.mark.parametrize(
        ("born", "warnings"), [("1996-03-14", []), ("1896-03-14", []), ("1996-03-15", ["birth_date_differs"]), (None, [])]
    )
    def test_is_compared_with_the_date_of_birth(self, born: str | None, warnings: list[str]) -> None:
        answer = ask("mrz_td3", KHAN, born=born).answer
        assert (answer["valid"], answer["warnings"]) == (True, warnings)

    @given(st.integers(0, 43), st.sampled_from("0123456789"))
    def test_does_not_pass_a_digit_copied_wrongly(self, place: int, digit: str) -> None:
        low = KHAN.split("\n")[1]
        broken = f"{NAMES}\n{low[:place]}{digit}{low[place + 1 :]}"
        if low[place] in "0123456789" and digit != low[place]:
            assert ask("mrz_td3", broken).answer["valid"] is False


class TestCnicBeside:
    @pytest.mark.parametrize(
        ("given_cnic", "matches"),
        [
            ("35201-1234567-1", True),
            ("3520112345671", True),
            ("۳۵۲۰۱ ۱۲۳۴۵۶۷ ۱", True),
            ("35201-1234567-3", False),
            ("35201", False),
            ("", False),
            (None, None),
        ],
    )
    def test_is_compared_with_the_zone(self, given_cnic: str | None, matches: bool | None) -> None:
        answer = ask("mrz_td3", KHAN, cnic_given=given_cnic)
        assert answer.answer["cnic_matches"] is matches
        assert answer.answer["valid"] is True
        assert ask("cnic", "35201-1234567-1", cnic_given=given_cnic).answer["cnic_matches"] is matches

    def test_is_not_compared_when_left_out(self) -> None:
        assert ask("mrz_td3", KHAN).answer["cnic_matches"] is None

    def test_cannot_be_compared_with_a_zone_that_carries_none(self) -> None:
        for value in (ERIKSSON, zone(optional="<" * 14), zone(optional="35201123456710")):
            answer = ask("mrz_td3", value, cnic_given="35201-1234567-1")
            assert answer.answer["cnic_matches"] is None
            assert "zone_without_cnic" in codes(answer)

    def test_is_named_when_it_is_malformed(self) -> None:
        for kind, value in (("mrz_td3", KHAN), ("cnic", "35201-1234567-1")):
            assert ask(kind, value, cnic_given="35201").answer["warnings"] == ["cnic_given_format"]
            assert ask(kind, value, cnic_given="9" * 100_000).answer["warnings"] == ["cnic_given_format"]


class TestCorporateNumber:
    @given(st.integers(0, 10**12 - 1))
    def test_has_exactly_one_right_first_digit(self, base: int) -> None:
        right = [first for first in "123456789" if ask("jp_corporate_number", f"{first}{base:012}").answer["valid"]]
        assert len(right) == 1

    def test_of_an_invoice_is_not_one(self) -> None:
        assert said("jp_corporate_number", "T1180301018771")[::2] == (False, ["format"])


class TestAnyText:
    def answers(self, value: str) -> Iterator[Answer]:
        for kind in (*FORMS, *FREE):
            yield ask(kind, value)

    @given(st.text() | st.text(alphabet="0123456789-<P登ユム派/AK &\n", max_size=100))
    def test_gets_an_answer(self, value: str) -> None:
        for answer in self.answers(value):
            assert list(answer.answer)[-8:] == [
                "valid", "normalised", "why_not", "warnings", "sex", "issuer", "number", "cnic_matches"
            ]  # fmt: skip
            assert answer.answer["valid"] is None or answer.answer["valid"] == (answer.answer["why_not"] == [])
            assert json.dumps(answer.answer, ensure_ascii=False).encode()
            for reason in answer.reasons:
                assert SENTENCES[reason.code] % reason.about
                assert reason.rule

    def test_that_breaks_forms_gets_an_answer(self) -> None:
        naughty = json.loads((VECTORS / "naughty_strings.json").read_text(encoding="utf-8"))
        assert len(naughty) > 500
        for value in naughty:
            assert all(answer.answer["valid"] in (False, None) for answer in self.answers(value))

    @pytest.mark.parametrize(
        "value", ["9" * 10_000_000, "<" * 2_001, " " * 5_000, "\ufdfa" * 2_000, "P" + "<" * 1_999, "-" * 2_000]
    )
    def test_that_is_very_long_gets_an_answer_quickly(self, value: str) -> None:
        begun = time.perf_counter()
        for answer in self.answers(value):
            assert answer.answer["valid"] in (False, None)
            assert "valid" in answer.answer and (answer.answer["valid"] is None or answer.answer["why_not"] == ["format"])
        assert time.perf_counter() - begun < 2

    def test_is_normalised_up_to_the_longest_text(self) -> None:
        assert said("cnic", "x" * 2_000) == (False, "x" * 2_000, ["format"])
        assert said("cnic", "x" * 2_001) == (False, None, ["format"])
        assert codes(ask("cnic", "x" * 2_001)) == ["number_too_long"]

    @pytest.mark.parametrize("value", ["\ud800", "35201\udfff-1234567-1", "\x00", "35201-1234567-1\x00"])
    def test_that_is_no_text_is_not_valid(self, value: str) -> None:
        for answer in self.answers(value):
            assert answer.answer["valid"] in (False, None)
            assert json.dumps(answer.answer, ensure_ascii=False).encode()


class TestKindsWithoutAForm:
    @pytest.mark.parametrize("kind", FREE)
    def test_are_not_judged(self, kind: str) -> None:
        answer = ask(kind, " 東労認 ２６－123 ").answer
        assert (answer["known"], answer["valid"], answer["normalised"], answer["why_not"]) == (False, None, "東労認 26-123", [])

    def test_are_those_of_the_table(self) -> None:
        assert FREE == ["coe_number", "pk_permission_number"]

    def test_a_check_nobody_knows_is_not_guessed(self) -> None:
        book = Book(BOOK.tables, [{**FORMS["cnic"], "check": "moon"}], "test")
        assert ask("cnic", "35201-1234567-1", book).answer["known"] is False


class TestFacts:
    @pytest.mark.parametrize(
        ("facts", "fault"),
        [
            ({"kind": "passport", "value": "AB1234567"}, ("/kind", "unknown_code")),
            ({"kind": "", "value": ""}, ("/kind", "unknown_code")),
            ({"kind": None, "value": ""}, ("/kind", "not_text")),
            ({"value": ""}, ("/kind", "member_missing")),
            ({"kind": "cnic"}, ("/value", "member_missing")),
            ({"kind": "cnic", "value": 3520112345671}, ("/value", "not_text")),
            ({"kind": "cnic", "value": None}, ("/value", "not_text")),
            ({"kind": "cnic", "value": "", "sex_declared": "m"}, ("/sex_declared", "not_in_list")),
            ({"kind": "cnic", "value": "", "born": "1996-02-30"}, ("/born", "not_a_day")),
            ({"kind": "cnic", "value": "", "cnic_given": 1}, ("/cnic_given", "not_text")),
            ({"kind": "cnic", "value": "", "sex": "M"}, ("/sex", "unknown_member")),
        ],
    )
    def test_are_refused_with_their_path(self, facts: dict[str, object], fault: tuple[str, str]) -> None:
        assert faults(**facts) == [fault]

    def test_are_answered_for_today(self) -> None:
        assert ask("cnic", "x").as_of == TODAY


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


class TestWording:
    def test_has_words_for_every_code(self) -> None:
        text = Path(rules.__file__).read_text(encoding="utf-8")
        spoken = set(re.findall(r'_reason\(\s*"(\w+)"', text)) | {"number_check_fits", "cnic_differs"}
        parts = ("number", "birth", "expiry", "optional", "composite")
        spoken |= {f"zone_{part}_differs" for part in parts} | {f"zone_{part}_no_day" for part in ("birth", "expiry")}
        assert spoken == set(wording.REASONS)
        assert set(wording.CODES) == {str(entry["name"]) for entry in BOOK.identifiers}

    @pytest.mark.parametrize("language", ["ur", "ja"])
    def test_is_translated_with_its_placeholders(self, language: str) -> None:
        with (ROOT / "locale" / language / "organisations.po").open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
        for sentence in SENTENCES.values():
            told = catalogue.get(sentence)
            assert told is not None and told.string, sentence
            assert sorted(re.findall(r"%\(\w+\)s", str(told.string))) == sorted(re.findall(r"%\(\w+\)s", sentence))
        assert len([message for message in catalogue if message.id]) == len(set(SENTENCES.values()))

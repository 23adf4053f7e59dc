"""The two lines of a passport: read from what a phone gives, each wrong digit told, laid beside what was typed."""

from __future__ import annotations

import datetime as dt

import pytest

from rahdari.base.reference import shipped_book
from rahdari.domain.candidates.rules.doubts import doubts_of, why_not_name
from rahdari.domain.candidates.rules.zones import read_zone, why_not_zone
from rahdari.domain.organisations.rules.identifiers import check_digit

TODAY, BOOK = dt.date(2026, 11, 25), shipped_book()
CARD = "35201-1234567-1"
KHAN = "P<PAKKHAN<<BILAL<AHMED<<<<<<<<<<<<<<<<<<<<<<\nAB12345671PAK9603149M31031313520112345671<68"
TOLD = {"name": "Bilal Ahmed Khan", "birth_date": dt.date(1996, 3, 14), "sex": "M", "passport_no": "AB1234567"}


def lower(number="ZZ0000001", born="010314", sex="F", ends="340314", cnic="", issuer="PAK"):
    optional = cnic.ljust(14, "<")
    first = number + check_digit(number) + issuer + born + check_digit(born) + sex + ends + check_digit(ends)
    rest = optional + (check_digit(optional) if cnic else "<")
    whole = number + check_digit(number) + born + check_digit(born) + ends + check_digit(ends) + rest
    return first + rest + check_digit(whole)


def zone(name="KHAN<<ZARGHUNA", **told):
    return f"P<PAK{name}".ljust(44, "<")[:44] + "\n" + lower(**told)


def read(text):
    found, against = read_zone(text, BOOK, TODAY)
    assert against == []
    return found


class TestReading:
    def test_tells_what_stands_there(self):
        found = read(KHAN)
        assert (set(found.names), found.number, found.sex, found.cnic) == ({"KHAN", "BILAL", "AHMED"}, "AB1234567", "M", CARD)
        assert (found.born, found.until) == (dt.date(1996, 3, 14), dt.date(2031, 3, 14))

    @pytest.mark.parametrize("change", [
        lambda text: text.replace("\n", ""), lambda text: text.lower(), lambda text: text.replace("\n", "\r\n   "),
        lambda text: text.replace("<", "‹"), lambda text: text.replace("<<", "«"), lambda text: " ".join(text.split("<<")).replace(" ", "<<"),
        lambda text: text.replace("P<PAK", "P <PAK "), lambda text: text.replace("<", "＜"),
    ])  # fmt: skip
    def test_takes_it_as_phones_and_scanners_give_it(self, change):
        assert read(change(KHAN)) == read(KHAN)

    @pytest.mark.parametrize(("place", "code"), [
        (9, "zone_number_differs"), (19, "zone_birth_differs"), (27, "zone_expiry_differs"), (42, "zone_optional_differs"),
        (43, "zone_composite_differs"),
    ])  # fmt: skip
    def test_names_the_check_digit_that_does_not_fit(self, place, code):
        upper, low = KHAN.split("\n")
        found = low[place]
        wrong = "1" if found == "<" else str((int(found) + 1) % 10)
        _, against = read_zone(f"{upper}\n{low[:place]}{wrong}{low[place + 1 :]}", BOOK, TODAY)
        assert code in [one.code for one in against]
        told = next(one for one in against if one.code == code)
        assert told.about["found"] == wrong and told.member == "told.zone"

    @pytest.mark.parametrize("text", ["", "P<PAK", KHAN[:-1], KHAN + "<", "I" + KHAN[1:], "\x00" * 88, "٠" * 500, "<" * 10_000])
    def test_refuses_what_are_no_two_lines(self, text):
        assert read_zone(text, BOOK, TODAY)[0] is None
        assert read_zone(text, BOOK, TODAY)[1]

    def test_knows_the_century(self):
        assert read(zone(born="270314")).born.year == 1927
        assert read(zone(born="261124")).born.year == 2026
        assert read(zone(ends="760101")).until.year == 2076


class TestCrossCheck:
    def against(self, text=KHAN, **changed):
        told = TOLD | {"passport_until": None, "card": CARD} | changed
        return [one.about["part"] for one in why_not_zone(read(text), **told)]

    def test_agrees(self):
        assert self.against() == []
        assert self.against(name="KHAN, Bilal Ahmed", passport_until=dt.date(2031, 3, 13), passport_no="") == []

    @pytest.mark.parametrize(("changed", "part"), [
        ({"name": "Bilal Khan"}, "name"), ({"name": "Bilal Ahmad Khan"}, "name"), ({"birth_date": dt.date(1996, 3, 15)}, "birth_date"),
        ({"sex": "F"}, "sex"), ({"passport_no": "AB1234568"}, "passport_no"), ({"card": "35201-1234567-3"}, "cnic"),
        ({"passport_until": dt.date(2031, 3, 15)}, "passport_until"),
    ])  # fmt: skip
    def test_names_what_differs(self, changed, part):
        assert self.against(**changed) == [f"zone_part_{part}"]

    def test_a_single_name_is_a_name(self):
        assert self.against(zone("ZARGHUNA", number="AB1234567", born="960314", sex="M"), name="Zarghuna") == []

    def test_a_name_that_did_not_fit_is_compared_as_far_as_it_goes(self):
        long = "ABDULRAHMAN<<MUHAMMAD<SHAHNAWAZ<KHANZADAH"
        text = zone(long, number="AB1234567", born="960314", sex="M")
        assert self.against(text, name="Muhammad Shahnawaz Khanzadahpur Abdulrahman") == []
        assert self.against(text, name="Muhammad Shahnawaz Abdulrahman") == ["zone_part_name"]

    @pytest.mark.parametrize("name", ["Zarghuna O'Khan", "Zarghuna O’Khan", "zarghuna okhan", "Żarghuna OKhan"])
    def test_marks_and_apostrophes_are_written_as_passports_write_them(self, name):
        assert self.against(zone("OKHAN<<ZARGHUNA", number="AB1234567", born="960314", sex="M"), name=name) == []

    def test_a_passport_without_a_card_number_says_nothing_of_the_card(self):
        assert self.against(zone("KHAN<<BILAL<AHMED", number="AB1234567", born="960314", sex="M"), card="17301-5550000-4") == []


class TestDoubts:
    def doubts(self, **changed):
        told = {"card": CARD, "sex": "M", "birth_date": dt.date(1996, 3, 14), "has_passport": True, "zone_agrees": True}
        return doubts_of(**told | changed, today=TODAY)

    @pytest.mark.parametrize(("changed", "found"), [
        ({}, []), ({"sex": "F"}, ["sex_digit"]), ({"sex": "X"}, []), ({"card": "35201-1234567-2"}, ["sex_digit"]),
        ({"birth_date": dt.date(2008, 11, 26)}, ["young_card"]), ({"birth_date": dt.date(2008, 11, 25)}, []),
        ({"has_passport": False, "zone_agrees": False}, ["no_passport"]), ({"zone_agrees": False}, ["no_zone"]),
    ])  # fmt: skip
    def test_are_shown_not_refused(self, changed, found):
        assert self.doubts(**changed) == found

    @pytest.mark.parametrize(("name", "codes"), [
        ("Zarghuna", []), ("Żofia O'Neill-Khan", []), ("Worker 3 (invented)", []), ("زرغونہ", ["name_not_latin"]),
        ("Zаrghuna", ["name_not_latin"]), ("123", ["name_missing"]), ("カーン", ["name_not_latin"]),
    ])  # fmt: skip
    def test_a_name_is_in_latin_letters(self, name, codes):
        assert [one.code for one in why_not_name(name)] == codes

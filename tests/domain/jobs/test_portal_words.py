"""What typed words mean: three languages, typing errors, sounds; and the keys a vacancy is found by. No database."""

from __future__ import annotations

import datetime as dt

import pytest

from rahdari.base.reference import shipped_book
from rahdari.domain.jobs.queries.words import LANGUAGES, _made
from rahdari.domain.jobs.rules.listing import (
    cefr_of,
    keys_of_employer,
    keys_of_vacancy,
    level_asked,
    levels_up_to,
    pay_a_month,
)
from rahdari.domain.jobs.rules.map import TILES, shade
from rahdari.domain.jobs.rules.romaji import on_signs, romaji
from rahdari.domain.jobs.rules.spelling import Spelling, errors_between
from rahdari.domain.jobs.rules.words import EXACT, NAME, OUTSIDE, SOUND, TYPO

BOOK, ON = shipped_book(), dt.date(2026, 11, 25)


def read(line):
    return _made(BOOK).read(line)


def how(line):
    return [one.how for one in read(line)]


@pytest.mark.parametrize(
    ("line", "keys"),
    [
        ("Nursing care", ["f:NURSING_CARE"]),
        ("nursing", ["f:NURSING_CARE"]),
        ("介護の仕事", ["f:NURSING_CARE"]),
        ("نرسنگ کی نوکری", ["f:NURSING_CARE"]),
        ("truck", ["d:TRUCK"]),
        ("truck driver", ["d:TRUCK"]),
        ("トラック運転手", ["d:TRUCK"]),
        ("ٹرک ڈرائیور", ["d:TRUCK"]),
        ("building cleaning", ["d:BUILDING", "f:BUILDING_CLEANING", "f:BUILDING_CLEANING"]),
        ("tokyo", ["p:13"]),
        ("東京都", ["p:13"]),
        ("とうきょう", ["p:13"]),
        ("ٹوکیو", ["p:13"]),
        ("札幌市中央区", ["m:011011"]),
        ("JLPT n4", ["t:JLPT", "l:A2"]),
        ("jft", ["t:JFT_BASIC"]),
        ("ＴＯＫＹＯ", ["p:13"]),
        ("1号農業技能測定試験(耕種農業全般)", ["d:CROP"]),
    ],
)
def test_a_word_means_the_same_in_every_language(line, keys):
    found = read(line)
    assert [key for one in found for key in one.meant] == keys and {one.how for one in found} == {EXACT}


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("nursng", "f:NURSING_CARE"), ("nursing cre", "f:NURSING_CARE"), ("constrution", "f:CONSTRUCTION"), ("tokoy", "p:13"),
        ("نرسنک", "f:NURSING_CARE"), ("تعمیرت", "f:CONSTRUCTION"), ("ہٹل", "f:ACCOMMODATION"), ("شیزوگکا", "p:22"),
        ("ビルクリニング", "f:BUILDING_CLEANING"), ("工業品製造業", "f:INDUSTRIAL_MFG"), ("鹿島児県", "p:46"), ("北州市", "m:401005"),
    ],
)  # fmt: skip
def test_a_typing_error_does_no_harm(line, key):
    (found,) = read(line)
    assert key in found.keys and found.how == TYPO


@pytest.mark.parametrize(("line", "key"), [("ساپورو", "m:011002"), ("شنجوکو", "m:131041"), ("ناگویا", "m:231002")])
def test_a_place_is_known_by_its_sound_in_another_script(line, key):
    (found,) = read(line)
    assert key in found.keys and found.how == SOUND


def test_every_name_of_the_tables_is_read_as_itself():
    missed = []
    for table, kind in (("fields", "f:"), ("prefectures", "p:")):
        for row in BOOK.rows(table):
            code = kind + (row.get("merged_into") or row["code"])
            names = [row[f"name_{one}"] for one in LANGUAGES if row.get(f"name_{one}")]
            missed += [name for name in names if code not in {key for one in read(name) for key in one.keys}]
    assert missed == []


def test_what_is_no_work_of_the_corridor_is_said_to_be_none():
    assert how("software engineer tokyo") == [OUTSIDE, EXACT] and read("software engineer")[0].keys == frozenset()


def test_words_that_say_nothing_are_left_out_and_a_line_is_not_endless():
    assert read("jobs in the の に میں 求人") == [] and read("") == [] and read("!!! … 🙂") == []
    assert len(read(" ".join(f"wort{number}" for number in range(40)))) == 8


def test_an_unknown_word_is_the_name_of_an_employer():
    (found,) = read("komorebi")
    assert found.how == NAME and "=komorebi" in found.keys & keys_of_employer("Komorebi Farm (invented)")
    assert "=hinata" in read("ひなた")[0].keys & keys_of_employer("Hinata Care (invented)")
    assert read("کوموریبی")[0].keys & keys_of_employer("Komorebi Farm (invented)")


@pytest.mark.parametrize(
    ("left", "right", "errors"),
    [("abcd", "abcd", 0), ("abcd", "abdc", 1), ("abcd", "abd", 1), ("abcd", "xbcd", 1), ("abcd", "zzzz", 3)],
)
def test_errors_are_counted(left, right, errors):
    assert errors_between(left, right, 2) == errors == errors_between(right, left, 2)


def test_short_words_forgive_little():
    spelling = Spelling(["care", "construction"])
    assert (
        spelling.nearest("cre") == {"care"} and spelling.nearest("cxx") == frozenset() and spelling.nearest("ca") == frozenset()
    )
    assert spelling.nearest("konstruktion") == {"construction"} and spelling.nearest("konstruktiom") == frozenset()


@pytest.mark.parametrize(
    ("kana", "written", "signs"),
    [("さっぽろ", "sapporo", "sapporo"), ("とうきょう", "toukyou", "tokyo"), ("まっちゃ", "matcha", "matcha")],
)
def test_kana_is_written_in_latin_letters(kana, written, signs):
    assert (romaji(kana), on_signs(kana)) == (written, signs)


class TestKeys:
    ASKED = {
        "field": "AUTO_TRANSPORT",
        "duty": "BUS",
        "kind": "ssw1",
        "route": "oec",
        "prefecture": "01",
        "municipality": "011002",
    }

    def test_name_what_the_vacancy_is(self):
        keys = keys_of_vacancy(**self.ASKED, tests=["JLPT"], employer_name="Hinata Bus (invented)", book=BOOK, on=ON)
        told = {"f:AUTO_TRANSPORT", "d:BUS", "k:ssw1", "r:oec", "p:01", "m:011002", "t:JLPT", "t:any", "l:B1", "=hinata"}
        assert told <= set(keys) and keys == sorted(keys) and "t:none" not in keys

    def test_say_the_lowest_level_that_is_enough(self):
        assert level_asked("NURSING_CARE", "", "ssw1", [], BOOK, ON) == "A2" == cefr_of("JLPT_N4", BOOK)
        assert level_asked("NURSING_CARE", "", "professional", [], BOOK, ON) == "none"
        assert level_asked("NURSING_CARE", "", "professional", ["JLPT"], BOOK, ON) == ""
        assert levels_up_to("A2") == ["none", "A1", "A2"] and levels_up_to("none") == ["none"]


@pytest.mark.parametrize(
    ("pay", "month"),
    [
        ({"amount": 198_000, "currency": "JPY", "per": "month"}, 198_000),
        ({"amount": 1_200, "currency": "JPY", "per": "hour"}, 208_000),
        ({"amount": 90_000, "currency": "PKR", "per": "month"}, None),
    ],
)
def test_pay_is_made_comparable(pay, month):
    assert pay_a_month({"pay_basic": pay, "hours_week": 40}) == month


def test_every_prefecture_has_a_tile_of_its_own():
    assert set(TILES) == BOOK.codes("prefectures") and len(set(TILES.values())) == 47
    assert [shade(count, 100) for count in (0, 1, 25, 100)] == [0, 1, 2, 4] and shade(0, 0) == 0

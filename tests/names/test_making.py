"""How the tables are made: the rules, and that the tables hold what the hand-written lists say."""

from __future__ import annotations

import pytest

from rahdari.names import lexicon
from rahdari.names.folding import fold
from rahdari.names.frequency import frequent
from rahdari.names.making import frequent as frequent_names
from rahdari.names.making import weights, words
from rahdari.names.making.words import spoken


@pytest.mark.parametrize(
    ("written", "said"),
    [("construction", "konstrukshan"), ("agencies", "ajenseez"), ("services", "servisz"), ("manufacturing", "manufakcharing")],
)
def test_how_an_english_word_is_spoken(written, said):
    assert spoken(written) == said


def test_every_form_of_the_vocabulary_is_in_the_table():
    for line in words.read():
        book = lexicon.BOOKS["person" if line.kind in lexicon.PERSON_CLASSES else "organisation"]
        for form in line.forms:
            if not form.startswith("@"):
                plain = lexicon.plain(fold(form.rstrip("+*").partition("=")[0]))
                assert book[plain].kind == line.kind or plain in book, form


def test_every_meaning_of_the_table_has_a_source():
    told = {(line.kind, code) for line in words.read() for code in line.code.split("+")}
    for book in lexicon.BOOKS.values():
        for form, word in book.items():
            # A trade that is its own name in kanji is an end of firms' names in the dictionary.
            assert all((word.kind, code) in told or lexicon.BOOKS["organisation"][code] == word for code in word.codes), form


@pytest.mark.parametrize(
    ("heard", "code"),
    [
        ("کنسٹرکشن", "construction"),
        ("انجینئرنگ", "engineering"),
        ("エンジニアリング", "engineering"),
        ("مینوفیکچرنگ", "manufacturing"),
    ],
)
def test_an_english_word_is_heard_in_another_script(heard, code):
    assert lexicon.find([heard], 0, "organisation")[0].codes == (code,)


@pytest.mark.parametrize("name", ["طفیل", "لاکھانی", "ラカニ", "عبدالرحمان", "ブロヒ", "سلیم", "کریم"])
def test_a_name_is_not_heard_as_a_trade(name):
    assert lexicon.heard(name) is None


def test_clans_are_known_as_frequent_in_any_script():
    assert "laghari" in frequent_names.clans()
    assert frequent("لغاری", "urdu") == ("leghari", "clan") or frequent("لغاری", "urdu") == ("laghari", "clan")


def test_area_under_the_curve():
    assert weights.area([(0.1, False), (0.2, False), (0.3, True)]) == 1.0
    assert weights.area([(0.1, True), (0.2, False)]) == 0.0
    assert weights.area([(0.5, True), (0.5, False)]) == 0.5
    assert weights.area([(0.1, False), (0.4, True), (0.4, False), (0.9, True)]) == 0.875


def test_pairs_are_read_once(tmp_path):
    row = "p1,Tufail Lakhani,طفیل لاکھانی,person,1"
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(f"id,left,right,kind,label\n{row}\n", encoding="utf-8")
    pairs = weights.read([tmp_path / "a.csv", tmp_path / "b.csv"])
    assert [(pair.kind, pair.same) for pair in pairs] == [("person", True)]
    assert weights.names_of(pairs)

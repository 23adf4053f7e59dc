from __future__ import annotations

import pytest

from rahdari.names.parsing import parse


def core(text, kind):
    return [part.text for part in parse(text, kind).core]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Dr. Tufail Lakhani", ["tufail", "lakhani"]),
        ("Hafiz Mohd. Tufail Lakhani", ["tufail", "lakhani"]),
        ("جناب طفیل لاکھانی صاحب", ["طفیل", "لاکھانی"]),
        ("LAKHANI, Tufail", ["lakhani", "tufail"]),
        ("ムハンマド・トゥファイル・ラカーニー", ["トゥファイル", "ラカーニー"]),
        ("細川　藤孝様", ["細川", "藤孝"]),
        ("細川藤孝", ["細川", "藤孝"]),
        ("Malik", ["malik"]),
        ("Mohammad Tufail", ["mohammad", "tufail"]),
    ],
)
def test_the_name_of_a_person(text, words):
    assert core(text, "person") == words


@pytest.mark.parametrize(
    "text", ["Tufail Lakhani S/O Rauf Lakhani", "Tufail Lakhani bin Rauf Lakhani", "Tufail Lakhani son of Rauf Lakhani"]
)
def test_the_father_is_told_apart(text):
    name = parse(text, "person")
    assert [part.text for part in name.core] == ["tufail", "lakhani"]
    assert [part.text for part in name.father] == ["rauf", "lakhani"]


def test_the_father_in_other_scripts():
    assert [part.text for part in parse("طفیل لاکھانی ولد رؤف لاکھانی", "person").father] == ["روف", "لاکھانی"]
    assert [part.text for part in parse("トゥファイル (父)ラウーフ", "person").father] == ["ラウーフ"]


@pytest.mark.parametrize(
    ("text", "words", "trade", "legal"),
    [
        (
            "M/s Koh-e-Noor Overseas Employment Promoters (Pvt) Ltd, Gujrat",
            ["koh", "e", "noor"],
            {"overseas", "employment", "promoter"},
            "limited",
        ),
        ("Koh-e-Noor O.E.P.", ["koh", "e", "noor"], {"overseas", "employment", "promoter"}, ""),
        ("کوہ نور ریکروٹنگ ایجنسی پرائیویٹ لمیٹڈ", ["کوہ", "نور"], {"recruiting", "agency"}, "limited"),
        ("株式会社細川建設", ["細川"], {"construction"}, "company"),
        ("細川建設㈱", ["細川"], {"construction"}, "company"),
        ("カ)ホソカワケンセツ", ["ホソカワ"], {"construction"}, "company"),
        ("Hosokawa Kensetsu K.K.", ["hosokawa"], {"construction"}, "company"),
        ("Hosokawa Kensetu", ["hosokawa"], {"construction"}, ""),
        ("協同組合つばさ", ["ツバサ"], set(), "cooperative"),
        ("Zamzama Recuriting Agency", ["zamzama"], {"recruiting", "agency"}, ""),
    ],
)
def test_the_name_of_a_firm(text, words, trade, legal):
    name = parse(text, "organisation")
    assert [part.text for part in name.core] == words
    assert name.codes("trade") == trade
    assert legal in name.codes("legal") or not legal


def test_a_firm_called_by_its_trade_alone_keeps_a_name():
    assert core("International Trading Company", "organisation") == ["international"]


def test_nothing_makes_it_stumble():
    for text in ("", " ", "・", "()", "S/O", "株式会社", "ー", "1234", "M/s", "???", "様", "\u200f"):
        parse(text, "person")
        parse(text, "organisation")

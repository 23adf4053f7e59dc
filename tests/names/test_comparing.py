"""Pairs of invented names; none of them is taken from a benchmark."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rahdari.names import CODES, compare, guess_kind

SAME_PERSON = [
    ("Tufail Lakhani", "طفیل لاکھانی"),
    ("Tufail Lakhani", "トゥファイル・ラカニ"),
    ("Dr. Tufail Lakhani", "LAKHANI, Tufail"),
    ("Mohd. Tufail Lakhani", "محمد طفیل لاکھانی"),
    ("Gulzar Brohi", "گلزار بروہی"),
    ("Gulzar Brohi", "グルザール・ブロヒ"),
    ("گلزار بروہی", "گلزار بروهي"),
    ("Rukhsar Lakhani", "Ruksaar Lakhany"),
    ("細川藤孝", "Hosokawa Fujitaka"),
    ("細川藤孝", "ほそかわ　ふじたか"),
    ("黒田 官兵衛", "Kanbei KURODA"),
    ("Ohkubo Toshimichi", "オオクボ トシミチ"),
    ("髙橋 是清", "高橋是清様"),
    ("Tufail Lakhani S/O Rauf Lakhani", "طفیل لاکھانی ولد رؤف لاکھانی"),
    ("Shamsuddin Brohi", "Shams ud Din Brohi"),
]
OTHER_PERSON = [
    ("Tufail Lakhani", "Rauf Lakhani"),
    ("Tufail Lakhani", "طفیل بروہی"),
    ("Gulzar Brohi", "グルザール・ラカニ"),
    ("細川藤孝", "細川忠興"),
    ("細川藤孝", "Hosokawa Tadaoki"),
    ("Tufail Lakhani S/O Rauf Lakhani", "Tufail Lakhani S/O Hidayat Lakhani"),
    ("Mr. Lakhani", "Tufail Lakhani"),
    ("黒田 官兵衛", "クロダ ナガマサ"),
]
SAME_FIRM = [
    ("Koh Noor Overseas Employment Promoters (Pvt) Ltd", "کوہ نور اوورسیز ایمپلائمنٹ پروموٹرز"),
    ("M/s Koh-Noor Manpower Services", "Kohnoor Man Power Service, Gujrat"),
    ("Lakhani & Brohi Traders", "لاکھانی اینڈ بروہی ٹریڈرز پرائیویٹ لمیٹڈ"),
    ("細川建設株式会社", "Hosokawa Kensetsu Co., Ltd."),
    ("細川建設㈱", "Hosokawa Construction"),
    ("(株)つばさ食品", "株式会社つばさ食品"),
    ("カブシキガイシャホソカワスイサン", "株式会社細川水産"),
]
OTHER_FIRM = [
    ("Koh Noor Travels & Tours", "Koh Noor Construction Company"),
    ("Lakhani & Brohi Traders", "Lakhani & Memon Traders"),
    ("細川建設株式会社", "細川水産株式会社"),
    ("協同組合つばさ", "株式会社つばさ"),
    ("細川建設", "Kuroda Kensetsu"),
]


@pytest.mark.parametrize(("left", "right"), SAME_PERSON)
def test_the_same_person(left, right):
    assert compare(left, right, "person").score > 0.6


@pytest.mark.parametrize(("left", "right"), OTHER_PERSON)
def test_another_person(left, right):
    assert compare(left, right, "person").score < 0.4


@pytest.mark.parametrize(("left", "right"), SAME_FIRM)
def test_the_same_firm(left, right):
    assert compare(left, right, "organisation").score > 0.6


@pytest.mark.parametrize(("left", "right"), OTHER_FIRM)
def test_another_firm(left, right):
    assert compare(left, right, "organisation").score < 0.4


def test_the_other_father_is_the_reason():
    reasons = compare("Tufail Lakhani S/O Rauf", "Tufail Lakhani S/O Hidayat", "person").reasons
    assert reasons[0].code == "other_father"
    assert reasons[0].weight < 0


def test_the_other_trade_is_the_reason():
    reasons = compare("Koh Noor Travels", "Koh Noor Construction", "organisation").reasons
    assert reasons[0].code == "other_trade"


def test_every_part_stands_side_by_side():
    parts = compare("Dr. Tufail Lakhani", "طفیل بروہی", "person").parts
    assert [(part.left, part.right, part.code) for part in parts if part.code in ("alone", "title")] == [
        ("lakhani", "", "alone"),
        ("", "بروہی", "alone"),
        ("dr", "", "title"),
    ]


def test_the_kind_is_guessed():
    assert guess_kind("Tufail Lakhani") == "person"
    assert guess_kind("Koh Noor (Pvt) Ltd") == "organisation"
    assert guess_kind("Koh Noor Overseas") == "organisation"
    assert guess_kind("細川水産") == "organisation"
    assert guess_kind("細川藤孝") == "person"


names = st.lists(
    st.sampled_from(
        [
            "Tufail",
            "Lakhani",
            "طفیل",
            "بروہی",
            "ラカニ",
            "細川",
            "藤孝",
            "Dr.",
            "S/O",
            "Pvt",
            "Ltd",
            "建設",
            "&",
            "(株)",
            "Muhammad",
            "・",
            "M.",
        ]
    ),
    max_size=5,
).map(" ".join)


@settings(max_examples=60)
@given(names, names, st.sampled_from(["person", "organisation"]))
def test_a_score_is_a_probability_and_reasons_have_codes(left, right, kind):
    found = compare(left, right, kind)
    assert 0.0 <= found.score <= 1.0
    assert {reason.code for reason in found.reasons} <= CODES
    assert compare(left, right, kind) == found


@settings(max_examples=60)
@given(names, st.sampled_from(["person", "organisation"]))
def test_a_name_is_itself(name, kind):
    assert compare(name, name, kind).score == 1.0 or not name.strip()


def test_a_kanji_no_table_reads_beside_kana_is_compared_as_it_stands():
    assert compare("㐀", "カ 㐠", "person").score == compare("カ 㐠", "㐀", "person").score
    assert compare("\u3400", "\x80\u3220", "person").score < 1

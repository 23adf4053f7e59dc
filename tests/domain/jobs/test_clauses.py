"""What no contract may say is found in three languages at its place, and lawful look-alikes are left alone."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.clauses import judge, ours, samples
from rahdari.base.reference import shipped_book
from rahdari.domain.jobs.rules.clauses import CODES, find_clauses, kind_row
from rahdari.domain.jobs.rules.clauses.folding import letters_of
from rahdari.domain.jobs.rules.clauses.grammar import grammar
from rahdari.domain.jobs.rules.clauses.pay import amount

BOOK = shipped_book()


def found(text, language=""):
    return {(one.code, text[one.begin : one.end]) for one in find_clauses(text, BOOK, language)}


def codes(text, language=""):
    return {one.code for one in find_clauses(text, BOOK, language)}


def test_a_word_that_never_ends_costs_no_more_than_any_other():
    begun = time.process_time()
    assert find_clauses("a" * 60_000, BOOK) == []
    assert time.process_time() - begun < 10


@pytest.mark.parametrize("part", ["development", "held_out"])
def test_reads_its_two_sets(part):
    tally: Counter[tuple[str, str, str]] = Counter()
    texts = samples(part)
    for one in texts:
        judge(one, ours(BOOK, one), tally)
    count = {what: sum(n for key, n in tally.items() if key[2] == what) for what in ("found", "missed", "false")}
    assert count["found"] / (count["found"] + count["missed"]) > 0.95
    assert count["found"] / (count["found"] + count["false"]) > 0.93
    assert {one.code for sample in texts for one in sample.phrases} == set(CODES)


@pytest.mark.parametrize(
    ("text", "code", "phrase"),
    [
        ("The Employer shall keep the passport.", "passport_keeping", "keep the passport"),
        ("Ｔｈｅ　employer keeps the ｐａｓｓｐｏｒｔ.", "passport_keeping", "keeps the ｐａｓｓｐｏｒｔ"),
        ("The p a s s p o r t is kept by the agent.", "passport_keeping", "p a s s p o r t is kept"),
        ("Worker pays a pen-\nalty.", "penalty", "pays a pen-\nalty"),
        ("会社はﾊﾟｽﾎﾟｰﾄを保管する。", "passport_keeping", "ﾊﾟｽﾎﾟｰﾄを保管"),
        ("ぱすぽーと は 会社 が 保 管 する。", "passport_keeping", "ぱすぽーと は 会社 が 保 管"),
        ("違 約\n金を定める。", "penalty", "違 約\n金"),
        ("آجر پاس\u200cپورٹ اپنے پاس رکھے گا۔", "passport_keeping", "پاس\u200cپورٹ اپنے پاس رکھے"),
        ("جُرمانہ ہوگا۔", "penalty", "جُرمانہ"),
    ],
)
def test_says_where_the_phrase_stands_in_the_text_as_given(text, code, phrase):
    assert found(text) == {(code, phrase)}


@pytest.mark.parametrize(
    ("forbidden", "lawful"),
    [
        ("The worker shall not go out.", "The employer shall not prohibit the worker from going out."),
        ("Pregnant workers are dismissed and sent home.", "Nobody is dismissed or sent home for pregnancy."),
        ("The passport is not returned before the end.", "The passport is not kept by the employer."),
        ("A deposit is taken.", "No deposit is taken."),
        ("Wages are reduced by a management fee.", "Wages are reduced by income tax."),
        ("外出してはならない。", "外出を禁止してはならない。"),
        ("保証金を徴収する。", "保証金を徴収してはならない。"),
        ("旅券を会社に預けなければならない。", "旅券を会社に預けてはならない。"),
        ("妊娠したときは解雇する。", "妊娠したことを理由として解雇してはならない。"),
        ("دوسری شرط: باہر جانے پر پابندی ہے۔", "باہر جانے پر کوئی پابندی نہیں ہے۔"),
        ("ضمانتی رقم لی جائے گی۔", "ضمانتی رقم نہیں لی جائے گی۔"),
        ("پاسپورٹ آجر رکھے گا۔", "آجر کا پاسپورٹ رکھنا ممنوع ہے۔"),
        ("日本人の月給は25万円、外国人は20万円とする。", "日本人の月給は20万円、外国人は20万円とする。"),
    ],
)
def test_tells_the_forbidden_from_its_look_alike(forbidden, lawful):
    assert len(codes(forbidden)) == 1
    assert codes(lawful) == set()


def test_points_of_a_list_hear_what_leads_them():
    barred = "The Worker shall not:\n(a) marry during the contract;\n(b) join a trade union;\n(c) smoke in bed."
    assert found(barred) == {("limits_on_freedom", "marry"), ("limits_on_freedom", "join a trade union")} or codes(barred) == {
        "limits_on_freedom"
    }
    assert len(find_clauses(barred, BOOK)) == 2
    assert codes("The Employer shall not:\n- keep the passport\n- take a deposit\n- fix a penalty") == set()
    assert codes("The Worker may:\n(a) marry;\n(b) join a trade union.") == set()


def test_a_text_in_two_languages_is_read_in_both():
    both = "The employer keeps the passport.\nパスポートは会社が保管する。\nآجر پاسپورٹ رکھے گا۔"
    assert len(find_clauses(both, BOOK, "en")) == 3


@pytest.mark.parametrize(
    ("text", "number"), [("25万", 250_000), ("1,200", 1200), ("ڈھائی لاکھ", 250_000), ("ایک لاکھ نوے ہزار", 190_000)]
)
def test_reads_amounts_as_people_write_them(text, number):
    assert amount(letters_of(text)) == number


SCRAPS = (
    "passport",
    "保証金",
    "جرمانہ",
    "not",
    "ない",
    "نہیں",
    "if",
    "、",
    "،",
    "。",
    "\n",
    "( a )",
    "٣",
    "ｶﾞ",
    "\u0651",
    "\u200b",
    "deposit",
)


@settings(max_examples=60)
@given(st.text(max_size=120) | st.lists(st.sampled_from(SCRAPS), max_size=20).map(" ".join))
def test_every_place_lies_in_the_text(text):
    for one in find_clauses(text, BOOK, "en"):
        assert 0 <= one.begin < one.end <= len(text)
        assert one.code in CODES


def test_every_kind_has_its_rule_and_every_pattern_its_words():
    assert {row["code"] for row in BOOK.rows("clause_kinds")} == set(CODES)
    for code in CODES:
        assert kind_row(BOOK, code)["rule_en"]
    for language in ("en", "ur", "ja"):
        words = grammar(BOOK, language)
        assert {one.code for one in words.patterns} == set(CODES)
        named = {name for one in words.patterns for name in (*one.parts, *one.unless, *one.despite)}
        assert named <= set(words.words)

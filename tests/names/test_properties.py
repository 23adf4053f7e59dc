"""What holds for any two texts, however strange."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rahdari.names import Entry, Index, compare, normalise
from rahdari.names.parsing import MOST_LETTERS, MOST_WORDS

KINDS = st.sampled_from(["person", "organisation"])
LETTERS = st.sampled_from("abdhiklmnortuz اآبتحدرسعکلمنوہی アイウカサタナハマラン細川藤孝・々ー()&./-'㈱ｱ\u200f\u064e")
strange = st.one_of(
    st.text(max_size=30), st.text(LETTERS, max_size=30), st.binary(max_size=30).map(lambda raw: raw.decode("latin-1"))
)


@settings(max_examples=80)
@given(strange, strange, KINDS)
def test_a_score_is_the_same_both_ways_round_and_every_time(left, right, kind):
    found, turned = compare(left, right, kind), compare(right, left, kind)
    assert 0.0 <= found.score <= 1.0
    assert found.score == turned.score
    assert found == compare(left, right, kind)
    if normalise(left, kind).folded != normalise(right, kind).folded:
        assert [(part.left, part.right) for part in found.parts] == [(part.right, part.left) for part in turned.parts]


@settings(max_examples=40)
@given(st.lists(strange, max_size=4), strange, KINDS)
def test_any_register_takes_any_query(names, query, kind):
    index = Index(Entry(str(number), kind, (name,)) for number, name in enumerate(names))
    hits = index.search(query, 3, kind)
    assert len(hits) <= 3
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(hit.id in map(str, range(len(names))) for hit in hits)


def test_half_a_letter_is_no_fault():
    index = Index([Entry("\ud800", "person", ("Lakhani \udc00 Tufail",))])
    assert index.search("Tufail Lakhani \ud800", 1, "person")[0].id == "\ud800"


@pytest.mark.parametrize("unit", ["a b ", "محمد ", "田中", "カナ・", "(", "ﷺ", "a"])
@pytest.mark.parametrize("kind", ["person", "organisation"])
def test_of_ten_thousand_letters_only_the_first_are_read(unit, kind):
    text = (unit * 10_000)[:10_000]
    name = normalise(text, kind)
    assert len(name.folded) <= MOST_LETTERS
    assert len(name.core) + len(name.beside) + len(name.father) <= 2 * MOST_WORDS
    assert compare(text, text + "b", kind).score == 1.0
    assert len(Index([Entry("1", kind, (text,))]).search(text[1:], 1, kind)) < 2

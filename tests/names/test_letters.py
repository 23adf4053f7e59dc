"""The distance of two words: what is told without an alignment is the same as with one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rahdari.names.folding import KANA, LATIN, URDU
from rahdari.names.letters import STRANGE, distance, sound_of, without_near
from rahdari.names.sounds import units_of

LETTERS = {LATIN: "abdhiklmnortuz", URDU: "ابتحدرسعکلمنوہی", KANA: "アイウカサタナハマラン"}
words = st.sampled_from(sorted(LETTERS)).flatmap(lambda script: st.tuples(st.text(LETTERS[script], max_size=8), st.just(script)))


@settings(max_examples=200)
@given(words, words, st.floats(0.0, 30.0))
def test_a_limit_changes_no_distance_below_it(one, other, limit):
    ours, theirs = units_of(*one), units_of(*other)
    exact = distance(ours, theirs, (one[1], other[1]))
    assert distance(ours, theirs, (one[1], other[1]), limit) == pytest.approx(min(exact, limit))


@settings(max_examples=200)
@given(words, words)
def test_units_with_nothing_near_cost_what_they_are_said_to_cost(one, other):
    scripts = (one[1], other[1])
    ours, theirs = units_of(*one), units_of(*other)
    strange = (sound_of(theirs).bits & without_near(sound_of(ours), scripts)).bit_count()
    assert distance(ours, theirs, scripts) >= STRANGE * strange - 1e-9


def test_strange_units_are_told():
    assert sound_of(units_of("bdk", LATIN)).bits & without_near(sound_of(units_of("lakhani", LATIN)), (LATIN, LATIN))

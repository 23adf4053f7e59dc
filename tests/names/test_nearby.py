"""Words that sound like one, found among many, are those found one by one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rahdari.names.alignment import nearness
from rahdari.names.folding import KANA, LATIN, URDU
from rahdari.names.letters import sound_of
from rahdari.names.nearby import near_ones
from rahdari.names.sounds import units_of

LETTERS = {LATIN: "abdhilmnrtu", URDU: "ابتحدرلمنوی", KANA: "アイカタナマラン"}
scripts = st.sampled_from(sorted(LETTERS))


@settings(max_examples=60)
@given(st.data(), scripts, scripts)
def test_among_many_as_one_by_one(data, script, other):
    word = data.draw(st.text(LETTERS[script], min_size=1, max_size=6))
    others = data.draw(st.lists(st.text(LETTERS[other], min_size=1, max_size=6), max_size=8))
    if not units_of(word, script) or not all(units_of(one, other) for one in others):
        return
    sounds = [(sound_of(units_of(one, other)), number) for number, one in enumerate(others)]
    found = dict(near_ones(sound_of(units_of(word, script)), script, sounds, other, 0.8))
    one_by_one = {number: nearness(one, other, word, script, 3.0) for number, one in enumerate(others)}
    assert found == pytest.approx({number: share for number, share in one_by_one.items() if share < 0.8})

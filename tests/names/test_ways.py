"""The ways in which the words of a name may be written, and how quickly the likeliest of many is told by them."""

from __future__ import annotations

import pytest

from rahdari.names import Entry, Index
from rahdari.names.keys import keys_of
from rahdari.names.parsing import parse
from rahdari.names.rough import NEW_WAY, NEW_WORD, Rough
from rahdari.names.ways import all_ways_of, ways_of

A_WAY = NEW_WAY | NEW_WORD


def written(name, kind="person", ways=ways_of):
    return [" ".join(word[0] for word in way) for way in ways(parse(name, kind))]


@pytest.mark.parametrize(
    ("name", "kind", "ways"),
    [
        ("Tufail Lakhani", "person", ["tufail lakhani"]),
        ("Rahmat Ullah Brohi", "person", ["rahmat ullah brohi", "rahmatullah brohi"]),
        ("Allah Wasaya Brohi", "person", ["allah wasaya brohi", "allahwasaya brohi"]),
        ("Abdel Ghani Brohi", "person", ["abdelghani brohi"]),
        ("Koh Noor Travels", "organisation", ["koh noor", "kohnoor"]),
    ],
)
def test_the_ways_of_a_name(name, kind, ways):
    assert written(name, kind) == ways


def test_a_name_in_kanji_without_a_space_may_be_parted_in_several_ways():
    assert {"長谷 部和士", "長谷部 和士"} <= set(written("長谷部和士", ways=all_ways_of))


def test_keys_of_a_sound_are_shared_however_it_is_spelt():
    for latin, urdu in (("lucy", "لوسی"), ("dakir", "ذاکر"), ("noori", "النوری"), ("wright", "رایٹ"), ("jilani", "گیلانی")):
        assert set(keys_of(latin, "latin")) & set(keys_of(urdu, "urdu"))
    assert set(keys_of("gilani", "latin")) & set(keys_of("jilani", "latin"))


@pytest.fixture(scope="module")
def asked():
    """Two words asked for, which the words 1 and 2 of the register are; 3 sounds a little like the second."""
    return Rough("person", [[0, 1]], [[(1, 0.0)], [(2, 0.0), (3, 0.6)]])


def test_the_likelier_entry_has_more_odds(asked):
    both, near, turned = (
        asked.odds(words) for words in ([1 | A_WAY, 2 | NEW_WORD], [1 | A_WAY, 3 | NEW_WORD], [2 | A_WAY, 1 | NEW_WORD])
    )
    more, other, one = (
        asked.odds(words) for words in ([1 | A_WAY, 9 | NEW_WORD, 2 | NEW_WORD], [1 | A_WAY, 9 | NEW_WORD], [1 | A_WAY])
    )
    assert both > turned > more
    assert both > near > other
    assert both > one
    assert asked.odds([8 | A_WAY, 9 | NEW_WORD]) < other


def test_words_written_as_one_stand_where_they_stand():
    asked = Rough("person", [[0, 1, 2], [0, 3, 2]], [[(1, 0.0)], [], [(2, 0.0)], [(3, 0.0)]])
    assert asked.odds([1 | A_WAY, 3 | NEW_WORD, 2 | NEW_WORD]) > asked.odds([1 | A_WAY, 2 | NEW_WORD, 3 | NEW_WORD])


def test_the_best_way_of_an_entry_counts(asked):
    assert asked.odds([8 | A_WAY, 1 | A_WAY, 2 | NEW_WORD]) == asked.odds([1 | A_WAY, 2 | NEW_WORD])


REGISTER = Index(
    [
        Entry("P1", "person", ("千種 優郁", "Chigusa Yui")),
        Entry("P2", "person", ("Zarak Tufail Lakhani",)),
        Entry("P3", "person", ("長谷部　和士",)),
        Entry("O1", "organisation", ("Lakhani & Brohi Traders",)),
    ]
)


@pytest.mark.parametrize(
    ("query", "kind", "answer", "least", "most"),
    [
        ("チグサ・ユイ", "person", "P1", 0.9, 1.0),
        ("チグサ・ユカ", "person", "P1", 0.0, 0.7),  # the register tells how the kanji are read
        ("Lakhani Zarak Tufail", "person", "P2", 0.7, 1.0),
        ("Tufail Zarak Lakhani", "person", "P2", 0.0, 0.5),
        ("長谷部和士", "person", "P3", 0.9, 1.0),
        ("Brohi & Lakhani Traders", "organisation", "O1", 0.8, 1.0),
    ],
)
def test_scores_in_a_register(query, kind, answer, least, most):
    hit = REGISTER.search(query, 1, kind)[0]
    assert hit.id == answer
    assert least <= hit.score <= most

"""Keys by which a database finds names: shared by what is alike, whatever the script."""

from __future__ import annotations

import pytest

from rahdari.names.doors import LONGEST_KEY, MOST_KEYS, score, search_keys, sought

FIRM, SOMEONE = "organisation", "person"
ALIKE = (
    ("Sitara Promoters", "ستارہ پروموٹرز"),
    ("Sitara Promoters", "シターラ・プロモーターズ"),
    ("M/s SITAARA Recruiting (Pvt.) Ltd.", "Sitara Promoters"),
    ("Kakehashi Shien", "かけはし支援"),
    ("山田建設株式会社", "Yamada Kensetsu"),
    ("Al-Noor Overseas", "النور اوورسیز"),
)


def finds(query, name, kind=FIRM):
    """Whether the name bears a key of every word asked for, or of those run together."""
    keys, asked = search_keys(name, kind), sought(query, kind)
    return bool(asked.words) and (all(keys & word for word in asked.words) or bool(keys & asked.together))


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_names_that_are_alike_are_found_by_each_other(one, other):
    assert finds(one, other) and finds(other, one)


def test_a_typing_error_in_a_consonant_is_near():
    keys, asked = search_keys("Karwan Express", FIRM), sought("Karwat Express", FIRM)
    assert not all(keys & word for word in asked.words)
    assert all(keys & (word | near) for word, near in zip(asked.words, asked.near, strict=True))


def test_a_name_finds_itself_and_no_other():
    assert finds("Sitara Promoters", "Sitara Promoters")
    assert not finds("Sitara Promoters", "Karwan Express")
    assert not finds("Bilal Sheikh", "Javed Anjum", SOMEONE)


@pytest.mark.parametrize("text", ["", " ", "%", "()", "١٢٣", "\x00", "ء" * 300, "x" * 5_000, "Ltd"])
def test_odd_texts_have_few_short_keys(text):
    for kind in (FIRM, SOMEONE):
        keys = search_keys(text, kind)
        assert len(keys) <= MOST_KEYS and all(len(key) <= LONGEST_KEY for key in keys)
        assert sought(text, kind).words is not None


def test_a_long_text_asks_for_no_more_than_a_long_name():
    asked = sought(" ".join(f"Karwan{letter}" for letter in "bdfgklmnprst"), FIRM)
    assert len(asked.words) == len(asked.near) == 6


def test_the_name_in_the_script_of_the_query_is_the_one_compared():
    names = ("Sitara Promoters", "ستارہ پروموٹرز")
    assert score("Sitara Promoters", names, FIRM) == (1.0, names[0])
    assert score("ستارہ پروموٹرز", names, FIRM) == (1.0, names[1])
    assert score("Karwan Express", names, FIRM)[0] < 0.1

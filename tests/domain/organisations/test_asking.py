"""Which names a search looks through: those that sound alike, and never thousands for a word that says little."""

from __future__ import annotations

import pytest
from django.db import connection

from rahdari.base.clock import now
from rahdari.domain.organisations.models import OrganisationName
from rahdari.domain.organisations.queries.key_counts import RARE, key_counts
from rahdari.domain.organisations.rules.asking import (
    MOST_NAMES,
    bearing_a_word,
    bearing_every_word,
    bearing_nearly_every_word,
)
from rahdari.names.doors import search_keys, sought
from tests.make import organisations as make

FIRM = "organisation"
MANY = MOST_NAMES + 1
STEPS = (bearing_every_word, bearing_nearly_every_word, bearing_a_word)


def nothing_is_frequent(_key: str) -> float:
    return 1.0


def everything_is_frequent(_key: str) -> float:
    return float(MANY)


def frequent(*keys):
    return lambda key: float(MANY) if key in keys else 1.0


def finds(step, query, name, counted=nothing_is_frequent):
    """Whether a step looks through the name."""
    keys = search_keys(name, FIRM)
    return any(all(keys & group for group in groups) for groups in step(sought(query, FIRM), counted))


@pytest.mark.parametrize(
    ("query", "name", "found_by"),
    [
        ("Karwan Express", "Karwan Express", (True, True, True)),
        ("Karwat Express", "Karwan Express", (False, True, True)),  # another consonant
        ("Kawran Express", "Karwan Express", (True, True, True)),  # w is no consonant of a key
        ("Karnan Express", "Karanan Express", (True, True, True)),
        ("Kardwan Express", "Karwan Express", (False, True, True)),  # one more
        ("Kawan Express", "Karwan Express", (False, True, True)),  # one fewer
        ("Kadi Express", "Kami Express", (False, False, True)),  # another one, of two
        ("Sitara Gulf Express", "Sitara Express", (False, True, True)),  # a word of three not there
        ("Karwan", "Karwan Express", (True, True, True)),
        ("Nadir Express", "Karwan Express", (False, False, True)),
        ("Nadir Overseas", "Karwan Express", (False, False, False)),
    ],
)
def test_each_step_is_wider(query, name, found_by):
    assert tuple(finds(step, query, name) for step in STEPS) == found_by


def test_a_sound_that_many_share_counts_with_the_word_or_the_trade():
    shah = frequent("~S")
    assert finds(bearing_every_word, "Shah Travels", "Shah Consultants", shah)  # as it is written
    assert finds(bearing_every_word, "Shah Travels", "Sheh Travels", shah)  # in the same trade
    assert not finds(bearing_every_word, "Shah Travels", "Sheh Consultants", shah)
    assert finds(bearing_every_word, "Shah Travels", "Sheh Consultants")


def test_the_rarest_words_are_looked_for_first():
    counted = frequent("~S", "=shah")
    assert finds(bearing_a_word, "Shah Karwan", "Karwan Brothers", counted)
    assert not finds(bearing_a_word, "Shah Karwan", "Shah Brothers", counted)


def test_where_every_key_is_frequent_a_step_asks_for_the_trade_or_nothing():
    for step in STEPS:
        for groups in step(sought("Shah Travels", FIRM), everything_is_frequent):
            assert sought("Shah Travels", FIRM).trades in groups
        assert step(sought("Shah", FIRM), everything_is_frequent) == []


@pytest.mark.parametrize(
    "text", ["", "Ltd", "()", "x" * 500, "株式会社白鳥介護サービス", "A And B And C And D And E And F And G And H"]
)
def test_no_group_is_ever_empty(text):
    for counted in (nothing_is_frequent, everything_is_frequent):
        for step in STEPS:
            assert all(groups and all(groups) for groups in step(sought(text, FIRM), counted))


class TestCounts:
    @pytest.fixture(autouse=True)
    def counted_anew(self):
        """Nothing is remembered of the tables of another test."""
        from rahdari.domain.organisations.queries.key_counts import _counts

        _counts.cache_clear()
        yield
        _counts.cache_clear()

    @pytest.mark.django_db
    def test_come_from_the_statistics_of_the_database(self):
        for number in range(20):
            make.entered("OEP", f"OP&HRD/51{number:02}/SKT/2024", name=f"Karwan Nadir{number}")
        with connection.cursor() as cursor:
            cursor.execute(f"analyze {OrganisationName._meta.db_table}")
        counted = key_counts(now())
        assert counted("~KRN") == pytest.approx(OrganisationName.objects.filter(search_keys__contains=["~KRN"]).count())
        assert counted("~NOBODY") == RARE

    @pytest.mark.django_db
    def test_are_few_where_nothing_was_analysed(self):
        with connection.cursor() as cursor:
            cursor.execute("delete from pg_statistic where starelid = %s::regclass", [OrganisationName._meta.db_table])
        assert key_counts(now())("~KRN") == RARE

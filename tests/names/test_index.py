"""A small register of invented names."""

from __future__ import annotations

import pytest

from rahdari.names import Entry, Index, compare

REGISTER = [
    Entry("P1", "person", ("Tufail Lakhani",)),
    Entry("P2", "person", ("Muhammad Tufail Brohi", "محمد طفیل بروہی")),
    Entry("P3", "person", ("Gulzar Lakhani",)),
    Entry("P4", "person", ("細川藤孝", "Hosokawa Fujitaka")),
    Entry("P5", "person", ("細川忠興",)),
    Entry("P6", "person", ("Shamsuddin Brohi",)),
    Entry("P7", "person", ("Abdul Ghani Rakhshani",)),
    Entry("P8", "person", ("Zahoor Nadir Brohi",)),
    Entry("O1", "organisation", ("M/s Koh Noor Overseas Employment Promoters (Pvt) Ltd, Gujrat",)),
    Entry("O2", "organisation", ("Koh Noor Travels & Tours",)),
    Entry("O3", "organisation", ("株式会社細川建設", "Hosokawa Kensetsu Co., Ltd.")),
    Entry("O4", "organisation", ("細川水産㈱",)),
    Entry("O5", "organisation", ("Ar-Razzaq Manpower Services",)),
]


@pytest.fixture(scope="module")
def index():
    return Index(REGISTER)


@pytest.mark.parametrize(
    ("query", "kind", "answer"),
    [
        ("Tufail Lakhani", "person", "P1"),
        ("طفیل لاکھانی", "person", "P1"),
        ("LAKHANI, Dr. Tufayl", "person", "P1"),
        ("Tufial Lakhani", "person", "P1"),
        ("Mohd. Tufail Brohi", "person", "P2"),
        ("トゥファイル・ブロヒ", "person", "P2"),
        ("گلزار لاکھانی", "person", "P3"),
        ("ほそかわふじたか", "person", "P4"),
        ("Tadaoki Hosokawa", "person", "P5"),
        ("細川 忠興様", "person", "P5"),
        ("Shams ud-Din Brohi", "person", "P6"),
        ("عبدالغنی رخشانی", "person", "P7"),
        ("Koh-Noor OEP", "organisation", "O1"),
        ("کوہ نور ٹریولز", "organisation", "O2"),
        ("ホソカワケンセツ", "organisation", "O3"),
        ("Hosokawa Fisheries", "organisation", "O4"),
        ("الرزاق مین پاور سروسز", "organisation", "O5"),
    ],
)
def test_the_best_hit(index, query, kind, answer):
    assert index.search(query, 3, kind)[0].id == answer


def test_hits_come_best_first_and_not_more_than_asked(index):
    hits = index.search("Tufail Lakhani", 2, "person")
    assert len(hits) == 2
    assert hits[0].score > hits[1].score


def test_a_part_more_tells_less_among_many_names_than_between_two(index):
    between_two = compare("Zahoor Brohi", "Zahoor Nadir Brohi", "person").score
    hits = {hit.id: hit.score for hit in index.search("Zahoor Brohi", 5, "person")}
    assert hits["P8"] < min(0.5, between_two)


def test_the_kind_is_guessed(index):
    assert index.search("Koh Noor Travels (Pvt) Ltd")[0].id == "O2"
    assert index.search("Gulzar Lakhani")[0].id == "P3"


def test_nothing_alike_is_nothing_found(index):
    assert index.search("Zimbabwe Quixote", kind="person") == []
    assert index.search("", kind="person") == []


def test_what_comes_later_is_found_too():
    index = Index(REGISTER)
    index.search("Wahab Rakhshani", kind="person")
    index.add(Entry("P9", "person", ("Wahab Rakhshani",)))
    assert index.search("وہاب رخشانی", kind="person")[0].id == "P9"
    assert len(index) == len(REGISTER) + 1


@pytest.mark.parametrize("asked", ["Rana & Malik Overseas", "M/s Rana, Malik Overseas", "Malik Rana Overseas"])
def test_partners_of_a_firm_may_stand_in_any_order(asked):
    """Whoever was closed as one may ask again as the other: the score stays above that of a ban (0.5)."""
    others = [Entry(f"F{number}", "organisation", (f"Firm{number} Overseas",)) for number in range(50)]
    index = Index([Entry("closed", "organisation", ("Malik & Rana Overseas",)), *others])
    best = index.search(asked)[0]
    assert best.id == "closed" and best.score > 0.8


GIVEN = "Zarak Tufail Gulzar Murad Shahmir Bahram Jangal Sohrab Rustam Balach Chakar Hammal Mazar Kambar Nodan Gazin Doda Mehran"


def test_a_typing_error_does_not_hide_a_name_behind_one_that_is_a_little_near():
    index = Index([Entry(name, "person", (f"{name} Kalmati",)) for name in [*GIVEN.split(), "Samiha"]])
    assert index.search("Samijs Kalmati", 10, "person")[0].id == "Samiha"

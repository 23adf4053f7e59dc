"""Editions of the reference data: history may not be edited, and what changed is told."""

from __future__ import annotations

import datetime as dt

import pytest

from rahdari.base.actor import machine
from rahdari.base.editions import book_of, current_book, edited_history, load_edition, newest_edition, told_changes
from rahdari.base.models import AuditEntry, Edition
from rahdari.base.reference import Book, Row, shipped_book
from rahdari.base.refusal import Refused

AT = dt.datetime(2026, 11, 25, 3, 0, tzinfo=dt.UTC)
NOBODY = machine("jp", "command")
HEAD = ["code", "valid_from", "valid_until", "name_en", "name_ur", "status", "source", "confidence", "translation_check", "note"]
OPEN = ("A", "2019-04-01", "", "Bridge", "پل", "open", "J1", "medium", "no", "")
DOUBTFUL = ("B", "2020-01-01", "", "Gate", "دروازہ", "open", "J1", "high", "yes", "")
ENDED = ("C", "2019-04-01", "2021-03-31", "Road", "سڑک", "closed", "J1", "high", "no", "")
STATES = frozenset({"things.status"})


def book(*rows, head=HEAD, version="", **others):
    tables = {"things": [Row(dict(zip(head, row, strict=True))) for row in rows]} | others
    return Book(tables, [], version or str(abs(hash(repr(tables))))[:12])


def changed(row, **cells):
    return tuple(cells.get(column, value) for column, value in zip(HEAD, row, strict=True))


BEFORE = book(OPEN, DOUBTFUL, ENDED)


class TestEditedHistory:
    def test_finds_nothing_in_an_unchanged_book(self):
        assert edited_history(BEFORE, BEFORE, STATES) == []

    def test_finds_nothing_when_the_order_of_lines_changed(self):
        assert edited_history(BEFORE, book(ENDED, OPEN, DOUBTFUL), STATES) == []

    @pytest.mark.parametrize("cells", [{"code": "Z"}, {"valid_from": "2019-05-01"}, {"valid_from": ""}, {"name_en": "Tunnel"}])
    def test_finds_a_changed_fact(self, cells):
        faults = edited_history(BEFORE, book(changed(OPEN, **cells), DOUBTFUL, ENDED), STATES)
        assert faults == ["things.csv: the row that stood in line 2 is gone or was changed"]

    def test_finds_a_removed_row(self):
        assert edited_history(BEFORE, book(OPEN, ENDED), STATES) == [
            "things.csv: the row that stood in line 3 is gone or was changed"
        ]

    def test_finds_one_of_two_equal_rows_removed(self):
        assert len(edited_history(book(OPEN, OPEN), book(OPEN))) == 1

    def test_finds_a_removed_table(self):
        assert edited_history(BEFORE, Book({"others": [Row({"a": "1"})]}, [], "x")) == ["things.csv is gone"]

    def test_finds_an_emptied_table(self):
        assert edited_history(BEFORE, book()) == ["things.csv is gone"]

    def test_finds_a_removed_column_once(self):
        head = [column for column in HEAD if column != "note"]
        short = [row[:-1] for row in (OPEN, DOUBTFUL, ENDED)]
        assert edited_history(BEFORE, book(*short, head=head)) == ["things.csv: the column note is gone"]

    def test_allows_a_new_row_a_new_table_and_a_new_column(self):
        longer = [(*row, "new") for row in (OPEN, DOUBTFUL, ENDED, changed(OPEN, code="D"))]
        after = book(*longer, head=[*HEAD, "more"], others=[Row({"a": "1"})])
        assert edited_history(BEFORE, after, STATES) == []

    def test_allows_an_end_to_be_given_once(self):
        ended = changed(OPEN, valid_until="2026-12-31")
        assert edited_history(BEFORE, book(ended, DOUBTFUL, ENDED)) == []

    @pytest.mark.parametrize("end", ["", "2022-03-31"])
    def test_finds_an_end_that_was_changed_or_taken_back(self, end):
        faults = edited_history(BEFORE, book(OPEN, DOUBTFUL, changed(ENDED, valid_until=end)))
        assert faults == ["things.csv: valid_until of the row that stood in line 4 was changed"]

    def test_takes_an_ended_row_and_its_successor_for_what_they_are(self):
        successor = changed(ENDED, valid_until="")
        assert edited_history(book(successor, ENDED), book(ENDED, changed(ENDED, valid_until="2026-01-01"))) == []

    @pytest.mark.parametrize("cells", [{"confidence": "high"}, {"source": "J2"}, {"note": "seen"}, {"translation_check": "yes"}])
    def test_allows_to_know_better(self, cells):
        assert edited_history(BEFORE, book(changed(OPEN, **cells), DOUBTFUL, ENDED)) == []

    def test_allows_a_state_to_change_only_where_the_column_is_one(self):
        after = book(changed(OPEN, status="closed"), DOUBTFUL, ENDED)
        assert edited_history(BEFORE, after, STATES) == []
        assert len(edited_history(BEFORE, after)) == 1

    def test_allows_a_doubtful_translation_to_be_corrected(self):
        assert edited_history(BEFORE, book(OPEN, changed(DOUBTFUL, name_ur="پھاٹک"), ENDED)) == []

    def test_finds_a_changed_translation_nobody_doubted(self):
        faults = edited_history(BEFORE, book(changed(OPEN, name_ur="گزرگاہ"), DOUBTFUL, ENDED))
        assert faults == ["things.csv: name_ur of the row that stood in line 2 was changed, though no doubt was noted"]


class TestToldChanges:
    def test_counts_what_is_new_ended_and_corrected(self):
        after = book(changed(OPEN, valid_until="2026-12-31"), changed(DOUBTFUL, note="seen"), ENDED, changed(OPEN, code="D"))
        assert told_changes(BEFORE, after, STATES) == ["things: 1 new", "things: 1 ended", "things: 1 corrected"]

    def test_counts_only_new_rows_as_new_when_a_column_came(self):
        longer = [(*row, "new") for row in (OPEN, DOUBTFUL, ENDED, changed(OPEN, code="D"))]
        assert told_changes(BEFORE, book(*longer, head=[*HEAD, "more"]), STATES) == ["things: 1 new"]

    def test_tells_a_changed_form_of_a_number(self):
        before, after = Book({}, [{"name": "cnic", "regex": "a"}], "1"), Book({}, [{"name": "cnic", "regex": "b"}], "2")
        assert told_changes(before, after) == ["identifiers: 1 corrected"]


@pytest.mark.django_db
class TestLoadEdition:
    def load(self, what, faults=(), at=AT):
        return load_edition(actor=NOBODY, book=what, faults=list(faults), at=at, states=STATES)

    def test_makes_the_book_the_one_in_force(self):
        self.load(BEFORE)
        assert current_book().version == BEFORE.version
        assert AuditEntry.objects.get().verb == "base.load_edition"

    def test_keeps_rows_and_the_order_of_their_columns(self):
        self.load(BEFORE)
        kept = book_of(Edition.objects.get())
        assert kept.tables == BEFORE.tables
        assert list(kept.tables["things"][0]) == HEAD

    def test_keeps_the_shipped_book_whole(self):
        self.load(shipped_book())
        assert book_of(newest_edition()).tables == shipped_book().tables

    def test_refuses_faults_and_leaves_nothing(self):
        with pytest.raises(Refused) as refused:
            self.load(BEFORE, ["things.csv:2: no", "things.csv:3: no"])
        assert [one.code for one in refused.value.refusals] == ["edition_broken"] * 2
        assert not Edition.objects.exists() and not AuditEntry.objects.exists()

    def test_refuses_the_same_book_again(self):
        self.load(BEFORE)
        with pytest.raises(Refused, match="edition_in_force"):
            self.load(BEFORE, at=AT + dt.timedelta(minutes=1))

    def test_refuses_edited_history(self):
        self.load(BEFORE)
        with pytest.raises(Refused, match="history_edited"):
            self.load(book(changed(OPEN, name_en="Tunnel"), DOUBTFUL, ENDED), at=AT + dt.timedelta(minutes=1))
        assert current_book().version == BEFORE.version

    def test_refuses_to_go_back(self):
        self.load(BEFORE)
        self.load(book(OPEN, changed(DOUBTFUL, note="seen"), ENDED), at=AT + dt.timedelta(minutes=1))
        with pytest.raises(Refused, match="edition_before"):
            self.load(BEFORE, at=AT + dt.timedelta(minutes=2))

    def test_notes_the_changes(self):
        self.load(BEFORE)
        edition = self.load(book(OPEN, DOUBTFUL, ENDED, changed(OPEN, code="D")), at=AT + dt.timedelta(minutes=1))
        assert edition.changes == ["things: 1 new"]

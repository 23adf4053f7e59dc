"""The unit of work: one transaction, one entry, nothing left behind by what failed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from rahdari.base.access import in_role, permits
from rahdari.base.actor import machine
from rahdari.base.clock import now
from rahdari.base.models import AuditEntry, OutboxEntry, StoredFile, Waiting
from rahdari.base.refusal import Refusal, Refused
from rahdari.base.rows import OutsideWork
from rahdari.base.waiting import waiting_for, waiting_on
from rahdari.base.work import Missing, NotRecorded, unit_of_work

pytestmark = pytest.mark.django_db
ACTOR = machine("pk", "command")
AT = dt.datetime(2026, 11, 25, 9, 0, tzinfo=dt.UTC)


def paper(unit):
    return unit.add(StoredFile(hash="0" * 64, size=1, kind="text/plain", name="invented.txt", taken_at=unit.at))


def kept():
    with unit_of_work("things.keep", actor=ACTOR, at=AT) as unit:
        row = paper(unit)
        unit.about(row, size=1, on=dt.date(2026, 11, 25))
    return row


KEEP = permits("things", {"keep": (in_role("node"),), "note": (in_role("node"),)})


def keep_and_note(scopes, role="node"):
    """An action that calls another one, by a program with these scopes."""
    actor = replace(ACTOR, scopes=scopes, role=role)
    with unit_of_work("things.keep", actor=actor, at=AT) as unit:
        unit.permit(KEEP["keep"])
        row = paper(unit)
        unit.about(row)
        with unit_of_work("things.note", actor=actor, at=AT) as inner:
            inner.permit(KEEP["note"])
            inner.about(row)


class TestScopesOfAToken:
    def test_are_asked_of_the_outermost_action_alone(self):
        keep_and_note(frozenset({"things.keep"}))
        with pytest.raises(Refused) as refused:
            keep_and_note(frozenset({"things.note"}))
        assert [one.code for one in refused.value.refusals] == ["not_in_scope"]

    def test_an_action_that_is_called_still_asks_who_acts(self):
        actor = replace(ACTOR, role="public")
        with pytest.raises(Refused) as refused, unit_of_work("things.keep", actor=ACTOR, at=AT) as unit:
            unit.about(paper(unit))
            with unit_of_work("things.note", actor=actor, at=AT) as inner:
                inner.permit(KEEP["note"])
        assert [one.code for one in refused.value.refusals] == ["not_permitted"]


class TestUnitOfWork:
    def test_leaves_exactly_one_audit_entry(self):
        row = kept()
        entry = AuditEntry.objects.get()
        assert (entry.verb, entry.subject_id, entry.facts) == ("things.keep", str(row.pk), {"size": 1, "on": "2026-11-25"})
        assert (entry.role, entry.node, entry.channel, entry.at) == ("node", "pk", "command", AT)

    def test_undoes_an_action_that_does_not_say_what_it_was_about(self):
        with pytest.raises(NotRecorded), unit_of_work("things.keep", actor=ACTOR, at=AT) as unit:
            paper(unit)
        assert not StoredFile.objects.exists()

    def test_refuses_to_speak_of_two_subjects(self):
        with pytest.raises(NotRecorded), unit_of_work("things.keep", actor=ACTOR, at=AT) as unit:
            row = paper(unit)
            unit.about(row)
            unit.about(row)

    def test_leaves_nothing_behind_when_refused(self):
        with pytest.raises(Refused) as refused, unit_of_work("things.keep", actor=ACTOR, at=AT) as unit:
            unit.about(paper(unit))
            unit.say("thing.said/1", {}, marking={"level": "public", "bodies": []})
            unit.refuse([Refusal("wrong_state"), Refusal("reason_missing")])
        assert [one.code for one in refused.value.refusals] == ["wrong_state", "reason_missing"]
        assert not StoredFile.objects.exists() and not OutboxEntry.objects.exists() and not AuditEntry.objects.exists()

    def test_an_action_within_an_action_joins_its_entry(self):
        with unit_of_work("things.sort", actor=ACTOR, at=AT) as unit:
            inner = kept()
            unit.about(paper(unit))
        entry = AuditEntry.objects.get()
        assert entry.verb == "things.sort"
        assert entry.also == [f"things.keep base.storedfile {inner.pk}"]

    def test_an_inner_refusal_undoes_the_outer_action_too(self):
        with pytest.raises(Refused), unit_of_work("things.sort", actor=ACTOR, at=AT) as unit:
            unit.about(paper(unit))
            with unit_of_work("things.keep", actor=ACTOR, at=AT) as inner:
                inner.refuse([Refusal("wrong_state")])
        assert not StoredFile.objects.exists()

    def test_the_next_unit_is_not_an_inner_one_after_a_failure(self):
        with pytest.raises(RuntimeError), unit_of_work("things.keep", actor=ACTOR, at=AT):
            raise RuntimeError
        kept()
        assert AuditEntry.objects.get().also == []

    def test_asks_the_permission(self):
        permit = permits("things", {"keep": (in_role("clerk"),)})["keep"]
        with pytest.raises(Refused), unit_of_work("things.keep", actor=ACTOR, at=AT) as unit:
            unit.permit(permit)

    def test_counts_versions_up_and_refuses_a_stale_one(self):
        row = kept()
        with unit_of_work("things.name", actor=ACTOR, at=AT) as unit:
            held = unit.lock(StoredFile, row.pk, seen=1)
            held.name = "other.txt"
            unit.about(unit.save(held))
        assert StoredFile.objects.get().version == 2
        with pytest.raises(Refused) as refused, unit_of_work("things.name", actor=ACTOR, at=AT) as unit:
            unit.lock(StoredFile, row.pk, seen=1)
        assert refused.value.refusals[0].code == "stale"

    def test_does_not_tell_missing_from_not_allowed(self):
        with pytest.raises(Missing), unit_of_work("things.name", actor=ACTOR, at=AT) as unit:
            unit.lock(StoredFile, "0198c0de-0000-7000-8000-000000000000")


class TestWritesOutsideAUnit:
    def test_a_new_row_raises(self):
        with pytest.raises(OutsideWork):
            StoredFile(hash="0" * 64, size=1, kind="x", name="x", taken_at=AT).save()

    @pytest.mark.parametrize("write", [lambda rows: rows.update(name="x"), lambda rows: rows.delete()])
    def test_many_rows_raise(self, write):
        kept()
        with pytest.raises(OutsideWork):
            write(StoredFile.objects.all())

    def test_made_in_bulk_raises(self):
        with pytest.raises(OutsideWork):
            StoredFile.objects.bulk_create([StoredFile(hash="0" * 64, size=1, kind="x", name="x", taken_at=AT)])

    def test_changing_or_deleting_one_row_raises(self):
        row = kept()
        for write in (row.save, row.delete):
            with pytest.raises(OutsideWork):
                write()


class TestAuditEntriesInTheDatabase:
    @pytest.mark.parametrize("order", ["update base_auditentry set verb = 'x'", "delete from base_auditentry"])
    def test_refuse_to_be_changed_by_raw_sql(self, order):
        kept()
        with pytest.raises(ProgrammingError, match="Cannot update or delete"), connection.cursor() as cursor:
            cursor.execute(order)


class TestWaiting:
    def opened(self):
        with unit_of_work("things.ask", actor=ACTOR, at=AT) as unit:
            row = paper(unit)
            place = {"holder_body": "OFFICE", "holder_side": "jp", "url_name": "web.worklist", "due_at": AT}
            unit.wait("decide_thing", row, **place)
            unit.about(row)
        return row

    def test_is_read_by_the_office_that_holds_it(self):
        self.opened()
        mine = ACTOR.__class__(node="jp", role="clerk", body="OFFICE", person=None)
        other = ACTOR.__class__(node="jp", role="clerk", body="OTHER", person=None)
        assert waiting_for(mine).count() == 1
        assert waiting_for(other).count() == 0
        assert waiting_for(ACTOR.__class__(node="jp", role="public")).count() == 0

    def test_is_settled_with_an_outcome_and_stays_as_history(self):
        row = self.opened()
        with unit_of_work("things.decide", actor=ACTOR, at=now()) as unit:
            unit.settle("decide_thing", row, "granted")
            unit.about(unit.lock(StoredFile, row.pk))
        assert waiting_on("base.storedfile", str(row.pk)).count() == 0
        assert Waiting.objects.get().outcome == "granted"

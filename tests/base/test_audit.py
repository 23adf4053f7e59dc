"""The chain over the audit entries: what it finds, and what it cannot."""

from __future__ import annotations

import datetime as dt
import threading
import time

import pytest
from django.db import connection, connections, transaction

from rahdari.base.actor import machine
from rahdari.base.audit import link_entries, verify_chain
from rahdari.base.models import AuditEntry, AuditLink, StoredFile
from rahdari.base.work import unit_of_work

pytestmark = pytest.mark.django_db(transaction=True)
AT = dt.datetime(2026, 11, 25, 9, 0, tzinfo=dt.UTC)


def entries(number):
    for n in range(number):
        with unit_of_work("things.keep", actor=machine("pk", "command"), at=AT) as unit:
            row = StoredFile(hash=f"{n:064}", size=n, kind="text/plain", name="x", taken_at=AT)
            unit.about(unit.add(row), n=n)


def link_all():
    """Links until nothing is left: an open transaction of another database on the same server delays the linker too."""
    linked = 0
    for _ in range(300):
        linked += link_entries(at=AT)
        if AuditEntry.objects.count() == AuditLink.objects.count():
            return linked
        time.sleep(0.1)
    raise AssertionError("the entries were not linked within half a minute")


def by_force(order, *values):
    """What somebody with the rights of the owner could do."""
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        cursor.execute(order, values)
        cursor.execute("set session_replication_role = default")


class TestVerifyChain:
    def test_finds_nothing_wrong_with_an_honest_chain(self):
        entries(5)
        assert link_all() == 5
        verdict = verify_chain()
        assert (verdict.entries, verdict.unlinked, verdict.faults, verdict.head_seq) == (5, 0, [], 5)

    def test_reports_the_unlinked_tail(self):
        entries(2)
        link_all()
        entries(3)
        assert verify_chain().unlinked == 3

    def test_finds_a_changed_entry(self):
        entries(3)
        link_all()
        by_force("update base_auditentry set facts = '{\"n\": 9}' where facts ->> 'n' = '1'")
        assert [fault.split(":")[0] for fault in verify_chain().faults] == ["changed"]

    def test_finds_a_removed_entry(self):
        entries(3)
        link_all()
        by_force("delete from base_auditentry where facts ->> 'n' = '1'")
        assert any(fault.startswith("removed") for fault in verify_chain().faults)

    def test_finds_an_entry_removed_with_its_link(self):
        entries(3)
        link_all()
        by_force("delete from base_auditlink where seq = 2")
        by_force("delete from base_auditentry where facts ->> 'n' = '1'")
        assert any(fault.startswith("removed") for fault in verify_chain().faults)

    def test_finds_an_inserted_entry(self):
        entries(3)
        link_all()
        first = AuditEntry.objects.order_by("transaction").first()
        copy = "insert into base_auditentry select gen_random_uuid(), %s, at, 'things.invent', also, node, person, role, body, channel, "
        copy += "subject_kind, subject_id, facts from base_auditentry where id = %s"
        columns = [field.column for field in AuditEntry._meta.concrete_fields]
        assert columns[:4] == ["id", "transaction", "at", "verb"]
        by_force(copy, first.transaction, first.pk)
        assert [fault.split(":")[0] for fault in verify_chain().faults] == ["inserted"]

    def test_finds_a_cut_end_when_a_head_was_noted(self):
        entries(3)
        link_all()
        noted = verify_chain()
        by_force("delete from base_auditlink where seq = 3")
        by_force("delete from base_auditentry where facts ->> 'n' = '2'")
        assert verify_chain().faults == []
        assert verify_chain(expected=(noted.head_seq, noted.head)).faults

    def test_finds_a_chain_made_anew_when_a_head_was_noted(self):
        entries(3)
        link_all()
        noted = verify_chain()
        by_force("delete from base_auditlink")
        by_force("update base_auditentry set facts = '{\"n\": 9}' where facts ->> 'n' = '1'")
        link_all()
        assert verify_chain().faults == []
        assert verify_chain(expected=(noted.head_seq, noted.head)).faults


class TestLinkEntries:
    def test_waits_behind_the_oldest_open_transaction(self):
        """An entry whose transaction is still open may commit later; nothing newer is linked before it."""
        began, end = threading.Event(), threading.Event()

        def slow_writer():
            try:
                with transaction.atomic():
                    entries(1)
                    began.set()
                    end.wait(30)
            finally:
                connections.close_all()

        writer = threading.Thread(target=slow_writer)
        writer.start()
        assert began.wait(30)
        entries(2)
        linked_meanwhile = link_entries(at=AT)
        end.set()
        writer.join()
        assert linked_meanwhile == 0
        assert link_all() == 3
        assert verify_chain().faults == []

    def test_links_nothing_twice(self):
        entries(2)
        assert (link_all(), link_entries(at=AT)) == (2, 0)
        assert AuditLink.objects.count() == 2

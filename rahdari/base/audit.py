"""The chain over the audit entries: the linker that makes it and the check that reads it.

Entries are written unlinked. The linker takes those of finished transactions only (older
than the oldest transaction still open), in the order of their transactions, and hashes
each with the link before it. So the writers never wait for one another.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import connection, transaction

from .models import AuditEntry, AuditLink

FIRST = hashlib.sha256(b"rahdari-audit/1").digest()
LOCK = 0x52414844  # one linker at a time, by an advisory lock
BATCH = 2_000


def entry_bytes(entry: AuditEntry) -> bytes:
    """What is hashed of an entry: every column, as canonical JSON."""
    told = {
        "id": str(entry.id),
        "transaction": entry.transaction,
        "at": entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "verb": entry.verb,
        "also": entry.also,
        "node": entry.node,
        "person": None if entry.person is None else str(entry.person),
        "role": entry.role,
        "body": entry.body,
        "channel": entry.channel,
        "subject_kind": entry.subject_kind,
        "subject_id": entry.subject_id,
        "facts": entry.facts,
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def link_hash(seq: int, before: bytes, entry: AuditEntry) -> bytes:
    """The hash of a link: its number, the link before, the entry."""
    return hashlib.sha256(seq.to_bytes(8, "big") + before + hashlib.sha256(entry_bytes(entry)).digest()).digest()


def link_entries(*, at: dt.datetime) -> int:
    """Links what can be linked now and says how many; 0 when another linker is at work."""
    linked = 0
    while True:
        some = _link_batch(at)
        linked += some
        if some < BATCH:
            return linked


def _link_batch(at: dt.datetime) -> int:
    with transaction.atomic():
        if not _sql("select pg_try_advisory_xact_lock(%s)", LOCK):
            return 0
        last = AuditLink.objects.order_by("-seq").first()
        seq, before = (last.seq, bytes(last.hash)) if last else (0, FIRST)
        floor = last.transaction if last else 0
        ceiling = _sql("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        links = []
        for entry in _unlinked(floor).filter(transaction__lt=ceiling)[:BATCH]:
            seq, before = seq + 1, link_hash(seq + 1, before, entry)
            links.append(AuditLink(seq=seq, entry=entry, transaction=entry.transaction, hash=before, linked_at=at))
        AuditLink.objects.bulk_create(links)
    return len(links)


def _unlinked(floor: int):  # type: ignore[no-untyped-def]
    linked = AuditLink.objects.values("entry_id")
    return AuditEntry.objects.filter(transaction__gte=floor).exclude(pk__in=linked).order_by("transaction", "id")


def _sql(query: str, *values: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        row = cursor.fetchone()
    return 0 if row is None else int(row[0])


@dataclass(slots=True)
class Verdict:
    """What a check of the chain found; `faults` is empty when all is well. Hashes in hexadecimal."""

    entries: int = 0
    head_seq: int = 0
    head: str = FIRST.hex()
    unlinked: int = 0
    faults: list[str] = field(default_factory=list)


def verify_chain(*, expected: tuple[int, str] | None = None) -> Verdict:
    """Recomputes the whole chain: finds a changed, removed or inserted entry, and reports the unlinked tail.

    `expected` is a head (number, hash) noted earlier: without it a chain cut at its end cannot be told.
    """
    found, before, top = Verdict(), FIRST, 0
    for link in _links():
        if link.seq != found.head_seq + 1:
            found.faults.append(f"removed: links {found.head_seq + 1} to {link.seq - 1}")
            before = b""  # what follows a hole cannot be recomputed from it
        entry = AuditEntry.objects.filter(pk=link.entry_id).first()
        stored = bytes(link.hash)
        if entry is None:
            found.faults.append(f"removed: the entry of link {link.seq}")
        elif before and link_hash(link.seq, before, entry) != stored:
            found.faults.append(f"changed: entry {entry.pk} at link {link.seq}")
        found.entries += 1
        before, found.head_seq, found.head = stored, link.seq, stored.hex()
        top = link.transaction
        if expected and link.seq == expected[0] and found.head != expected[1]:
            found.faults.append(f"changed: link {link.seq} is not the head that was noted")
    if expected and expected[0] > found.head_seq:
        found.faults.append(f"removed: the chain ends at {found.head_seq}, a head was noted at {expected[0]}")
    _judge_unlinked(found, top)
    return found


def _judge_unlinked(found: Verdict, top: int) -> None:
    """An entry of an older transaction than the last linked one cannot be new: it was put in later."""
    linked = AuditLink.objects.values("entry_id")
    for entry in AuditEntry.objects.exclude(pk__in=linked).iterator():
        if entry.transaction < top:
            found.faults.append(f"inserted: entry {entry.pk}")
        else:
            found.unlinked += 1


def _links() -> Iterator[AuditLink]:
    return AuditLink.objects.order_by("seq").iterator(chunk_size=BATCH)

"""Results from a file that the examiner's own system signed, and the keys it signs with."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.files import hold
from rahdari.base.refusal import Refusal
from rahdari.base.states import why_not_move
from rahdari.base.work import unit_of_work
from rahdari.seals.keys import PublicKey

from ..access import PERMITS
from ..models import ExaminerKey, ResultFile, Sitting
from ..rules.result_files import (
    KEY_MOVES,
    key_typed,
    lines_of,
    signed_file,
    why_not_confirm_key,
    why_not_enter_key,
    why_not_signed,
)
from .results import record_results


def record_results_file(*, actor: Actor, sitting_id: UUID, content: bytes, signature: str = "", at: dt.datetime) -> ResultFile:
    """Records the results of a sitting from a file signed by a key of its examiner, all of them or none.

    Refuses `results_not_signed`, `examiner_key_unknown`, `examiner_key_ended`, `signature_wrong`, `file_taken` (the same file
    again), what is wrong in the file by its line, and whatever `record_results` refuses. Leaves the file by its hash, with the
    key that signed it, and what `record_results` leaves.
    """
    with unit_of_work("exams.record_results_file", actor=actor, at=at) as unit:
        unit.permit(PERMITS["record_results_file"])
        sitting = unit.lock(Sitting, sitting_id)
        unit.permit(PERMITS["record_results_file"], sitting)
        file = signed_file(content, signature)
        key = ExaminerKey.objects.filter(kid=file.jws.kid, body=sitting.body).first()
        unit.refuse(
            why_not_signed(
                file,
                None if key is None else _public(key),
                in_use=key is not None and key.state == "key_in_use",
                valid=key is not None and key.valid_from <= at < key.valid_until,
            )
        )
        assert key is not None
        lines = lines_of(file, str(sitting.pk))
        digest = hold(content)
        unit.refuse([Refusal("file_taken", member="file")] if sitting.files.filter(sha256=digest).exists() else [])
        record_results(actor=actor, sitting_id=sitting.pk, results=lines, at=at)
        row = ResultFile(sitting=sitting, sha256=digest, kind=file.kind, signature=signature.strip(), key=key, lines=len(lines))
        row.taken_at, row.taken_by = at, actor.person
        unit.add(row)
        unit.about(row, sitting=sitting.pk, sha256=digest, kid=key.kid, lines=len(lines))
    return row


def enter_key(*, actor: Actor, x: str, until: dt.date, at: dt.datetime) -> ExaminerKey:
    """Enters the public key by which the examiner's system will sign files; it counts once another officer confirmed it.

    Refuses `key_wrong`, `key_known`, `key_too_long`. Leaves the key, and the task of the second officer.
    """
    with unit_of_work("exams.enter_key", actor=actor, at=at) as unit:
        unit.permit(PERMITS["enter_key"])
        kid, raw = key_typed(x)
        days = (until - day_at(at, actor.node)).days
        unit.refuse(why_not_enter_key(days=days, known=ExaminerKey.objects.filter(kid=kid).exists()))
        key = ExaminerKey(body=actor.body, kid=kid, raw=raw, valid_from=at, valid_until=at + dt.timedelta(days=days))
        key.entered_at, key.entered_by = at, actor.person  # type: ignore[assignment]  # signed in, or refused above
        unit.add(key)
        unit.wait(
            "exams.confirm_key",
            key,
            holder_body=actor.body,
            holder_role="exam_body",
            holder_side=actor.node,
            matter={"number": kid[:12]},
            url_name="exams.confirm_key",
            url_args=[str(key.pk)],
        )
        unit.about(key, kid=kid)
    return key


def confirm_key(*, actor: Actor, key_id: UUID, seen: int | None = None, at: dt.datetime) -> ExaminerKey:
    """A second officer of the examiner confirms a key. Refuses `four_eyes`, `not_own_key`, `wrong_state`, `stale`."""
    with unit_of_work("exams.confirm_key", actor=actor, at=at) as unit:
        unit.permit(PERMITS["confirm_key"])
        key = unit.lock(ExaminerKey, key_id, seen=seen)
        unit.permit(PERMITS["confirm_key"], key)
        unit.refuse(why_not_confirm_key(state=key.state, same_person=actor.person is None or key.entered_by == actor.person))
        key.state, key.confirmed_by = "key_in_use", actor.person
        unit.save(key)
        unit.settle("exams.confirm_key", key)
        unit.about(key, kid=key.kid)
    return key


def end_key(*, actor: Actor, key_id: UUID, seen: int | None = None, at: dt.datetime) -> ExaminerKey:
    """Ends a key: no file signed with it is taken any more. Refuses `not_own_key`, `wrong_state`, `stale`."""
    with unit_of_work("exams.end_key", actor=actor, at=at) as unit:
        unit.permit(PERMITS["end_key"])
        key = unit.lock(ExaminerKey, key_id, seen=seen)
        unit.permit(PERMITS["end_key"], key)
        unit.refuse(why_not_move(KEY_MOVES, key.state, "key_ended"))
        key.state, key.ended_at = "key_ended", at
        unit.save(key)
        unit.settle("exams.confirm_key", key, "ended")
        unit.about(key, kid=key.kid)
    return key


def _public(key: ExaminerKey) -> PublicKey:
    return PublicKey("clerk", key.kid, int(key.valid_from.timestamp()), int(key.valid_until.timestamp()), bytes(key.raw))

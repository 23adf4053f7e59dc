"""Papers put into a file and taken out of it."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from uuid import UUID

from rahdari.base.actor import Actor
from rahdari.base.files import take_in
from rahdari.base.refusal import Refusal
from rahdari.base.work import unit_of_work

from ..access import PERMITS
from ..models import File, FilePaper
from ..queries.files import COUNTER, file_at_hand, files_visible_to
from ..rules.papers import why_not_ending, why_not_put_in


def put_in_paper(
    *, actor: Actor, kind: str, name: str, content: bytes, file_id: UUID | None = None, at: dt.datetime
) -> FilePaper:
    """Puts a document into a file: the person into their own, a counter into the one in front of it.

    What it is, is told from its bytes; it is never run and leaves only as an attachment. Refuses `paper_kind_unknown`,
    `too_many_papers`, `file_ending_lies` for a name that says another kind, and what `base.files` refuses of the file.
    """
    with unit_of_work("candidates.put_in_paper", actor=actor, at=at) as unit:
        unit.permit(PERMITS["put_in_paper"])
        file = unit.lock(File, file_at_hand(actor, file_id, at).pk)
        unit.refuse(why_not_put_in(kind, file.papers.filter(taken_out_at=None).count()))
        stored = take_in(unit, BytesIO(content), name=name)
        unit.refuse(why_not_ending(name, stored.kind))
        paper = FilePaper(
            file=file,
            kind=kind,
            stored=stored,
            put_in_at=at,
            put_in_by=actor.person,
            put_in_role=actor.role,  # type: ignore[misc]
        )
        unit.add(paper)
        unit.about(paper, kind=kind, sha256=stored.hash, size=stored.size)
    return paper


def take_out_paper(*, actor: Actor, paper_id: UUID, at: dt.datetime) -> FilePaper:
    """Takes a document out of a file; it is shown to nobody any more.

    A person takes out of their own file, a counter what it put into the one in front of it itself. Refuses `not_own_file`,
    `wrong_state` for one taken out before. What rests on it (a degree, a practice) stays, without it.
    """
    with unit_of_work("candidates.take_out_paper", actor=actor, at=at) as unit:
        unit.permit(PERMITS["take_out_paper"])
        paper = unit.lock(FilePaper, paper_id)
        at_hand = files_visible_to(actor, at).filter(pk=paper.file_id).exists()
        put_in = actor.role != COUNTER or paper.put_in_by == actor.person
        unit.refuse([] if at_hand and put_in else [Refusal("not_own_file")])
        unit.refuse([] if paper.taken_out_at is None else [Refusal("wrong_state")])
        paper.taken_out_at = at
        unit.save(paper)
        unit.about(paper, kind=paper.kind)
    return paper

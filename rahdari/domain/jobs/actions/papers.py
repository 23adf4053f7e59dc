"""Papers that stand for a step: taking the scan in as part of the action that enters the step."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

from rahdari.base.actor import Actor
from rahdari.base.clock import day_at
from rahdari.base.files import take_in
from rahdari.base.refusal import Refusal
from rahdari.base.work import unit_of_work

from ..access import PERMITS
from ..models import StepPaper
from ..rules.papers import Paper, why_not_paper


def keep_paper(
    *, actor: Actor, paper: Paper | None, on: dt.date, own_side: bool, numbered: bool = True, outage: bool = False,
    at: dt.datetime,
) -> StepPaper:  # fmt: skip
    """Keeps the paper by which a step of this day is entered; only inside the action that enters it.

    A step of the own side comes on paper only after an `outage`.

    Refuses `own_side_step`, `scan_missing`, `number_missing`, `issuer_missing`, `date_missing`, `date_in_future`,
    `received_before_dated`, and what `base.files` refuses of the file.
    """
    with unit_of_work("jobs.keep_paper", actor=actor, at=at) as unit:
        unit.permit(PERMITS["keep_paper"])
        unit.refuse([] if unit.within else [Refusal("not_permitted")])
        unit.refuse(
            why_not_paper(paper, on=on, own_side=own_side, today=day_at(at, actor.node), numbered=numbered, outage=outage)
        )
        if paper is None or paper.scan is None or paper.received_on is None or actor.person is None:
            raise ValueError("a paper that was not refused is whole")
        scan = take_in(unit, BytesIO(paper.scan.content), name=paper.scan.name)
        kept = unit.add(
            StepPaper(
                scan=scan,
                dated_on=on,
                received_on=paper.received_on,
                issuer=paper.issuer.strip(),
                number=paper.number.strip(),
                entered_at=at,
                entered_by=actor.person,
                entered_role=actor.role,
                entered_body=actor.body,
            )
        )
        unit.about(kept, number=kept.number, dated_on=on, received_on=kept.received_on)
    return kept

"""Opening a file as people and programs do it: shape, action, and what the page shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from rahdari.base.actor import Actor
from rahdari.base.clock import now
from rahdari.base.facts import Day, Facts, code_of
from rahdari.web.step_forms import ScanFacts
from rahdari.web.steps import Step
from rahdari.web.words import spoken

from .. import actions
from ..models import Consent, FilePaper, Practice
from ..queries.files import file_at_hand
from ..queries.papers import papers_of
from ..queries.seen import bodies_to_allow
from ..rules.file_facts import FileFacts
from ..rules.files import CHANGE_REASONS, CORRECTED, SHOW_FILE
from ..rules.learnt import DEGREE_KINDS, RECOGNITIONS, STAGES
from ..rules.papers import PAPER_KINDS


class OpenFile(Facts):
    """A file; at a counter with the number of the identity card of whoever stands before it."""

    identity: Annotated[str, Field(max_length=40)] = ""
    told: FileFacts


def _opening(actor: Actor) -> Mapping[str, Any]:
    own = actor.role == "worker"
    return {
        "layout": "web/worker.html" if own else "web/desk.html",
        "lead": gettext("Nobody sees your file before you apply for work, and then only whom you allow.") if own else "",
        "leave_out": ("identity",) if own else (),
        "initial": {"told": {"name": actor.name}} if own else {},
    }


class GiveConsent(Facts):
    """Whom a person lets see their file, and until when."""

    body: Annotated[str, Field(min_length=1, max_length=80)]
    until: Day | None = None


def take_give_consent(**given: Any) -> Consent:
    """Allows one body to see one's own file, until a day or until it is taken back."""
    return actions.give_consent(purpose=SHOW_FILE, **given)


def _allowing(actor: Actor) -> Mapping[str, Any]:
    return {
        "lead": gettext("Only whom you name here, and only for as long as you want."),
        "codes": {"body": bodies_to_allow()},
    }


class CorrectFile(Facts):
    """A file as it should stand, and why it is changed."""

    reason: Literal["typing", "new_passport", "name_changed", "entered_by_others", "more_known"]
    told: FileFacts


def _correcting(actor: Actor) -> Mapping[str, Any]:
    file = file_at_hand(actor, None, now())
    told: dict[str, Any] = {name: getattr(file, name) for name in CORRECTED}
    told |= {name: "\n".join(told[name]) for name in ("spellings", "skills", "education")}
    return {
        "layout": "web/worker.html" if actor.role == "worker" else "web/desk.html",
        "lead": gettext("What stood before is kept with the file. Type the two lines of the passport again if it is a new one."),
        "initial": {"told": {name: value for name, value in told.items() if value is not None}, "seen": file.version},
    }


class PutInPaper(Facts):
    """A document for a file."""

    kind: Literal[
        "identity_front", "identity_back", "passport_page", "photo", "degree", "certificate", "work_proof", "training_proof",
        "other_paper",
    ]  # fmt: skip
    file: ScanFacts


def take_put_in_paper(*, file: ScanFacts, kind: str, **given: Any) -> FilePaper:
    """Puts a document into the file."""
    return actions.put_in_paper(kind=kind, name=file.name, content=file.content, **given)


class RecordDegree(Facts):
    """A degree or diploma."""

    kind: Literal["university", "college", "diploma"]
    institution: Annotated[str, Field(min_length=1, max_length=200)]
    subject: Annotated[str, Field(min_length=1, max_length=200)]
    year: Annotated[int, Field(ge=1900, le=2200)]
    recognition: Literal["recognised", "asked_for", "not_asked"]
    recognition_no: Annotated[str, Field(max_length=60)] = ""
    paper_id: Annotated[str, Field(max_length=36)] | None = None


class RecordInternship(Facts):
    """Technical intern training in Japan."""

    stage: Literal["i", "ii", "iii"]
    field: Annotated[str, code_of("fields")]
    months: Annotated[int, Field(ge=0, le=60)]
    ended_on: Day
    completed_well: bool = False
    paper_id: Annotated[str, Field(max_length=36)] | None = None


class RecordPractice(Facts):
    """Practice with one employer."""

    employer: Annotated[str, Field(min_length=1, max_length=200)]
    isco: Annotated[str, code_of("isco08_groups")]
    from_on: Day
    last_on: Day | None = None
    paper_id: Annotated[str, Field(max_length=36)] | None = None


def take_record_practice(*, last_on: dt.date | None = None, **given: Any) -> Practice:
    """Records practice with one employer in a file; the last day there, where the practice has ended."""
    until = last_on + dt.timedelta(days=1) if last_on is not None else None
    return _with_paper(actions.record_practice)(until=until, **given)  # type: ignore[no-any-return]


def _with_paper(act: Any) -> Any:
    def take(*, paper_id: str | None = None, **given: Any) -> Any:
        return act(paper_id=_id(paper_id), **given)

    take.__doc__ = act.__doc__
    return take


def _id(text: str | None) -> UUID | None:
    """A paper's id as it was chosen; one that is no id names no paper."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return UUID(int=0)


def _of_file(lead: Any = "", *kinds: str) -> Any:
    def page(actor: Actor) -> Mapping[str, Any]:
        file = file_at_hand(actor, None, now())
        papers = {
            str(one.pk): f"{spoken(f'filepaper_{one.kind}')}: {one.stored.name}"
            for one in papers_of(file)
            if not kinds or one.kind in kinds
        }
        return {
            "layout": "web/worker.html" if actor.role == "worker" else "web/desk.html",
            "lead": str(lead),
            "codes": {"paper_id": papers} if kinds else {},
        }

    return page


def worded(kind: str, codes: Iterable[str]) -> dict[str, str]:
    """Codes to choose from, each with the key of its words."""
    return {code: f"{kind}_{code}" for code in codes}


SEE = "candidates.see_file"
CORRECT_FILE = Step(
    "candidates", "correct_file", CorrectFile, actions.correct_file, _correcting, _("The file is corrected."), SEE,
    codes={"told.languages.level": ("basic", "middle", "good", "native"), "reason": worded("filechange", CHANGE_REASONS)},
)  # fmt: skip
PUT_IN_PAPER = Step(
    "candidates", "put_in_paper", PutInPaper, take_put_in_paper,
    _of_file(_("A photo from your phone is enough: PDF, PNG or JPEG, at most 10 MB.")), _("The paper is in your file."), SEE,
    codes={"kind": worded("filepaper", PAPER_KINDS)},
)  # fmt: skip
RECORD_DEGREE = Step(
    "candidates", "record_degree", RecordDegree, _with_paper(actions.record_degree),
    _of_file(_("For work that asks for a degree instead of a test."), "degree", "certificate"), _("The degree is recorded."), SEE,
    codes={"kind": worded("degree", DEGREE_KINDS), "recognition": worded("recognition", RECOGNITIONS)},
)  # fmt: skip
RECORD_INTERNSHIP = Step(
    "candidates", "record_internship", RecordInternship, _with_paper(actions.record_internship),
    _of_file(_("Training (ii) that was well completed takes the place of tests."), "training_proof", "certificate"),
    _("The training is recorded."), SEE, codes={"stage": worded("stage", STAGES)},
)  # fmt: skip
RECORD_PRACTICE = Step(
    "candidates", "record_practice", RecordPractice, take_record_practice,
    _of_file(_("One employer at a time. Each needs its own proof sooner or later."), "work_proof"),
    _("The practice is recorded."), SEE,
)  # fmt: skip
GIVE_CONSENT = Step(
    "candidates", "give_consent", GiveConsent, take_give_consent, _allowing,
    _("They may see your file now. You can take it back at any time."), "candidates.see_file",
)  # fmt: skip
OPEN_FILE = Step(
    "candidates", "open_file", OpenFile, actions.open_file, _opening, _("The file is open."), "candidates.see_file",
    codes={"told.languages.level": ("basic", "middle", "good", "native")},
)  # fmt: skip

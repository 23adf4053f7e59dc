"""What is asked of whoever judges two files, and of those who make them one or part them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from rahdari.base.actor import Actor
from rahdari.base.facts import Facts
from rahdari.web.steps import Step
from rahdari.web.words import Fact

from .. import actions
from ..queries.likeness import likeness_for
from ..rules.likeness import GROUNDS, VERDICTS

SEE = "candidates.see_likeness"


class JudgeLikeness(Facts):
    """A judgement on two files, with its reason."""

    verdict: Literal["same_person", "other_person", "unsure_person"]
    ground: Annotated[str, Field(min_length=1, max_length=40)]
    note: Annotated[str, Field(max_length=2000)] = ""


class AskMerge(Facts):
    """Which of the two files goes on."""

    keep: Annotated[str, Field(min_length=36, max_length=36)]


class MergeFiles(Facts):
    """Nothing is asked to make two files one that another officer wants made one."""


class RefuseMerge(Facts):
    """Nothing is asked to refuse it."""


class PartFiles(Facts):
    """Why two files are parted again."""

    text: Annotated[str, Field(min_length=1, max_length=2000)]


def take_ask_merge(*, keep: str, **given: Any) -> Any:
    """Asks that two files become one."""
    try:
        wanted = UUID(keep)
    except ValueError:
        wanted = UUID(int=0)
    return actions.ask_merge(keep=wanted, **given)


def crumbs_of(likeness_id: UUID) -> list[dict[str, str]]:
    """The way to one pair."""
    return [
        {"url": reverse("candidates.see_likenesses"), "label": gettext("Files that may be one")},
        {"url": reverse(SEE, args=[likeness_id]), "label": gettext("Are these two one person?")},
    ]


def _on(lead: Any, *, choosing: bool = False) -> Callable[..., Mapping[str, Any]]:
    def page(actor: Actor, likeness_id: UUID) -> Mapping[str, Any]:
        row = likeness_for(actor, likeness_id)
        files = {str(one.pk): f"{one.name} · {one.birth_date:%Y}" for one in (row.file, row.other)}
        return {
            "crumbs": crumbs_of(likeness_id),
            "lead": str(lead),
            "about": gettext("The two files"),
            "facts": [Fact(gettext("File"), name) for name in files.values()],
            "initial": {"seen": row.version},
            "codes": {"keep": files} if choosing else {},
        }

    return page


def _step(name: str, shape: type[Facts], act: Callable[..., Any], said: Any, lead: Any, **told: Any) -> Step:
    codes = told.pop("codes", {})
    return Step("candidates", name, shape, act, _on(lead, **told), said, SEE, codes=codes)


ALL_GROUNDS = tuple(dict.fromkeys(ground for grounds in GROUNDS.values() for ground in grounds))
JUDGE_LIKENESS = _step(
    "judge_likeness", JudgeLikeness, actions.judge_likeness, _("Judged. It is remembered."),
    _("Likeness of names is no proof. Nothing is merged by this alone."),
    codes={
        "verdict": {one: f"verdict_{one}" for one in VERDICTS},
        "ground": {one: f"ground_{one}" for one in ALL_GROUNDS},
    },
)  # fmt: skip
ASK_MERGE = _step(
    "ask_merge", AskMerge, take_ask_merge, _("Asked. A second officer decides it."),
    _("The other file ends in the one you choose. Until a second officer decides, nothing changes."), choosing=True,
)  # fmt: skip
MERGE_FILES = _step(
    "merge_files", MergeFiles, actions.merge_files, _("Made one. Cases and seats follow at once."),
    _("Consents, tests, papers, degrees and practice go over, and cases follow. It can be parted again, with a reason."),
)  # fmt: skip
REFUSE_MERGE = _step("refuse_merge", RefuseMerge, actions.refuse_merge, _("Both files stay as they are."), "")
PART_FILES = _step(
    "part_files", PartFiles, actions.part_files, _("Parted. What had gone over is back."),
    _("What was done with the file since it was made one stays with it."),
)  # fmt: skip
ON_LIKENESS: Mapping[str, Step] = {
    "judge": JUDGE_LIKENESS,
    "ask-merge": ASK_MERGE,
    "merge": MERGE_FILES,
    "refuse-merge": REFUSE_MERGE,
    "part": PART_FILES,
}

"""Papers of a file as an actor may see them: the person and the counter all, others what they need and were allowed."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from rahdari.base.actor import Actor
from rahdari.base.work import Missing

from ..models import File, FilePaper
from ..rules.papers import SHOWN_TO_OTHERS
from .files import COUNTER, files_visible_to


def papers_of(file: File) -> QuerySet[FilePaper]:
    """The papers in a file, those taken out left out."""
    return file.papers.filter(taken_out_at=None).select_related("stored")


def papers_visible_to(actor: Actor, file: File) -> QuerySet[FilePaper]:
    """Of a file the actor may see, the papers they may see."""
    papers = papers_of(file)
    return papers if actor.role in ("worker", COUNTER) else papers.filter(kind__in=SHOWN_TO_OTHERS)


def paper_for(actor: Actor, sha256: str, at: dt.datetime) -> FilePaper:
    """A document as this actor may see it, by its hash; `Missing` when there is none or not for this actor."""
    papers = FilePaper.objects.filter(stored__hash=sha256, taken_out_at=None)
    papers = papers.filter(file__in=files_visible_to(actor, at).order_by().values("pk"))
    if actor.role not in ("worker", COUNTER):
        papers = papers.filter(kind__in=SHOWN_TO_OTHERS)
    found = papers.select_related("stored", "file").first()
    if found is None:
        raise Missing(f"document {sha256}")
    return found

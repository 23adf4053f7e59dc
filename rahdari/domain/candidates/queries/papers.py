"""Papers of a file as an actor may see them: the person and the counter all, others what they need and were allowed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import QuerySet

from rahdari.base.actor import Actor

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


def documents_for(actor: Actor, at: dt.datetime) -> Iterator[Mapping[str, Any]]:
    """What `web.downloads.document` may hand out to this actor."""
    papers = FilePaper.objects.filter(file__in=files_visible_to(actor, at).order_by(), taken_out_at=None).select_related("stored")
    if actor.role not in ("worker", COUNTER):
        papers = papers.filter(kind__in=SHOWN_TO_OTHERS)
    return ({"sha256": one.stored.hash, "name": one.stored.name, "media_type": one.stored.kind} for one in papers)

"""My file: what stands in it, whom I allow to see it, the tests I passed; and a file as those see it who were allowed to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rahdari.base.clock import now
from rahdari.base.seen import note_look
from rahdari.web.downloads import document
from rahdari.web.panels import fill

from .. import actions
from ..models import File
from ..queries.files import file_for, files_visible_to, passed_tests
from ..queries.papers import paper_for, papers_visible_to
from ..queries.profiles import own_profile
from ..queries.reveals import open_reveals_of
from ..queries.seen import consents_seen, file_facts, learnt_of

ROWS = 50


def see_file(request: HttpRequest) -> HttpResponse:
    """The file of the person who asks, or the one in front of this counter; without one the way to open it."""
    at, actor = now(), request.actor
    file = files_visible_to(actor, at).first()
    own = actor.role == "worker"
    context: dict[str, Any] = {"file": file, "own": own, "layout": "web/worker.html" if own else "web/desk.html"}
    if file is not None:
        if not own:
            note_look(actor=actor, about=file.person_id, purpose="candidates.see_file", at=at)
        context |= _told(request, file, whole=True) | {
            "consents": consents_seen(file, at) if own else [],
            "profile": own_profile(actor, at),
            "asked": open_reveals_of(actor, at).count() if own else 0,
        }
        context["panels"] = fill("candidates.file", actor, file)
    return render(request, "candidates/file.html", context)


def see_candidates(request: HttpRequest) -> HttpResponse:
    """The files their owners opened to the body of whoever asks, the newest first."""
    page = Paginator(files_visible_to(request.actor, now()), ROWS).get_page(request.GET.get("page"))
    return render(request, "candidates/candidates.html", {"page": page})


def see_candidate(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """A file as whoever was allowed to sees it; the person reads who looked."""
    at = now()
    file = file_for(request.actor, file_id, at)
    note_look(actor=request.actor, about=file.person_id, purpose="candidates.see_candidate", at=at)
    return render(request, "candidates/candidate.html", {"file": file} | _told(request, file, whole=False))


def _told(request: HttpRequest, file: File, *, whole: bool) -> dict[str, Any]:
    return {
        "facts": file_facts(file, whole=whole),
        "doubts": file.doubts if whole else [],
        "tests": passed_tests(file),
        "papers": papers_visible_to(request.actor, file),
        "learnt": learnt_of(file, now()),
    }


def see_file_paper(request: HttpRequest, sha256: str) -> Any:
    """A document of a file as an attachment, to whom it is open; the person reads who looked."""
    at, actor = now(), request.actor
    paper = paper_for(actor, sha256, at)
    told = {"sha256": sha256, "name": paper.stored.name, "media_type": paper.stored.kind}
    answer = document([told], sha256)
    if actor.role != "worker":
        note_look(actor=actor, about=paper.file.person_id, purpose="candidates.see_file_paper", at=at)
    return answer


def take_out_paper(request: HttpRequest, paper_id: UUID) -> HttpResponse:
    """Takes a document out of the file."""
    actions.take_out_paper(actor=request.actor, paper_id=paper_id, at=now())
    messages.success(request, _("The paper is taken out. Nobody sees it any more."), extra_tags="ok")
    return redirect("candidates.see_file")


def confirm_file(request: HttpRequest) -> HttpResponse:
    """The person says that the file others entered for them is right."""
    actions.confirm_file(actor=request.actor, at=now())
    messages.success(request, _("Thank you. The file counts as yours now."), extra_tags="ok")
    return redirect("candidates.see_file")


def withdraw_consent(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Takes back what the person allowed."""
    actions.withdraw_consent(actor=request.actor, consent_id=consent_id, at=now())
    messages.success(request, _("Taken back. From now on they do not see your file any more."), extra_tags="ok")
    return redirect("candidates.see_file")

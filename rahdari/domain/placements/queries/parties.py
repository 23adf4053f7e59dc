"""Who takes part in a case, as markings and waiting rows name them."""

from __future__ import annotations

from rahdari.base.statements import Marking

from ..models import Case

WORKER = "WORKER"  # as a body: whoever goes alone
CONTACT = {"pk": "CONTACT_PK", "jp": "CONTACT_JP"}
RECRUITER_ROLE = {"OEC": "oec_officer"}


def partner_of(node: str) -> str:
    """The other side of the corridor."""
    return "jp" if node == "pk" else "pk"


def parties_of(case: Case) -> dict[str, str]:
    """The bodies of a case by their part, as `jobs.messages.step_marking` takes them."""
    named = ("employer", "placement_business", "support_org", "promoter")
    return {name: body for name in named if (body := getattr(case, name))}


def to_employer(case: Case) -> Marking:
    """Who on the accepting side sees a nomination and what follows from it: employer, its placement business, contact point."""
    return _named("jp", case.employer, case.placement_business)


def to_recruiter(case: Case) -> Marking:
    """Who on the sending side sees an interview and a decision: its recruiter and the contact point; the worker always does."""
    return _named("pk", case.promoter)


def _named(side: str, *bodies: str) -> Marking:
    return Marking("named_bodies", tuple(dict.fromkeys([CONTACT[side], *filter(None, bodies)])))


def recruiter_of(case: Case) -> str:
    """The body that recruits for a case; where nobody recruits, its worker."""
    return case.promoter or WORKER


def carries(case: Case, side: str) -> tuple[str, str]:
    """Body and role of who carries a case through on a side: whoever recruits, or the worker alone; the employer."""
    return (recruiter_of(case), recruiter_role(case)) if side == "pk" else (case.employer, "employer")


def recruiter_role(case: Case) -> str:
    """The role in which the recruiter of a case acts; where nobody recruits, its worker."""
    return RECRUITER_ROLE.get(case.promoter, "promoter_manager") if case.promoter else "worker"

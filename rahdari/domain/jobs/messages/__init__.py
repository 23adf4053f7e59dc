"""The statements of this package: a demand, in its two parts, and every step of the line that no other type carries. Pure."""

from .changes import DEMAND_CHANGED, DEMAND_CLOSED, demand_changed, demand_closed
from .demand import DEMAND_PERSONAL, DEMAND_PUBLISHED, demand_papers, demand_vacancy, papers_marking
from .journey import JOURNEY_PERSONAL, JOURNEY_STAGE, Subject, journey_stage, step_marking
from .shapes import SERVICE, TERMS
from .steps import DETAILS

PUBLISHED, STAGE = "demand.published/1", "journey.stage/1"
CHANGED, CLOSED = "demand.changed/1", "demand.closed/1"
SCHEMAS = {PUBLISHED: DEMAND_PUBLISHED, CHANGED: DEMAND_CHANGED, CLOSED: DEMAND_CLOSED, STAGE: JOURNEY_STAGE}
MARKINGS = {
    **{type: {"level": "public", "bodies": []} for type in (PUBLISHED, CHANGED, CLOSED)},
    STAGE: {"level": "named_bodies", "bodies": []},
}
PERSONALS = {PUBLISHED: DEMAND_PERSONAL, CHANGED: (), CLOSED: (), STAGE: JOURNEY_PERSONAL}

__all__ = [
    "CHANGED",
    "CLOSED",
    "DETAILS",
    "MARKINGS",
    "PERSONALS",
    "PUBLISHED",
    "SCHEMAS",
    "SERVICE",
    "STAGE",
    "TERMS",
    "Subject",
    "demand_changed",
    "demand_closed",
    "demand_papers",
    "demand_vacancy",
    "journey_stage",
    "papers_marking",
    "step_marking",
]

"""The statements of this package: a demand, in its two parts, and every step of the line that no other type carries. Pure."""

from .demand import DEMAND_PERSONAL, DEMAND_PUBLISHED, demand_papers, demand_vacancy, papers_marking
from .journey import JOURNEY_PERSONAL, JOURNEY_STAGE, Subject, journey_stage, step_marking
from .shapes import TERMS
from .steps import DETAILS

PUBLISHED, STAGE = "demand.published/1", "journey.stage/1"
SCHEMAS = {PUBLISHED: DEMAND_PUBLISHED, STAGE: JOURNEY_STAGE}
MARKINGS = {PUBLISHED: {"level": "public", "bodies": []}, STAGE: {"level": "named_bodies", "bodies": []}}
PERSONALS = {PUBLISHED: DEMAND_PERSONAL, STAGE: JOURNEY_PERSONAL}

__all__ = [
    "DETAILS",
    "MARKINGS",
    "PERSONALS",
    "PUBLISHED",
    "SCHEMAS",
    "STAGE",
    "TERMS",
    "Subject",
    "demand_papers",
    "demand_vacancy",
    "journey_stage",
    "papers_marking",
    "step_marking",
]

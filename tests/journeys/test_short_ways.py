"""The short ways of the tour, walked in one process: what `bin/demo --check` asks over HTTP is asked here too."""

from __future__ import annotations

import pytest

from rahdari.base.clock import now
from rahdari.domain.accounts.models import Person
from rahdari.project.launch.inside_tour import inside_way
from rahdari.project.launch.professional_tour import professional_way
from rahdari.project.launch.tour_step import Step
from tests.make import candidates
from tests.make.people import organisation, person
from tests.make.two_nodes import Corridor, two_nodes
from tests.make.walk import walk

EMPLOYER = "jp:org:hinata"
STAFF = (
    ("pk", "attache", None, ""), ("pk", "protector", None, "PEW"), ("pk", "promoter_manager", "pk:org:demo-promoter", ""),
    ("jp", "employer", EMPLOYER, ""), ("jp", "isa_regional", "ISA", "TOKYO"), ("jp", "visa_desk", "EMB_JP_PK", ""),
)  # fmt: skip


def people_of(corridor: Corridor) -> dict[tuple[str, str], Person]:
    """Those of the demonstration who go these ways, and a worker whose tests are passed."""
    found = {}
    for node in ("pk", "jp"):
        with corridor.on(node):
            organisation("ACCEPTING_ORG", EMPLOYER, name="Hinata Care (invented)")
            found |= {
                (node, role): person(role, body, node=node, office=office) for at, role, body, office in STAFF if at == node
            }
    with corridor.on("pk"):
        worker, _file = candidates.file(at=now())
        found["pk", "worker"] = Person.objects.get(pk=worker.person)
    return found


@pytest.mark.sure
@pytest.mark.parametrize("way", [inside_way, professional_way])
def test_a_short_way_goes_as_the_tour_expects(db, settings, way):
    corridor = two_nodes(settings)
    steps: tuple[Step, ...] = way()
    assert walk(corridor, steps, people_of(corridor)) == []

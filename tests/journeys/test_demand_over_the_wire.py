"""A demand with its papers between two real nodes: sealed, sent, taken up, its files opened where they may be read, answered."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from rahdari.base.reference import shipped_book
from tests.exchange.nodes import PATIENCE, Pair, RealNode
from tests.make import jobs as make

pytestmark = [pytest.mark.nodes, pytest.mark.sure]
BEGIN = """
import json, sys, uuid, datetime as dt, django
django.setup()
from rahdari.base.actor import Actor
from rahdari.base.clock import now
from rahdari.base.facts import read_facts
from rahdari.base.reference import shipped_book
from rahdari.domain.jobs import actions
from rahdari.domain.jobs.models import Demand
from rahdari.domain.jobs.rules.demands import PowerOfAttorney
from rahdari.domain.jobs.rules.papers import Scan
from rahdari.domain.jobs.rules.terms_facts import CostFacts, DemandFacts
told = json.loads(sys.argv[1])
at, day = now(), lambda number: dt.date.today() + dt.timedelta(days=number)
def acts(node, role, body, office=""):
    return Actor(node, role, body, uuid.uuid4(), "invented", office)
"""
REGISTER = """
from rahdari.domain.organisations import actions as register
from rahdari.domain.organisations.rules.entries import Entry, OfficerEntered
entry = Entry(names=("Sitara Promoters (invented)",), officers=(OfficerEntered("Bilal Sheikh (invented)", "owner"),))
made = register.enter_organisation(actor=acts("pk", "bureau_officer", "BEOE"), kind="OEP", entry=entry, law="invented",
                                   number=told["asked"]["promoter_licence"], registry_id=told["promoter"], at=at)
register.decide_order(actor=acts("pk", "bureau_officer", "BEOE"), organisation_id=made.pk, at=at)
"""
FILE = """
asked = read_facts(DemandFacts, {**told["asked"], "opens_on": day(6), "closes_on": day(67), "employer_name": "Hinata (invented)"},
                   shipped_book())
letter, attorney = (Scan(f"{name}.pdf", told["pdf"].encode() + name.encode()) for name in ("letter", "attorney"))
actions.file_demand(actor=acts("jp", "employer", told["employer"]), asked=asked, letter=letter, attorney=attorney,
                    power=PowerOfAttorney(day(-9), day(200), "invented"), at=at)
"""
ANSWER = """
demand = Demand.objects.get()
actions.attest_demand(actor=acts("pk", "attache", "CWA"), demand_id=demand.pk, at=at)
actions.permit_demand(actor=acts("pk", "protector", "PROTECTOR", "PEW"), demand_id=demand.pk, at=at)
cost = CostFacts.model_validate(told["cost"])
actions.publish_vacancy(actor=acts("pk", "promoter_manager", told["promoter"]), demand_id=demand.pk, places=5, closes_on=day(30),
                        costs=[cost], at=at)
"""
TOLD = {
    "asked": make.ASKED, "pdf": "%PDF-1.4 ", "employer": make.EMPLOYER, "promoter": make.PROMOTER, "cost": make.cost().told(),
}  # fmt: skip


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    made = Pair(tmp_path_factory.mktemp("a demand"))
    try:
        made.up()
        yield made
    finally:
        made.close()


def run(node: RealNode, act: str) -> None:
    """Acts on a node, as its web server would."""
    words = [sys.executable, "-c", BEGIN + act, json.dumps(TOLD)]
    done = subprocess.run(words, env=node.inside(), capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr


def test_a_demand_goes_there_and_its_permission_comes_back(pair):
    assert shipped_book().one("fields", code=make.ASKED["field"])
    run(pair.pk, REGISTER)
    pair.settle()
    register = "select registry_id, home, number, state, published_at is not null from organisations_organisation"
    assert pair.pk.ask(register) == pair.jp.ask(register) == [(make.PROMOTER, "pk", make.LICENCE, "valid", True)]
    assert pair.jp.ask("select count(*) from organisations_officer") == [(1,)]
    run(pair.jp, FILE)
    pair.settle()
    assert pair.pk.ask("select state, home, terms_hash from jobs_demand") == pair.jp.ask(
        "select state, home, terms_hash from jobs_demand"
    )
    papers = pair.pk.ask("select demand_letter, power_of_attorney from jobs_demandpapers")[0]
    for (file,), name in zip(papers, ("letter", "attorney"), strict=True):
        there = pair.pk.home / "files" / file["sha256"][:2] / file["sha256"]
        assert there.read_bytes() == TOLD["pdf"].encode() + name.encode()
        assert file["sealed"] != file["sha256"]
    assert pair.pk.ask("select count(*) from base_waiting where task = 'jobs.attest_demand' and closed_at is null") == [(1,)]

    run(pair.pk, ANSWER)
    pair.settle()
    ours = pair.pk.ask("select state, permission_no, permitted_until, permitted_places from jobs_demand")
    assert ours == pair.jp.ask("select state, permission_no, permitted_until, permitted_places from jobs_demand")
    assert ours[0][0] == "permitted"
    assert pair.jp.ask("select id, home, state from jobs_vacancy") == pair.pk.ask("select id, home, state from jobs_vacancy")
    refused = [node.ask("select count(*) from exchange_told where state = 'refused'") for node in pair.both]
    assert refused == [[(0,)], [(0,)]]
    pair.verify()

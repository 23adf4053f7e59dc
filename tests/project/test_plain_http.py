"""HTTP without TLS in production: for a node that only its own machine reaches."""

from __future__ import annotations

from pathlib import Path

import pytest

from rahdari.project.launch.home import Node, environment, make_home, remember_database
from rahdari.project.launch.roles import NodeDatabase
from rahdari.project.production import why_not_start

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def production(settings):
    settings.RAHDARI_MODE, settings.PLAIN_HTTP = "production", True


def about_plain_http() -> list[str]:
    return [one for one in why_not_start() if "RAHDARI_PLAIN_HTTP" in one]


@pytest.mark.parametrize("hosts", [["localhost"], ["127.0.0.1", "[::1]", "localhost"]])
def test_is_borne_on_this_machine(settings, hosts):
    settings.HOSTS = hosts
    assert about_plain_http() == []


@pytest.mark.parametrize("hosts", [["rahdari.example"], ["localhost", "192.0.2.1"], ["localhost.example"]])
def test_is_refused_where_others_reach_the_node(settings, hosts):
    settings.HOSTS = hosts
    assert len(about_plain_http()) == 1
    assert hosts[-1] in about_plain_http()[0]
    settings.PLAIN_HTTP = False
    assert about_plain_http() == []


@pytest.mark.parametrize("plain", [True, False])
def test_the_choice_stands_in_the_home(tmp_path: Path, plain: bool):
    home = make_home(tmp_path / "home", Node("pk", 8701, "production", plain_http=plain))
    remember_database(home, NodeDatabase("postgresql://owner", "postgresql://app"))
    assert environment(home).get("RAHDARI_PLAIN_HTTP") == ("1" if plain else None)

"""What every answer carries: a strict policy, the language, no trace of who runs what."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/en/", "/ur/checks/", "/ja/agreement/", "/en/nowhere/", "/healthz", "/api/openapi.json"])
class TestEveryAnswer:
    def test_has_a_strict_policy_without_inline(self, client, path):
        policy = client.get(path).headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy

    def test_is_not_sniffed_framed_or_referred(self, client, path):
        headers = client.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"

    def test_bears_the_number_of_the_request(self, client, path):
        assert len(client.get(path).headers["X-Request-Id"]) == 36


def test_the_front_door_leads_to_the_language_the_browser_asks_for(client):
    assert client.get("/", headers={"Accept-Language": "ur-PK,ur;q=0.9"}).headers["Location"] == "/ur/"
    assert client.get("/", headers={"Accept-Language": "fr"}).headers["Location"] == "/en/"


def test_a_stranger_gets_no_session(client):
    assert not any("sessionid" in name or name == "rahdari-pk" for name in client.get("/en/").cookies)


def test_health_needs_no_language(client):
    assert client.get("/healthz").json() == {"status": "alive"}
    assert client.get("/readyz").json()["status"] == "ready"

"""What a production node may not start with: people, secrets and switches of the demonstration."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.db import DatabaseError

from rahdari.base.secrets import weak_keys
from rahdari.domain.accounts.queries.people import invented_people_exist

SHORTEST_SECRET = 50
FEWEST_LETTERS = 15  # different ones: a secret drawn by chance has many more
UNSAFE = "unsafe"


def why_not_start() -> list[str]:
    """Every reason against a production start, in words for the operator; none in demo and test mode."""
    if settings.RAHDARI_MODE != "production":
        return []
    return [*_switches(), *_secrets(), *_people()]


def _switches() -> Iterator[str]:
    if settings.DEBUG:
        yield "RAHDARI_DEBUG is on: every error would show the inside of the program. Leave it out."
    if "*" in settings.ALLOWED_HOSTS:
        yield "RAHDARI_HOSTS allows every name. Name the names under which people reach this node."
    if settings.PLAIN_HTTP and (far := [host for host in settings.HOSTS if host not in settings.LOOPBACK]):
        yield (
            f"Plain HTTP is for this machine alone, and RAHDARI_HOSTS names {', '.join(far)}. "
            "Let a proxy speak TLS, and leave RAHDARI_PLAIN_HTTP (plain_http in node.json) out."
        )


def _secrets() -> Iterator[str]:
    key = settings.SECRET_KEY
    if key.startswith(UNSAFE) or len(key) < SHORTEST_SECRET or len(set(key)) < FEWEST_LETTERS:
        yield (
            "RAHDARI_SECRET_KEY_FILE names no file with a secret of its own (at least 50 letters). "
            "Make one: rahdari keys new-secret."
        )
    path = Path(settings.RAHDARI_FIELD_KEYS_FILE)
    if not path.is_file():
        yield f"RAHDARI_FIELD_KEYS_FILE: there is no file {path}. Make one: rahdari keys rotate-fields."
        return
    try:
        weak = weak_keys(json.loads(path.read_text()))
    except (ValueError, KeyError, TypeError):
        yield f"RAHDARI_FIELD_KEYS_FILE: {path} cannot be read as keys."
        return
    if weak:
        yield f"RAHDARI_FIELD_KEYS_FILE: keys {', '.join(weak)} were not drawn by chance. Run: rahdari keys rotate-fields"
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield f"RAHDARI_FIELD_KEYS_FILE: others on this machine may read {path}. Run: chmod 600 {path}"


def _people() -> Iterator[str]:
    try:
        found = invented_people_exist()
    except DatabaseError:
        return  # the launcher says clearly what is wrong with a database
    if found:
        yield "The database holds invented people of a demonstration, whose passwords everybody knows. Use another database."


@register(Tags.security)
def production_check(app_configs: Any, **_: Any) -> list[Error | Warning]:
    """Django's check of the same, run by every command that serves."""
    found: list[Error | Warning] = [Error(one, id="rahdari.E001") for one in why_not_start()]
    if settings.RAHDARI_MODE == "production":
        found += [
            Warning(f"Letters by {way} only go into a folder: nobody receives a code. Name a gateway.", id="rahdari.W001")
            for way, gateway in settings.RAHDARI_GATEWAYS.items()
            if gateway == settings.FOLDER_GATEWAY
        ]
    return found

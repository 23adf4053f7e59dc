"""Partners, their keys and the state of their links."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import connection

from rahdari.seals.keys import PublicKey

from ..models import Link, Partner, PartnerKey
from ..rules.keys import KnownKey


def partner_of(node: str) -> Partner | None:
    """The partner with this id, unless it was removed."""
    return Partner.objects.exclude(state="removed").filter(node=node).first()


def partners() -> list[Partner]:
    """Every partner not removed, by id."""
    return list(Partner.objects.exclude(state="removed").order_by("node"))


def known_keys(node: str = "") -> list[KnownKey]:
    """The keys of one partner, or of all that are paired."""
    rows = PartnerKey.objects.exclude(partner__state="removed").select_related("partner")
    return [_known(row) for row in (rows.filter(partner__node=node) if node else rows)]


def _known(row: PartnerKey) -> KnownKey:
    public = PublicKey(row.role, row.kid, row.nbf, row.exp, bytes(row.raw))
    return KnownKey(row.partner.node, public, row.retired_at, row.compromised, row.confirmed)


def key_with(keys: list[KnownKey], kid: str, role: str, node: str = "") -> KnownKey | None:
    """The key with this id among those of the one role that fits."""
    return next((key for key in keys if key.public.kid == kid and key.public.role == role and node in ("", key.node)), None)


def link_of(partner: Partner) -> Link:
    """The state of the line to a partner."""
    return Link.objects.get_or_create(partner=partner)[0]


def boot() -> str:
    """What names this start of the node: of its programs and of its database, either of which may have been restored."""
    with connection.cursor() as cursor:
        cursor.execute("select extract(epoch from pg_postmaster_start_time())::text")
        row = cursor.fetchone()
    return f"{_programs_boot()} {row[0] if row else ''}"


@cache
def _programs_boot() -> str:
    """The number of this start: in the environment of what the launcher started, in the home for commands beside it."""
    noted = Path(settings.RAHDARI_HOME) / "boot"
    return os.environ.get("RAHDARI_BOOT") or (noted.read_text() if noted.is_file() else settings.RAHDARI_MODE)


def is_ready_for(partner: Partner) -> bool:
    """Whether both heads were asked of this partner since the node started; before that it signs nothing for it."""
    return link_of(partner).asked_boot == boot()

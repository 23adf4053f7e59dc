"""What allauth asks of us: secrets closed with this node's keys, passkeys under its name, sessions without addresses."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext

from rahdari.base.secrets import close, open_closed

PLACE = "mfa_authenticator.data"


class FactorAdapter(DefaultMFAAdapter):
    """Closes the secrets of second factors and names the node on the person's device."""

    def encrypt(self, text: str) -> str:
        return base64.b64encode(close(text, PLACE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return open_closed(base64.b64decode(encrypted_text), PLACE)

    def get_totp_issuer(self) -> str:
        return f"{gettext('Rahdari')} {settings.NODE_NAMES[settings.RAHDARI_NODE]}"

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        return {"id": user.pk.hex.encode(), "display_name": user.name, "name": user.email or user.name}

    def _get_site_name(self) -> str:
        return self.get_totp_issuer()


class SessionAdapter(DefaultAccountAdapter):
    """Keeps no network address with a session: the list of sessions shows devices and days, and needs no more."""

    def get_client_ip(self, request: HttpRequest) -> str:
        return "0.0.0.0"  # noqa: S104  (the column must hold an address; this one is nobody's)

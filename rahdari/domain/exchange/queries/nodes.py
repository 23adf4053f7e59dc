"""The node document: who we are, which keys are ours, what we understand."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils import translation

from rahdari.base.clock import now
from rahdari.domain.accounts.models import Body
from rahdari.seals.tokens import make_node_document, read_keys_token

from ..outside import keyring
from ..rules.limits import LIMITS

CONTACTS = {"pk": "CONTACT_PK", "jp": "CONTACT_JP"}


def node_document(*, types: Sequence[str]) -> str:
    """The signed node document as of this moment; raises `NotFounded` when this node has no keys."""
    keys_token = keyring.keys_tokens()[-1]
    keys, at = read_keys_token(keys_token), now()
    signers = [key for key in keys.keys if key.role == "gateway" and key.valid_at(at)]
    key = next((found for one in reversed(signers) if (found := keyring.private_key(one.kid)) is not None), None)
    if key is None:
        raise keyring.NotFounded("no gateway key is in force")
    contact = Body.objects.filter(pk=CONTACTS[settings.RAHDARI_NODE]).first()
    return make_node_document(
        node=settings.RAHDARI_NODE,
        name=_names(),
        contact_point={
            "body": CONTACTS[settings.RAHDARI_NODE],
            "name": {"en": contact.name_en, "ur": contact.name_ur, "ja": contact.name_ja} if contact else _names(),
        },
        journal_origin=keys.journal_origin,
        keys_token=keys_token,
        types=list(types),
        limits=LIMITS,
        issued_at=at,
        key=key,
    )


def _names() -> dict[str, str]:
    told = {}
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            told[language] = str(settings.NODE_NAMES[settings.RAHDARI_NODE])
    return told

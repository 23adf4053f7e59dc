"""The statements of the exchange itself: outcomes, rolled keys, a journal begun anew. No person is in them."""

from __future__ import annotations

from typing import Any

from rahdari.seals.forms import MOMENT

OUTCOME, KEY_ROLLED, JOURNAL_RESTARTED = "exchange.outcome/1", "exchange.key_rolled/1", "exchange.journal_restarted/1"
MARKING: dict[str, Any] = {"level": "contact_point", "bodies": []}
PERSONAL: tuple[str, ...] = ()

UUID = {"type": "string", "format": "uuid"}
HASH = {"type": "string", "pattern": "^[A-Za-z0-9_-]{43}$"}
HASH_OR_NONE = {"anyOf": [HASH, {"type": "null"}]}
TOKEN = {"type": "string", "minLength": 1, "maxLength": 262_144}
DRAFT = "https://json-schema.org/draft/2020-12/schema"


def _object(type: str, title: str, required: list[str], properties: dict[str, Any]) -> dict[str, Any]:
    # Unknown members are ignored by the protocol, so none is forbidden here.
    return {"$schema": DRAFT, "$id": type, "title": title, "type": "object", "required": required, "properties": properties}


SCHEMAS: dict[str, dict[str, Any]] = {
    OUTCOME: _object(
        OUTCOME,
        "What became of a statement",
        ["of", "statement", "envelope", "outcome", "reasons"],
        {
            "of": UUID,
            "statement": HASH_OR_NONE,
            "envelope": HASH,
            "outcome": {"enum": ["taken_up", "refused"]},
            "reasons": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["code", "path", "detail"],
                    "properties": {"code": {"type": "string"}, "path": {"type": "string"}, "detail": {"type": "string"}},
                },
            },
            "repeated": {"type": "boolean"},
        },
    ),
    KEY_ROLLED: _object(
        KEY_ROLLED,
        "Keys were rolled",
        ["keys_token", "at", "reason", "retire"],
        {
            "keys_token": TOKEN,
            "at": MOMENT,
            "reason": {"enum": ["planned", "lost", "compromised"]},
            "retire": {"type": "array", "items": HASH},
        },
    ),
    JOURNAL_RESTARTED: _object(
        JOURNAL_RESTARTED,
        "A journal was begun anew",
        ["old_origin", "size", "root", "new_origin", "reason"],
        {
            "old_origin": {"type": "string", "minLength": 1},
            "size": {"type": "integer", "minimum": 0},
            "root": HASH,
            "new_origin": {"type": "string", "minLength": 1},
            "reason": {"type": "string"},
        },
    ),
}

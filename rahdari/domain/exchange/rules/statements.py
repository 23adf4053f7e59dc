"""What may be said and taken up whatever the type: markings, and answers that name another token (docs/protocol.md, 2 and 5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

OUTCOME = "exchange.outcome/1"
KEY_ROLLED = "exchange.key_rolled/1"
JOURNAL_RESTARTED = "exchange.journal_restarted/1"
RECALLED = "notice.recalled/1"
HELD_BACK = ("notice.raised/", "notice.updated/")  # wait while the partner's witness refuses our journal


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a statement is refused: a code of the protocol, where in it, and a sentence."""

    code: str
    path: str = ""
    detail: str = ""

    def told(self) -> dict[str, str]:
        """As it stands in an outcome."""
        return {"code": self.code, "path": self.path, "detail": self.detail}


def why_not_marking(level: str, bodies: Sequence[str]) -> list[Cause]:
    """`office` never leaves, and bodies are named at `named_bodies` alone."""
    if level == "office":
        return [Cause("rule", "/marking/level", "What is marked office never leaves its node.")]
    if bodies and level != "named_bodies":
        return [Cause("rule", "/marking/bodies", "Bodies are named only at the level named_bodies.")]
    return []


def why_not_text(value: Any) -> list[Cause]:
    """JSON may hold U+0000, no table of ours can: such a statement breaks the schema of every type."""
    return [Cause("schema", "", "A text holds the character U+0000.")] if _has_nul(value) else []


def _has_nul(value: Any) -> bool:
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, Mapping):
        return any(_has_nul(one) for pair in value.items() for one in pair)
    return isinstance(value, (list, tuple)) and any(_has_nul(one) for one in value)


def why_not_answer(data: Mapping[str, Any], held: str | None) -> list[Cause]:
    """An answer names the token it answers; `held` is the hash of the one we hold under that id, None when we hold none."""
    named = data.get("statement")
    if "of" in data and named is not None and held is not None and named != held:
        return [Cause("rule", "/data/statement", "Another statement is held under the id that is answered.")]
    return []

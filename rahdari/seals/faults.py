"""What is wrong with a token, in the names of the protocol; each refusal of this workshop is one of these.

A detail is read by the other state: it names members and rules, never a value of a token, never a key.
"""

from __future__ import annotations

NAMES = frozenset(
    {
        "malformed",
        "too_large",
        "key_unknown",
        "signature",
        "wrong_recipient",
        "wrong_sender",
        "time",
        "key_out_of_validity",
        "fork",
        "chain",
        "stopped",
        "gap",
        "cannot_open",
        "mismatch",
        "id_reused",
        "type_unknown",
        "schema",
        "rule",
        "blob_missing",
        "blob_mismatch",
        "unauthorised",
        "not_a_party",
        "unavailable",
        "quota",
    }
)
FINAL = frozenset(
    {"malformed", "too_large", "key_unknown", "signature", "wrong_recipient", "wrong_sender", "key_out_of_validity"}
)


class Fault(Exception):
    """A token, or something in it, is refused under one of the protocol's names; `detail` is one plain sentence."""

    def __init__(self, name: str, detail: str = "") -> None:
        if name not in NAMES:
            raise ValueError(f"the protocol has no refusal named {name}")
        super().__init__(name, detail)
        self.name = name
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.name}: {self.detail}" if self.detail else self.name


def malformed(detail: str) -> Fault:
    """The fault of what has not the form the protocol gives it."""
    return Fault("malformed", detail)


def bad_signature() -> Fault:
    """The fault of a signature that is not the key's; it does not say in what respect."""
    return Fault("signature", detail="The signature does not verify with this key.")


def cannot_open() -> Fault:
    """The fault of a seal that does not open; one sentence for every cause, so that no caller learns which."""
    return Fault("cannot_open", detail="The seal does not open with this key, for this sender and receiver.")

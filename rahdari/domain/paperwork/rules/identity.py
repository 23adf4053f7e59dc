"""When the numbers of a person's identity card and passport may stand on a form: theirs always, others' once it is their turn.

Whoever recruits hands in papers that bear them once the contract is signed; the Protector has them before it once the
registration is applied for. No Django, no database, no clock here.
"""

from __future__ import annotations

RECRUITERS = frozenset({"promoter_manager", "promoter_clerk", "oec_officer"})


def opens_identity(role: str, *, own: bool, signed: bool, allowed: bool, applied: bool) -> bool:
    """Whether it is open: `own` file, contract `signed`, body `allowed` to see the file, registration `applied` for."""
    if own:
        return True
    return (role in RECRUITERS and signed and allowed) or (role == "protector" and applied)

"""Who may: a permission is a row of clauses, and every clause that fails refuses.

Packages list their permissions in `access.py`: `PERMITS = permits("fields", {"ask_stop":
(on_node("jp"), in_role("field_ministry"), own_field)})`. Nothing of Django may be brought in here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from .actor import Actor
from .refusal import Refusal


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition on the actor, or (`of_subject`) on the actor and the thing acted on."""

    name: str
    holds: Callable[[Actor, object], bool]
    refusal: str = "not_permitted"
    of_subject: bool = False


@dataclass(frozen=True, slots=True)
class Permit:
    """A named permission: the use case it opens and the clauses that must all hold."""

    name: str
    clauses: tuple[Clause, ...]

    def why_not(self, actor: Actor, subject: object = None) -> list[Refusal]:
        """Every clause that fails; clauses about the subject are asked only when one is given.

        A token opens only what its scopes name; what is open to anyone needs no scope.
        """
        if actor.scopes is not None and self.name not in actor.scopes and self.clauses != (anyone,):
            return [Refusal("not_in_scope", {"permission": self.name})]
        asked = (clause for clause in self.clauses if subject is not None or not clause.of_subject)
        refused = {clause.refusal: clause for clause in asked if not clause.holds(actor, subject)}
        return [Refusal(code, {"permission": self.name}) for code in refused]


def permits(package: str, table: Mapping[str, Iterable[Clause]]) -> dict[str, Permit]:
    """The permissions of a package, each under the name of its use case."""
    made = {use_case: Permit(f"{package}.{use_case}", tuple(clauses)) for use_case, clauses in table.items()}
    _known.update({permit.name: permit for permit in made.values()})
    return made


_known: dict[str, Permit] = {}


def known_permits() -> dict[str, Permit]:
    """Every permission of the packages that were brought in, by name; a running node has brought in all."""
    return dict(_known)


anyone = Clause("anyone", lambda actor, _: True)
signed_in = Clause("signed in", lambda actor, _: actor.known, "sign_in_first")
by_partner = Clause(
    "told by the partner, through the mailroom", lambda actor, _: (actor.role, actor.channel) == ("node", "mailroom")
)
by_node = Clause("by the node itself", lambda actor, _: (actor.role, actor.channel) == ("node", "timetable"))


def on_node(*nodes: str) -> Clause:
    """Only on the nodes named."""
    return Clause("on node " + " or ".join(nodes), lambda actor, _: actor.node in nodes, "wrong_node")


def in_role(*roles: str) -> Clause:
    """Only in one of the roles named (actions.md, section 1)."""
    return Clause("as " + " or ".join(roles), lambda actor, _: actor.role in roles)

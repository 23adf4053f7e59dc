"""The floor that starts things: PostgreSQL, databases and roles, a node's home folder, processes, the demonstration.

Modules here run before Django can: none of them may bring Django in. They tell an
operator in plain words what is wrong (`CannotStart`) and what to do about it.
"""

from __future__ import annotations


class CannotStart(Exception):
    """Something an operator must put right before the node can start; the message says what, in plain English."""

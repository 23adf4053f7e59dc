"""Checks: the six public checkers, as pages, as JSON and as a command.

Nouns: checker, facts, answer, reason.
The rules are those of the packages that own the matter: eligibility in placements, costs in
contracts, stay and deadlines in residence, suspension in fields, identifiers in organisations.
It may lean on every storey below; it keeps no rows and needs no database.
"""

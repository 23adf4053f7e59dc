"""Organisations: who takes part in the corridor, by what licence, and who stands behind them.

Nouns: promoter, state agency, employer, support organisation, training centre, exam body; licence
and its dated history, branch office, officer, security deposit, power of attorney; person without
a licence; agreement with a partner country; screening, match, namesake.
A licence is checked again at every later step; a name alone never suspends anybody, a person decides.
It may lean on accounts and on the ground below; its neighbour disclosure it may not import.
Only the rules of identifiers (numbers of persons, firms and licences) are built so far; registers,
licences, agreements and screening are still to come.
"""

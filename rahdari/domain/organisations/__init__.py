"""Organisations: who takes part in the corridor, by what licence, and who stands behind them.

Nouns: promoter, employer, support organisation, placement business, training centre, exam body; licence
and its dated history, order, appeal, branch office, officer, account, security deposit, power of attorney.
A licence is checked again at every later step; a name alone never suspends anybody, a person decides.
It may lean on accounts and on the ground below; its neighbour disclosure it may not import.
Each state edits its own register alone; the other holds what it was told (`registry.published/1`), read-only.
Each new entry is compared with all the others (a match waits for a person); the net shows what several share.
Import of registers and the register of agreements are still to come.
"""

"""Organisations: who takes part in the corridor, by what licence, and who stands behind them.

Nouns: promoter, employer, support organisation, placement business, training centre, exam body, partner; licence
and its dated history, order, appeal, branch office, officer, account, security deposit, power of attorney.
A licence is checked again at every later step; a name alone never suspends anybody, a person decides.
It may lean on accounts and on the ground below; its neighbour disclosure it may not import.
Each state edits its own register alone; the other holds what it was told (`registry.published/1`), read-only.
Registers of other offices come in as files, row by row explained, and are taken in or back whole by two officers.
Each new entry is compared with all the others (a match waits for a person); the net shows what several share.
Persons who recruit without a licence are heard before two officers warn of them.
Agreements of the ministry with any country, and their figures by month, are kept on Pakistan's node alone.
"""

"""Residence: what happens between the first day of work in Japan and the journey home.

Nouns: *support plan* and its ten items with evidence, *duty* (who tells whom, by when, on which
form), the *five-year counter* with days left out and the sixth year, *change of employer*,
*extension*, visits, illness, missing and death, *assisted return*.
May lean on departures, contracts, placements, candidates, fields, organisations and accounts, and
on the floors below the domain. Protection and everything above lean on this package.
Only the two rule books are built now: the counter (`rules/stay.py`) and duties and deadlines
(`rules/deadlines.py`), with their words. Plans, records and pages are still to come.
"""

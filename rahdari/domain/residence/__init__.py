"""Residence: what happens between the first day of work in Japan and the journey home.

Nouns: *change of status* (of a student or trainee, in the place of a certificate), *support plan* and its ten items with
evidence, *duty* (who tells whom, by when, on which form), the *five-year counter* with days left out and the sixth year,
*change of employer*, *extension*, visits, illness, missing and death, *assisted return*.
May lean on departures, contracts, placements, candidates, fields, organisations and accounts, and
on the floors below the domain. Protection and everything above lean on this package.
Built now: guidance, the change of status of those who live in Japan already, the first day of work; and two rule books, the
counter (`rules/stay.py`) and duties and deadlines (`rules/deadlines.py`). Plans, visits and returns are still to come.
"""

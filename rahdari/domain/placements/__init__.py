"""Placements: from one person's wish for one vacancy to the employer's answer.

What happens here: one application per person and vacancy; eligibility explained,
every unmet need with its source; the shortlist by declared criteria; nomination to
the employer; interviews; the result with its reason; the offer.
Nouns: application, case, shortlist, nomination, interview, decision, offer, reserve list.
It may lean on candidates, jobs, fields and what lies below them; exams is its
neighbour and may not be brought in, contracts and everything above stand on it.
Steps of stations 5 to 19 are recorded here (`actions.record_step`), whoever takes them.
Built so far: the rules of eligibility; application, nomination, interview, decision; the case with its line.
"""

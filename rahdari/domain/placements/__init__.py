"""Placements: from one person's wish for one vacancy to the employer's answer.

What happens here: one application per person and vacancy; eligibility explained,
every unmet need with its source; the shortlist by declared criteria; nomination to
the employer; interviews; the result with its reason; the offer.
Nouns: application, case, shortlist, nomination, interview, timetable, decision, offer, reserve list, hold, turn.
It may lean on candidates, jobs, fields and what lies below them; exams is its
neighbour and may not be brought in, contracts and everything above stand on it.
Steps of stations 5 to 19 are recorded here (`actions.record_step`), whoever takes them.
Built so far: the rules of eligibility; application, ranking, nomination, interview (one by one, by timetables, on expo and
interview days), moves and no-shows, decision, what is taken back or returned, holds, a held case that goes on elsewhere; the
case with its line, and whose turn it is. Not yet: criteria an employer declares on its own node.
"""

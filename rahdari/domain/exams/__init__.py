"""Exams: sittings of skill and language tests, seats against demand, results from the examiner.

Nouns: sitting, seat, booking, roster, result, certificate, anomaly.
It may lean on candidates, jobs and what lies below; placements is its neighbour.
A result comes from the examiner's statement or file, never from the candidate's paper.
Not built yet.
"""

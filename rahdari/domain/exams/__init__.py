"""Exams: sittings of skill and language tests, seats against demand, results from the examiner.

Nouns: sitting, seat, booking, roster, result, certificate. Station 6 of the line.
It may lean on candidates, jobs and what lies below; placements is its neighbour: both meet in the file of a person.
A result comes from the examiner's statement or file, never from the candidate's paper; where the partner is absent a
certificate may be entered, and stands once the Protector checked its number with the examiner.
Anomalies, bars and voided results are still to come.
"""

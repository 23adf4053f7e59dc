"""Exams: sittings of skill and language tests, seats against demand, results from the examiner.

Nouns: sitting, seat, booking, roster, door, result, certificate, trace, sign of fraud, voiding, appeal. Station 6 of the line.
It may lean on candidates, jobs and what lies below; placements is its neighbour: both meet in the file of a person.
A result comes from the examiner's statement or file, never from the candidate's paper; where the partner is absent a
certificate may be entered, and stands once the Protector checked its number with the examiner.
A sign of fraud is decided by a person; a result is made void by two officers after the person was heard, and may come back.
A person may be barred from tests without that, on an upheld sign, by two officers, until a day.
"""

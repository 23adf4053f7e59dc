"""Notices: what one state tells the other about a wrongful act or an intermediary (MOC 4(1), 5(3)).

Nouns: notice, category (a to e), evidence, answer, measure, reply of the named party.
It may lean on protection and what lies below.
Its clock starts with the teller; an answer says steps, evidence and measure, never a bare denial.
Not built yet.
"""

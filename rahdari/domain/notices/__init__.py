"""Notices: what one state tells the other about a wrongful act or an intermediary (MOC 4(1), 5(3)).

Nouns: notice, category (a to e), evidence, answer, measure, reply of the named party, recall.
It may lean on protection and what lies below.
Its clock starts with the teller; an answer says steps, evidence and measure, never a bare denial.
Built now: drafting, approving by a second officer, accepting, answering, recalling, on both nodes.
Evidence as files, contesting, agreeing, closing and the reply of the named party are not built yet.
"""

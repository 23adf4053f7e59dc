"""Candidates: one file for life, the papers in it, training centres, talent profiles.

Nouns: file, paper, skill, cohort, dependant, profile, consent per purpose.
It may lean on fields and what lies below; its neighbour jobs is met on the floor below.
Nothing of a worker is shown to an intermediary before the worker applied.
It may be opened, corrected, merged, exported and erased; lists of centres are taken in; a centre has its desk.
"""

"""Candidates: one file for life, the papers in it, training centres, talent profiles.

Nouns: file, paper, skill, cohort, dependant, profile, consent per purpose.
It may lean on fields and what lies below; its neighbour jobs is met on the floor below.
Nothing of a worker is shown to an intermediary before the worker applied.
Built so far: the file, its pseudonym, consent to one body for one purpose, tests passed.
"""

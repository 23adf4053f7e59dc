"""Paperwork: the official forms of both states, filled from what was entered; nothing is typed twice.

Nouns: form, field of a form, slot (a field nobody enters yet), filled form. Reads only.
A form is rows of `form_kinds` and `form_fields`; one engine fills all of them, shows from which row each value comes and who
entered it, and prints them as PDF and XLSX. It may lean on every storey below; its neighbours dashboards and checks are not.
"""

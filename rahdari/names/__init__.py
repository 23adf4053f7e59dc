"""Names: the same person or firm recognised across Latin, Urdu and Japanese script. Pure; no Django, nothing of rahdari.

Not built yet.
"""

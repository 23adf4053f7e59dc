"""Jobs: demand as data, its attestation and permission, the vacancies of the public portal.

Nouns: demand, attestation, objection, permission, vacancy, listing, kept search, event.
It may lean on fields, organisations and what lies below; candidates is its neighbour.
Vacancies may not exceed the demand, and nothing is published without permission.
Stations 1 to 4 of the line are recorded here; the line itself, its routes and its steps are tables of `rules/line.py`.
The portal finds a vacancy by keys that know no language (`rules/listing.py`); typed words are turned into such keys in
memory (`rules/words.py`), so that one query of plain conditions answers.
Built so far: filing, attestation, permission, publication, each also from paper where the step is the other side's; the portal.
"""

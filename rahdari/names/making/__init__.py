"""How the tables of the matcher are made from open data; nothing of this is needed to match names.

`python -m rahdari.names.making letters PERSONS` learns the letter costs, `... readings FOLDER`
takes kanji readings out of a dictionary. `tables/SOURCES.md` says where the data come from and under which licence.
"""

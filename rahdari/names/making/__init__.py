"""How the tables of the matcher are made from open data, and its weights from pairs; nothing of this is needed to match names.

`python -m rahdari.names.making TABLE SOURCES`: `letters` learns the letter costs, `readings` takes kanji readings out of a
dictionary, `words` and `frequent` spell out closed-class words and frequent names, `places` names towns, `weights` fits the
weights. `tables/SOURCES.md` says where the data come from and under which licence.
"""

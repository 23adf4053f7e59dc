"""Invented people and firms on two real nodes, by the real actions (`rahdari simulate`).

A scenario (`scenarios`) says how many people and firms there are, how often each thing fails and how long it takes; nothing of
the outcome is written anywhere. One process a node (`node`) holds its people and officers (`sending`, `accepting`), looks each
simulated day at what waits for them and calls the actions; statements cross over HTTP as between any two nodes. Whoever
started it (`running`) knows no Django: it makes the homes, says which day it is, and joins what both databases count (`report`).

No way round the actions may be brought in here: no row is written but by them.
"""

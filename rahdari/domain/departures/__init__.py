"""Departures: certificate of eligibility, visa, Protector registration, clearance, flight, arrival.

Nouns: certificate of eligibility, visa, registration, clearance, manifest. Stations 12 to 16 of the line.
It may lean on contracts and what lies below; what it must know of residence (the guidance) is pushed down as a paper.
The windows of certificate, visa and permission must overlap. A clearance has a number and a pass that anyone checks without a
network (docs/protocol/passes.md); it may be refused, revoked, appealed, and given by hand in an outage.
"""

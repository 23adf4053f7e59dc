"""Departures: certificate of eligibility, visa, Protector registration, clearance pass, flight, arrival.

Nouns: certificate of eligibility, visa, registration, clearance pass, manifest.
It may lean on contracts and what lies below.
The windows of certificate, visa and permission must overlap; a pass checks without a network.
Stations 12 to 16 of the line. Not built yet.
"""

"""The other side of `bench/exchange.py` and `bench/faults.py`: django-pyas2 at both ends of an AS2 line.

`side` runs in our environment: it installs the peer, starts its database and web servers, asks its programs.
`program`, `settings` and `urls` run in the peer's own environment.
"""

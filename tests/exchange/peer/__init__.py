"""The other government's node, written from the text of the protocol alone.

Nothing of rahdari is brought in here: only the standard library and `cryptography`. It speaks
version 1 of the exchange as partner (a server in a thread, a courier, a journal, a witness), and
can be told to misbehave. See ../README.md for the choices where the text leaves one.
"""

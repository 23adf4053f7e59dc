"""The exchange: two sovereign nodes tell each other statements, sealed, receipted and journalled.

Nouns: partner, key, stream, statement, seal, envelope, receipt, outcome, blob, journal, checkpoint, witness, alarm.
It carries every letter and opens none of the domain: `project/mailroom.py` decides who receives it.
It may lean on disclosure and accounts; its tokens are the workshop `rahdari/seals`.
Specification: docs/protocol.md.
"""

"""The ground: refusals, dated rows, the unit of work, audit, outbox, what waits, letters, files, secrets.

It knows no word of the domain. Pure modules (no Django): refusal, states, money, ids,
actor, access, days, facts, reference. The others keep rows in the node's database.
"""

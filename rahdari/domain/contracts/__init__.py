"""Terms and costs of one employment: what was promised, what may be asked for it, what was paid.

The nouns: *terms* (pay, hours, housing, side by side in two languages, one hash on
both nodes), *clauses* (what a contract may not say), *costs* (one line each: item,
amount, payer, payee, and the basis it is worked out on), the worker's *confirmation*
of terms and costs, and the *fee ledger* shown under three norms at once, with its *receipts*
and the money that came back.
May lean on exams, placements, candidates, jobs, fields, exchange, disclosure,
organisations and accounts, and on the floors below the domain. Departures and
everything above lean on this package.
"""

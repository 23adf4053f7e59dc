"""Fields: the industry fields of the system, their requirements, ceilings, and the orders that suspend them.

Nouns: field, duty, requirement, ceiling, resident, suspension order, effect, exception group.
A field's own ministry asks for a stop, the immigration agency decides (MOC 6(1), ICRRA 7-2);
an order never ends anybody's status by itself.
It may lean on exchange, disclosure, organisations, accounts. The dated tables of the law are read here.
"""

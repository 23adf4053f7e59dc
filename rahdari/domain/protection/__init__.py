"""Protection: complaints in three minutes, their clocks, the identity kept apart, money recovered.

Nouns: complaint, step, measure, referral, custodian, recovery, emergency.
It may lean on residence and what lies below.
A complaint that is not decided in time rises to the other state's contact point by itself.
Not built yet.
"""

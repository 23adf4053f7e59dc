"""Cooperation: the agreement itself, and what the contact points owe each other under it.

Nouns: clause, contact point, request, enquiry, consultation, review, amendment, dispute.
It may lean on notices and every storey below.
Built now: the Memorandum clause by clause, with what the system does for each; requests between the contact points;
enquiries of firms, from the firm to a demand or a reason.
Consultations, reviews, amendments and disputes are not built yet.
"""

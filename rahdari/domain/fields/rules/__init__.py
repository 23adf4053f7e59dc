"""The law of the fields: what a suspension order does, and the states of an order."""

"""The doors for people: the forms of a case and of a demand, one of them filled, and on paper."""

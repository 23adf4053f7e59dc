"""The doors for people: the portal of vacancies, and the desk of demands."""

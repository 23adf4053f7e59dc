"""The storeys: one package for each part of the corridor; imports go only downward."""

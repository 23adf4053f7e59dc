"""The hall: pages and fragments, JSON in and out, language and direction, errors, the design system.

It knows no word of the domain and leans on the ground alone.
"""

"""Dashboards: the front page, and later funnels, scorecard and open data. Reads only.

Nouns: figure, definition, funnel, scorecard.
It may lean on every storey below; its neighbour checks is not one of them.
A figure is shown with its definition, its table and the date of its data.
"""

"""Simulate: invented people driving the real actions. Not built yet."""

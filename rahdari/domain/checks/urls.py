"""Addresses of checks."""

urlpatterns = []

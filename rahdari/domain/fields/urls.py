"""Addresses of fields."""

urlpatterns = []

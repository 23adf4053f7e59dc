"""Addresses of cooperation."""

urlpatterns = []

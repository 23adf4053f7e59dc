"""The front page of a node."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    """What one can do here, and how the fields stand."""
    return render(request, "dashboards/home.html", {})

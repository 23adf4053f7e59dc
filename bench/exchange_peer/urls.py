"""Addresses of one end of django-pyas2."""

from django.urls import include, path

urlpatterns = [path("pyas2/", include("pyas2.urls"))]

"""The package's doors for programs, on one router: requests of the contact points, and enquiries of firms."""

from . import enquiries
from .requests import router

__all__ = ["enquiries", "router"]

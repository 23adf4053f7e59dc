"""Reads of paperwork: which forms a case or a demand has, and one of them filled, as the actor may see it."""

from .forms import FormSeen, LineSeen, form_for, forms_for

__all__ = ["FormSeen", "LineSeen", "form_for", "forms_for"]

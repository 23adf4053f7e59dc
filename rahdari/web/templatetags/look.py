"""Tags of the design system, known to every template."""

from django import template

register = template.Library()

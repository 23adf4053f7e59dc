"""Words of the front page."""

from django.utils.translation import gettext_lazy as _

PERMISSIONS = {"dashboards.home": _("See the front page")}

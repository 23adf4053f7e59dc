"""Addresses of candidates: my file and what I allow."""

from rahdari.web.doors import door
from rahdari.web.steps import step_page

from .access import PERMITS
from .forms import steps
from .views import files

urlpatterns = [
    door("", files.see_file, PERMITS["see_file"], methods=("GET",)),
    door("open/", step_page(steps.OPEN_FILE), PERMITS["open_file"]),
    door("consents/give/", step_page(steps.GIVE_CONSENT), PERMITS["give_consent"]),
    door("consents/<uuid:consent_id>/withdraw/", files.withdraw_consent, PERMITS["withdraw_consent"], methods=("POST",)),
]

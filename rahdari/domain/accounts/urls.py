"""Addresses of accounts."""

from rahdari.web.doors import door

from .access import PERMITS
from .views import passwords

urlpatterns = [
    door("password/", passwords.ask_new_password, PERMITS["ask_new_password"]),
    door("password/<uuid:person_id>/<str:token>/", passwords.choose_password, PERMITS["choose_password"]),
    door("password/change/", passwords.change_password, PERMITS["change_password"]),
]

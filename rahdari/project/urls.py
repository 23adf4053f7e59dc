"""Address → package. Pages stand under their language; what programs ask does not."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from rahdari.domain.exchange.urls import wire_urls
from rahdari.project.openapi import api, see_api
from rahdari.web import errors
from rahdari.web.access import PERMITS
from rahdari.web.doors import door

urlpatterns = [
    path("", include("rahdari.web.urls")),
    path("", include(wire_urls)),
    path("api/", api.urls),
    *i18n_patterns(
        path("", include("rahdari.domain.dashboards.urls")),
        path("account/", include("rahdari.domain.accounts.urls")),
        path("licences/", include("rahdari.domain.organisations.urls")),
        path("fields/", include("rahdari.domain.fields.urls")),
        path("jobs/", include("rahdari.domain.jobs.urls")),
        path("file/", include("rahdari.domain.candidates.urls")),
        path("cases/", include("rahdari.domain.placements.urls")),
        path("exams/", include("rahdari.domain.exams.urls")),
        path("terms/", include("rahdari.domain.contracts.urls")),
        path("departures/", include("rahdari.domain.departures.urls")),
        path("residence/", include("rahdari.domain.residence.urls")),
        path("notices/", include("rahdari.domain.notices.urls")),
        path("", include("rahdari.domain.cooperation.urls")),
        path("exchange/", include("rahdari.domain.exchange.urls")),
        path("checks/", include("rahdari.domain.checks.urls")),
        path("forms/", include("rahdari.domain.paperwork.urls")),
        door("programs/", see_api, PERMITS["see_api"], methods=("GET",)),
        path("desk/", include("rahdari.web.desk_urls")),
    ),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.page_not_found
handler500 = errors.server_error

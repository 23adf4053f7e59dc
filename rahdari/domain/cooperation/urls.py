"""Addresses of cooperation: the agreement for anyone, then the requests of the contact points."""

from rahdari.web.doors import door

from .access import PERMITS
from .views import agreement, requests

READ = ("GET",)
urlpatterns = [
    door("agreement/", agreement.see_agreement, PERMITS["see_agreement"], methods=READ),
    door("requests/", requests.see_requests, PERMITS["see_requests"], methods=READ),
    door("requests/ask/<slug:kind>/", requests.send_request, PERMITS["send_request"]),
    door("requests/<uuid:request_id>/", requests.see_request, PERMITS["see_request"], methods=READ),
    door("requests/<uuid:request_id>/accept/", requests.accept_request, PERMITS["accept_request"]),
    door("requests/<uuid:request_id>/answer/", requests.answer_request, PERMITS["answer_request"]),
    door("requests/<uuid:request_id>/rate/", requests.rate_answer, PERMITS["rate_answer"]),
]

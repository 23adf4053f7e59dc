"""Addresses of cooperation: the agreement for anyone, the requests of the contact points, the enquiries of firms."""

from rahdari.web.doors import door
from rahdari.web.steps import step_page

from .access import PERMITS
from .forms.enquiries import ENQUIRE_FIRM, ON_ENQUIRY
from .views import agreement, enquiries, requests

READ = ("GET",)
urlpatterns = [
    door("agreement/", agreement.see_agreement, PERMITS["see_agreement"], methods=READ),
    door("requests/", requests.see_requests, PERMITS["see_requests"], methods=READ),
    door("requests/ask/<slug:kind>/", requests.send_request, PERMITS["send_request"]),
    door("requests/<uuid:request_id>/", requests.see_request, PERMITS["see_request"], methods=READ),
    door("requests/<uuid:request_id>/accept/", requests.accept_request, PERMITS["accept_request"]),
    door("requests/<uuid:request_id>/answer/", requests.answer_request, PERMITS["answer_request"]),
    door("requests/<uuid:request_id>/rate/", requests.rate_answer, PERMITS["rate_answer"]),
    door("enquiries/", enquiries.see_enquiries, PERMITS["see_enquiries"], methods=READ),
    door("enquiries/ask/", step_page(ENQUIRE_FIRM), PERMITS["enquire_firm"]),
    door("enquiries/<uuid:enquiry_id>/", enquiries.see_enquiry, PERMITS["see_enquiry"], methods=READ),
    door("enquiries/<uuid:enquiry_id>/answer/", enquiries.answer_enquiry, PERMITS["answer_enquiry"]),
    *(door(f"enquiries/<uuid:enquiry_id>/{part}/", step_page(step), PERMITS[step.name]) for part, step in ON_ENQUIRY.items()),
]

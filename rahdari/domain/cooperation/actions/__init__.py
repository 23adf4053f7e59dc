"""The writes of cooperation: asking, accepting, answering, rating; enquiries of firms; and what the partner says of the same."""

from .answering import answer_enquiry, assign_enquiry, close_enquiry, link_demand
from .demonstration import seed_enquiries
from .enquiring import enquire_firm, forward_enquiry, return_enquiry
from .naming import send_reveal, tell_reveal
from .requesting import accept_request, answer_request, rate_answer, send_request

__all__ = [
    "accept_request",
    "answer_enquiry",
    "answer_request",
    "assign_enquiry",
    "close_enquiry",
    "enquire_firm",
    "forward_enquiry",
    "link_demand",
    "rate_answer",
    "return_enquiry",
    "seed_enquiries",
    "send_request",
    "send_reveal",
    "tell_reveal",
]

"""The writes of cooperation: asking, accepting, answering, rating; and taking up what the partner says of the same."""

from .requesting import accept_request, answer_request, rate_answer, send_request

__all__ = ["accept_request", "answer_request", "rate_answer", "send_request"]

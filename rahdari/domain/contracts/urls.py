"""Addresses of contracts: terms, costs and contract of one case, and their steps."""

from rahdari.web.doors import door
from rahdari.web.steps import step_page

from .access import PERMITS
from .forms import steps
from .views import papers

urlpatterns = [
    door("<uuid:case_id>/", papers.see_terms, PERMITS["see_terms"], methods=("GET",)),
    door("<uuid:case_id>/offer/", step_page(steps.OFFER_EMPLOYMENT), PERMITS["offer_employment"]),
    door("<uuid:case_id>/terms/", step_page(steps.CONFIRM_TERMS), PERMITS["confirm_terms"]),
    door("<uuid:case_id>/costs/", step_page(steps.DECLARE_COSTS), PERMITS["declare_costs"]),
    door("<uuid:case_id>/costs/confirm/", step_page(steps.CONFIRM_COSTS), PERMITS["confirm_costs"]),
    door("<uuid:case_id>/sign/", step_page(steps.SIGN_CONTRACT), PERMITS["sign_contract"]),
    door("<uuid:case_id>/decline/", step_page(steps.DECLINE_OFFER), PERMITS["decline_offer"]),
    door("<uuid:case_id>/call/", step_page(steps.CALL_RESERVE), PERMITS["call_reserve"]),
]

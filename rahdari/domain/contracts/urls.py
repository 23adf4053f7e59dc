"""Addresses of contracts: terms, costs and contract of one case, and their steps."""

from rahdari.web.doors import door
from rahdari.web.steps import step_page

from .access import PERMITS
from .forms import questions, receipts, steps
from .views import papers
from .views import questions as answers
from .views import receipts as kept

urlpatterns = [
    door("answers/", answers.see_answers, PERMITS["see_answers"], methods=("GET",)),
    door("answers/<uuid:answer_id>/", answers.see_answer, PERMITS["see_answer"], methods=("GET",)),
    door("answers/<uuid:answer_id>/decide/", step_page(questions.EXAMINE_ANSWER), PERMITS["examine_answer"]),
    door("<uuid:case_id>/", papers.see_terms, PERMITS["see_terms"], methods=("GET",)),
    door("<uuid:case_id>/offer/", step_page(steps.OFFER_EMPLOYMENT), PERMITS["offer_employment"]),
    door("<uuid:case_id>/terms/", step_page(steps.CONFIRM_TERMS), PERMITS["confirm_terms"]),
    door("<uuid:case_id>/costs/", step_page(steps.DECLARE_COSTS), PERMITS["declare_costs"]),
    door("<uuid:case_id>/costs/confirm/", step_page(steps.CONFIRM_COSTS), PERMITS["confirm_costs"]),
    door("<uuid:case_id>/costs/contest/", step_page(questions.CONTEST_COSTS), PERMITS["contest_costs"]),
    door("<uuid:case_id>/questions/", step_page(questions.ANSWER_AGAIN), PERMITS["answer_again"]),
    door("<uuid:case_id>/sign/", step_page(steps.SIGN_CONTRACT), PERMITS["sign_contract"]),
    door("<uuid:case_id>/change/", step_page(steps.CHANGE_TERMS), PERMITS["change_terms"]),
    door("<uuid:case_id>/change/agree/", step_page(steps.AGREE_CHANGE), PERMITS["agree_change"]),
    door("<uuid:case_id>/rescind/", step_page(steps.RESCIND_CONTRACT), PERMITS["rescind_contract"]),
    door("<uuid:case_id>/decline/", step_page(steps.DECLINE_OFFER), PERMITS["decline_offer"]),
    door("<uuid:case_id>/call/", step_page(steps.CALL_RESERVE), PERMITS["call_reserve"]),
    door("<uuid:case_id>/receipts/", step_page(receipts.RECORD_RECEIPT), PERMITS["record_receipt"]),
    door("<uuid:case_id>/receipts/<uuid:receipt_id>/", kept.see_receipt, PERMITS["see_receipt"], methods=("GET",)),
    door("<uuid:case_id>/money-back/", step_page(receipts.RECORD_MONEY_BACK), PERMITS["record_money_back"]),
    door("<uuid:case_id>/money-back/confirm/", step_page(receipts.CONFIRM_MONEY_BACK), PERMITS["confirm_money_back"]),
]

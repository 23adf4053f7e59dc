"""Addresses of contracts: terms, costs and contract of one case, and their steps."""

from rahdari.web.doors import door
from rahdari.web.steps import step_page

from .access import PERMITS
from .forms import questions, receipts, services, steps
from .views import papers
from .views import questions as answers
from .views import receipts as kept
from .views import services as milestones

MILESTONE = "milestones/<uuid:milestone_id>/"
urlpatterns = [
    door("answers/", answers.see_answers, PERMITS["see_answers"], methods=("GET",)),
    door("answers/<uuid:answer_id>/", answers.see_answer, PERMITS["see_answer"], methods=("GET",)),
    door("answers/<uuid:answer_id>/decide/", step_page(questions.EXAMINE_ANSWER), PERMITS["examine_answer"]),
    door(MILESTONE, milestones.see_milestone, PERMITS["see_milestone"], methods=("GET",)),
    door(f"{MILESTONE}deliver/", step_page(services.DELIVER_MILESTONE), PERMITS["deliver_milestone"]),
    door(f"{MILESTONE}return/", step_page(services.RETURN_MILESTONE), PERMITS["return_milestone"]),
    door(f"{MILESTONE}accept/", step_page(services.ACCEPT_MILESTONE), PERMITS["accept_milestone"]),
    door(f"{MILESTONE}pay/", step_page(services.PAY_MILESTONE), PERMITS["pay_milestone"]),
    door(f"{MILESTONE}late/", step_page(services.TAKE_UP_OVERDUE), PERMITS["take_up_overdue"]),
    door("<uuid:case_id>/service/", step_page(services.OFFER_SERVICE), PERMITS["offer_service"]),
    door("<uuid:case_id>/service/agree/", step_page(services.AGREE_SERVICE), PERMITS["agree_service"]),
    door("<uuid:case_id>/service/begin/", step_page(services.BEGIN_SERVICE), PERMITS["begin_service"]),
    door("<uuid:case_id>/service/end/", step_page(services.END_SERVICE), PERMITS["end_service"]),
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

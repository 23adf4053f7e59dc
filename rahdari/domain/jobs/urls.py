"""Addresses of jobs: the portal anyone reads, then the desk of demands."""

from rahdari.web.doors import door
from rahdari.web.steps import step_page

from .access import PERMITS
from .forms import drafts as draft_steps
from .forms import steps, stops
from .views import desk, drafts, kept, portal

READ, WRITE = ("GET",), ("POST",)
urlpatterns = [
    door("", portal.see_vacancies, PERMITS["see_vacancies"], methods=READ),
    door("<uuid:vacancy_id>/", portal.see_vacancy, PERMITS["see_vacancy"], methods=READ),
    door("<uuid:vacancy_id>/close/", step_page(steps.CLOSE_VACANCY), PERMITS["close_vacancy"]),
    door("places/", portal.see_places, PERMITS["see_places"], methods=READ),
    door("searches/", kept.see_kept_searches, PERMITS["see_kept_searches"], methods=READ),
    door("searches/keep/", kept.keep_search, PERMITS["keep_search"], methods=WRITE),
    door("searches/<uuid:search_id>/seen/", kept.look_through, PERMITS["look_through"], methods=WRITE),
    door("searches/<uuid:search_id>/drop/", kept.drop_search, PERMITS["drop_search"], methods=WRITE),
    door("demands/", desk.see_demands, PERMITS["see_demands"], methods=READ),
    door("demands/file/", step_page(steps.FILE_DEMAND), PERMITS["file_demand"]),
    door("demands/drafts/", drafts.see_drafts, PERMITS["see_drafts"], methods=READ),
    door("demands/drafts/save/", drafts.save_draft, PERMITS["save_draft"], methods=WRITE),
    door("demands/drafts/table/", step_page(draft_steps.TAKE_DRAFTS), PERMITS["take_drafts"]),
    door("demands/drafts/<uuid:draft_id>/", step_page(draft_steps.FILE_DRAFT), PERMITS["file_draft"]),
    door(
        "demands/drafts/<uuid:draft_id>/save/",
        drafts.save_draft,
        PERMITS["save_draft"],
        name="jobs.save_draft_again",
        methods=WRITE,
    ),
    door("demands/drafts/<uuid:draft_id>/drop/", drafts.drop_draft, PERMITS["drop_draft"], methods=WRITE),
    door("demands/<uuid:demand_id>/copy/", step_page(draft_steps.COPY_DEMAND), PERMITS["copy_demand"]),
    door("demands/<uuid:demand_id>/", desk.see_demand, PERMITS["see_demand"], methods=READ),
    door("demands/<uuid:demand_id>/attest/", step_page(steps.ATTEST_DEMAND), PERMITS["attest_demand"]),
    door("demands/<uuid:demand_id>/permit/", step_page(steps.PERMIT_DEMAND), PERMITS["permit_demand"]),
    door("demands/<uuid:demand_id>/compare/<uuid:entered_id>/", step_page(steps.COMPARE_DEMAND), PERMITS["compare_demand"]),
    door("demands/<uuid:demand_id>/publish/", step_page(steps.PUBLISH_VACANCY), PERMITS["publish_vacancy"]),
    *(door(f"demands/<uuid:demand_id>/{word}/", step_page(step), PERMITS[step.name]) for word, step in stops.ON_DEMAND.items()),
    door("<uuid:vacancy_id>/take-down/", step_page(stops.TAKE_DOWN_VACANCY), PERMITS["take_down_vacancy"]),
    door("demands/<uuid:demand_id>/papers/<slug:sha256>/", desk.see_paper, PERMITS["see_paper"], methods=READ),
]

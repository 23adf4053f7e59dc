"""Addresses of candidates: my file, its papers and what I allow; the counter; files others were allowed to see."""

from rahdari.web.doors import door
from rahdari.web.steps import step_page

from .access import PERMITS
from .forms import steps
from .forms.likeness import ON_LIKENESS
from .views import files, guide, likeness, visits

urlpatterns = [
    door("", files.see_file, PERMITS["see_file"], methods=("GET",)),
    door("open/", step_page(steps.OPEN_FILE), PERMITS["open_file"]),
    door("guide/", guide.guide_file, PERMITS["open_file"], name="candidates.guide_file"),
    door("guide/<str:screen>/", guide.guide_file, PERMITS["open_file"], name="candidates.guide_file"),
    door("correct/", step_page(steps.CORRECT_FILE), PERMITS["correct_file"]),
    door("confirm/", files.confirm_file, PERMITS["confirm_file"], methods=("POST",)),
    door("papers/put/", step_page(steps.PUT_IN_PAPER), PERMITS["put_in_paper"]),
    door("papers/<str:sha256>/", files.see_file_paper, PERMITS["see_file_paper"], methods=("GET",)),
    door("papers/<uuid:paper_id>/take-out/", files.take_out_paper, PERMITS["take_out_paper"], methods=("POST",)),
    door("degrees/record/", step_page(steps.RECORD_DEGREE), PERMITS["record_degree"]),
    door("practice/record/", step_page(steps.RECORD_PRACTICE), PERMITS["record_practice"]),
    door("consents/give/", step_page(steps.GIVE_CONSENT), PERMITS["give_consent"]),
    door("consents/<uuid:consent_id>/withdraw/", files.withdraw_consent, PERMITS["withdraw_consent"], methods=("POST",)),
    door("counter/", visits.begin_visit, PERMITS["begin_visit"]),
    door("counter/<uuid:file_id>/end/", visits.end_visit, PERMITS["end_visit"], methods=("POST",)),
    door("of/<uuid:file_id>/", files.see_candidate, PERMITS["see_candidate"], methods=("GET",)),
    door("alike/", likeness.see_likenesses, PERMITS["see_likenesses"], methods=("GET",)),
    door("alike/<uuid:likeness_id>/", likeness.see_likeness, PERMITS["see_likeness"], methods=("GET",)),
    *(door(f"alike/<uuid:likeness_id>/{part}/", step_page(step), PERMITS[step.name]) for part, step in ON_LIKENESS.items()),
]

"""Addresses of candidates: my file, its papers and what I allow; the counter; files others were allowed to see."""

from rahdari.web.doors import door
from rahdari.web.steps import step_page

from .access import PERMITS
from .forms import steps
from .forms.dependants import RECORD_DEPENDANT
from .forms.likeness import ON_LIKENESS
from .forms.lists import DRAFT_LIST, ON_LIST
from .forms.profiles import PUBLISH_PROFILE
from .forms.reveals import ANSWER_REVEAL, ASK_REVEAL
from .forms.training import ADD_TRAINEES, OPEN_COHORT, OPEN_COURSE
from .views import dependants, files, guide, keeping, likeness, lists, reveals, training, visits

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
    door("internships/record/", step_page(steps.RECORD_INTERNSHIP), PERMITS["record_internship"]),
    door("practice/record/", step_page(steps.RECORD_PRACTICE), PERMITS["record_practice"]),
    door("consents/give/", step_page(steps.GIVE_CONSENT), PERMITS["give_consent"]),
    door("consents/<uuid:consent_id>/withdraw/", files.withdraw_consent, PERMITS["withdraw_consent"], methods=("POST",)),
    door("counter/", visits.begin_visit, PERMITS["begin_visit"]),
    door("counter/<uuid:file_id>/end/", visits.end_visit, PERMITS["end_visit"], methods=("POST",)),
    door("of/", files.see_candidates, PERMITS["see_candidates"], methods=("GET",)),
    door("of/<uuid:file_id>/", files.see_candidate, PERMITS["see_candidate"], methods=("GET",)),
    door("alike/", likeness.see_likenesses, PERMITS["see_likenesses"], methods=("GET",)),
    door("alike/<uuid:likeness_id>/", likeness.see_likeness, PERMITS["see_likeness"], methods=("GET",)),
    *(door(f"alike/<uuid:likeness_id>/{part}/", step_page(step), PERMITS[step.name]) for part, step in ON_LIKENESS.items()),
    door("data/", keeping.export_file, PERMITS["export_file"], methods=("GET",)),
    door("data/erase/", keeping.erase_file, PERMITS["erase_file"]),
    door("profile/publish/", step_page(PUBLISH_PROFILE), PERMITS["publish_profile"]),
    door("profile/hide/", keeping.hide_profile, PERMITS["hide_profile"], methods=("POST",)),
    door("profiles/", keeping.see_profiles, PERMITS["see_profiles"], methods=("GET",)),
    door("lists/", lists.see_lists, PERMITS["see_lists"], methods=("GET",)),
    door("lists/hand-in/", step_page(DRAFT_LIST), PERMITS["draft_list"]),
    door("lists/<uuid:list_id>/", lists.see_list, PERMITS["see_list"], methods=("GET",)),
    door(
        "lists/<uuid:list_id>/rows/", lists.see_list_rows, PERMITS["see_list"], name="candidates.see_list_rows", methods=("GET",)
    ),
    door(
        "lists/<uuid:list_id>/report/",
        lists.see_list_report,
        PERMITS["see_list"],
        name="candidates.see_list_report",
        methods=("GET",),
    ),
    door("lists/<uuid:list_id>/columns/", lists.map_list, PERMITS["map_list"]),
    *(door(f"lists/<uuid:list_id>/{part}/", step_page(step), PERMITS[step.name]) for part, step in ON_LIST.items()),
    door("training/", training.see_training, PERMITS["see_training"], methods=("GET",)),
    door("training/courses/open/", step_page(OPEN_COURSE), PERMITS["open_course"]),
    door("training/courses/<uuid:course_id>/cohorts/open/", step_page(OPEN_COHORT), PERMITS["open_cohort"]),
    door("training/cohorts/<uuid:cohort_id>/", training.see_cohort, PERMITS["see_cohort"], methods=("GET",)),
    door("training/cohorts/<uuid:cohort_id>/add/", step_page(ADD_TRAINEES), PERMITS["add_trainees"]),
    door("training/cohorts/<uuid:cohort_id>/attendance/", training.record_attendance, PERMITS["record_attendance"]),
    door(
        "training/trainees/<uuid:trainee_id>/complete/",
        training.record_completion,
        PERMITS["record_completion"],
        methods=("POST",),
    ),
    door("training/trainees/<uuid:trainee_id>/leave/", training.leave_training, PERMITS["leave_training"], methods=("POST",)),
    door("shown/<uuid:shown_id>/", reveals.see_shown, PERMITS["see_shown"], methods=("GET",)),
    door("shown/<uuid:shown_id>/ask/", step_page(ASK_REVEAL), PERMITS["ask_reveal"]),
    door("asked/", reveals.see_reveals, PERMITS["see_reveals"], methods=("GET",)),
    door("asked/<uuid:reveal_id>/answer/", step_page(ANSWER_REVEAL), PERMITS["answer_reveal"]),
    door("family/", dependants.see_dependants, PERMITS["see_dependants"], methods=("GET",)),
    door("family/record/", step_page(RECORD_DEPENDANT), PERMITS["record_dependant"]),
    door("family/<uuid:dependant_id>/remove/", dependants.remove_dependant, PERMITS["remove_dependant"], methods=("POST",)),
]

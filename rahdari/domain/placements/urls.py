"""Addresses of placements: the desk of cases, the worker's line, the steps of a case."""

from rahdari.web.doors import door
from rahdari.web.steps import step_page

from .access import PERMITS
from .forms import events as event_steps
from .forms import ranking as ranking_steps
from .forms import rerouting, steps, turns
from .forms import timetables as timetable_steps
from .views import cases, events, ranking, timetables
from .views import turns as turn_pages

READ = ("GET",)
urlpatterns = [
    door("", cases.see_cases, PERMITS["see_cases"], methods=READ),
    door("mine/", cases.see_lines, PERMITS["see_lines"], methods=READ),
    door("apply/<uuid:vacancy_id>/", step_page(steps.FILE_APPLICATION), PERMITS["file_application"]),
    door("<uuid:case_id>/", cases.see_case, PERMITS["see_case"], methods=READ),
    door("<uuid:case_id>/line/", cases.see_line, PERMITS["see_line"], methods=READ),
    door("<uuid:case_id>/nominate/", step_page(ranking_steps.NOMINATE_CANDIDATE), PERMITS["nominate_candidate"]),
    door("<uuid:case_id>/nominated/", cases.see_named, PERMITS["nominate_candidate"], name="placements.see_named", methods=READ),
    door("<uuid:case_id>/interview/", step_page(steps.SET_INTERVIEW), PERMITS["set_interview"]),
    door("<uuid:case_id>/answer/", step_page(steps.ANSWER_INTERVIEW), PERMITS["answer_interview"]),
    door("<uuid:case_id>/decision/", step_page(steps.RECORD_DECISION), PERMITS["record_decision"]),
    door("timetables/", timetables.see_timetables, PERMITS["see_timetables"], methods=READ),
    door("timetables/new/<uuid:demand_id>/", timetables.draft_timetable, PERMITS["draft_timetable"]),
    door("timetables/<uuid:timetable_id>/", timetables.see_timetable, PERMITS["see_timetable"], methods=READ),
    door("timetables/<uuid:timetable_id>/csv/", timetables.see_timetable_table, PERMITS["see_timetable_table"], methods=READ),
    door("timetables/<uuid:timetable_id>/send/", step_page(timetable_steps.SEND_TIMETABLE), PERMITS["send_timetable"]),
    door(
        "timetables/<uuid:timetable_id>/withdraw/", step_page(timetable_steps.WITHDRAW_TIMETABLE), PERMITS["withdraw_timetable"]
    ),
    door("<uuid:case_id>/withdraw/", step_page(turns.WITHDRAW_APPLICATION), PERMITS["withdraw_application"]),
    door("<uuid:case_id>/explain/", step_page(turns.EXPLAIN_NO_SHOW), PERMITS["explain_no_show"]),
    door("<uuid:case_id>/return/", step_page(turns.RETURN_NOMINATION), PERMITS["return_nomination"]),
    door("<uuid:case_id>/no-show/", step_page(turns.RECORD_NO_SHOW), PERMITS["record_no_show"]),
    door("<uuid:case_id>/move/", step_page(turns.ASK_MOVE), PERMITS["ask_move"]),
    door("<uuid:case_id>/move/decide/", step_page(turns.DECIDE_MOVE), PERMITS["decide_move"]),
    door("shortlists/<uuid:vacancy_id>/", ranking.see_shortlist, PERMITS["see_shortlist"], methods=READ),
    door("shortlists/<uuid:vacancy_id>/rule/", step_page(ranking_steps.DECLARE_RANKING), PERMITS["declare_ranking"]),
    door("<uuid:case_id>/refuse/", step_page(ranking_steps.REFUSE_APPLICATION), PERMITS["refuse_application"]),
    door("<uuid:case_id>/reopen/", step_page(ranking_steps.REOPEN_APPLICATION), PERMITS["reopen_application"]),
    door("turns/", turn_pages.see_turns, PERMITS["see_turns"], methods=READ),
    door("<uuid:case_id>/go-on/", step_page(rerouting.MOVE_CASE), PERMITS["move_case"]),
    door("<uuid:case_id>/take-over/", step_page(rerouting.ANSWER_MOVE), PERMITS["answer_move"]),
    door(
        "<uuid:case_id>/take-over/answered/",
        cases.see_move_answered,
        PERMITS["answer_move"],
        name="placements.see_move_answered",
        methods=READ,
    ),
    door("<uuid:case_id>/close/", step_page(rerouting.CLOSE_CASE), PERMITS["close_case"]),
    door("days/", events.see_events, PERMITS["see_events"], methods=READ),
    door("days/new/", step_page(event_steps.PLAN_EVENT), PERMITS["plan_event"]),
    door("days/<uuid:event_id>/", events.see_event, PERMITS["see_event"], methods=READ),
    door("days/<uuid:event_id>/list/", events.see_event_list, PERMITS["see_event_list"], methods=READ),
    door("days/<uuid:event_id>/off/", step_page(event_steps.CALL_OFF_EVENT), PERMITS["call_off_event"]),
    door("<uuid:case_id>/days/<uuid:event_id>/", step_page(event_steps.BOOK_SLOT), PERMITS["book_slot"]),
    door(
        "<uuid:case_id>/days/<uuid:event_id>/taken/",
        events.see_slot,
        PERMITS["book_slot"],
        name="placements.see_slot",
        methods=READ,
    ),
]

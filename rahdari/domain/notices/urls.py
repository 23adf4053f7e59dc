"""Addresses of notices: the list, writing one, and one notice with its steps."""

from rahdari.web.doors import door

from . import views
from .access import PERMITS

READ = ("GET",)
urlpatterns = [
    door("", views.see_notices, PERMITS["see_notices"], methods=READ),
    door("write/", views.draft_notice, PERMITS["draft_notice"]),
    door("<uuid:notice_id>/", views.see_notice, PERMITS["see_notice"], methods=READ),
    door("<uuid:notice_id>/write/", views.draft_notice, PERMITS["draft_notice"], name="notices.draft_anew"),
    door("<uuid:notice_id>/names/<int:party>/<str:subject>/", views.decide_name, PERMITS["decide_name"]),
    door("<uuid:notice_id>/approve/", views.approve_notice, PERMITS["approve_notice"]),
    door("<uuid:notice_id>/accept/", views.accept_notice, PERMITS["accept_notice"]),
    door("<uuid:notice_id>/answer/", views.answer_notice, PERMITS["answer_notice"]),
    door("<uuid:notice_id>/recall/", views.recall_notice, PERMITS["recall_notice"]),
]

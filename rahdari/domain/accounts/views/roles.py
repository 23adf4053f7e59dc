"""Pages: the roles of the house in prose; the staff of a node and their roles."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rahdari.base.clock import now
from rahdari.base.refusal import Refused
from rahdari.web.templatetags.look import name as name_in_language
from rahdari.web.words import shelf

from .. import actions
from ..access import PERMITS
from ..forms import RoleForm, StaffForm
from ..queries.roles import bodies_to_grant, people_seen_by, person_seen_by, roles_in_prose, roles_to_grant
from .factors import with_fresh_factor
from .told import page, told


def see_roles(request: HttpRequest) -> HttpResponse:
    """Every role of both nodes: what it may do, sees, never sees; and what nobody holds together."""
    return render(request, "accounts/roles.html", {"roles": roles_in_prose(request.actor)})


def see_people(request: HttpRequest) -> HttpResponse:
    """The staff whose roles the actor may give, and the form for a new member of staff."""
    return _people(request, _form(request, StaffForm, None), 200)


def _form(request: HttpRequest, kind: type[StaffForm], typed: object) -> StaffForm:
    roles = [(role.code, shelf("CODES")[role.code]) for role in roles_to_grant(request.actor)]
    return kind(typed, roles, bodies_to_grant(request.actor), lambda body: name_in_language(vars(body)))


def _people(request: HttpRequest, form: StaffForm, status: int) -> HttpResponse:
    return page(request, "people", {"form": form, "people": people_seen_by(request.actor, now())}, status)


def admit_staff(request: HttpRequest) -> HttpResponse:
    """Admits a member of staff."""
    form = _form(request, StaffForm, request.POST)
    if not form.is_valid():
        return _people(request, form, 422)
    typed = dict(form.cleaned_data)
    body = typed.pop("body")
    try:
        actions.admit_staff(actor=request.actor, **typed, body_id=body.pk, at=now())
    except Refused as refused:
        return _people(request, form, told(form, refused))
    messages.success(request, _("The account is made; a letter with the way to a password is sent."))
    return redirect("accounts.see_people")


def grant_role(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One member of staff: their roles, and one more."""
    form, status = _form(request, RoleForm, request.POST or None), 200
    person = person_seen_by(request.actor, person_id, now())
    if request.method == "POST":
        status = 422
        if form.is_valid():
            typed = form.cleaned_data
            asked = {"role": typed["role"], "body_id": typed["body"].pk, "office": typed["office"]}
            try:
                actions.grant_role(actor=request.actor, person_id=person_id, **asked, at=now())
            except Refused as refused:
                status = told(form, refused)
            else:
                messages.success(request, _("The role is given."))
                return redirect("accounts.grant_role", person_id)
    may_reset = not PERMITS["reset_factors"].why_not(request.actor) and person_id != request.actor.person
    return page(request, "person", {"form": form, "one": person, "may_reset": may_reset}, status)


@with_fresh_factor
def reset_factors(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Lets somebody who lost every second factor begin anew, by a letter to their own address."""
    actions.reset_factors(actor=request.actor, person_id=person_id, at=now())
    messages.success(request, _("A letter with the way to a new password is sent; then they set up a second factor anew."))
    return redirect("accounts.grant_role", person_id)


def end_role(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """Ends a role."""
    grant = actions.end_role(actor=request.actor, grant_id=grant_id, at=now())
    messages.success(request, _("The role is ended."))
    own = grant.person_id == request.actor.person
    return redirect("accounts.see_account") if own else redirect("accounts.grant_role", grant.person_id)

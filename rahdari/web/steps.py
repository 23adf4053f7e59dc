"""A step somebody takes: the shape a program fills as JSON is also the form a person fills, and one action does it.

    file_coe = step_page(Step("departures", "file_coe", FileCoe, actions.file_coe, page_of, _("Filed.")))

`Step` says what is asked and which action does it; `step_page` makes the view, `step_operation` the operation of the
API. The labels of a form are `LABELS["package.member"]`. The hall knows no word of the domain: shapes, actions
and pages are handed in.
"""

from __future__ import annotations

import datetime as dt
import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from ninja import Router, Schema
from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from rahdari.base.access import Permit
from rahdari.base.clock import now
from rahdari.base.editions import current_book
from rahdari.base.facts import Facts, Fault, WrongFacts, read_facts, refuse_nul
from rahdari.base.refusal import Refusal, Refused

from .api import body_of, operation
from .errors import status_of
from .step_forms import Codes, StepForm

Page = Callable[..., Mapping[str, Any]]
SHAPES_AT = "#/components/schemas/"
PLACE = re.compile(r"{(\w+)}")
WORKERS = frozenset({"worker", "family_proxy"})
_shapes: list[type[Facts]] = []


@dataclass(frozen=True, slots=True)
class Step:
    """One use case as people and programs take it.

    `act` is called with `actor`, `at`, what stands in the address, and the members of the shape. `page` gives what the
    page needs (`about`, `facts`, `crumbs`, `marked` …) for the actor and what stands in the address, or raises `Missing`;
    what it gives as `initial` begins the form, `leave_out` names members this actor is not asked, `hidden` those that only
    carry what the page showed, `codes` what may be chosen for a member, `beside` a template shown under a member. After it
    was done the browser goes to `onward` with what stands in the address, with the row that was made (`with_result`), or with
    nothing (`onward_alone`: a page that names none).
    """

    package: str
    name: str
    shape: type[Facts]
    act: Callable[..., Any]
    page: Page
    said: Any
    onward: str
    template: str = "web/step.html"
    with_result: bool = False
    onward_alone: bool = False
    codes: Mapping[str, Codes] = field(default_factory=dict)

    def members(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The members of the shape from decoded JSON, as the action takes them; raises `WrongFacts`."""
        refuse_nul(given)
        facts = read_facts(self.shape, dict(given), current_book())
        return {name: getattr(facts, name) for name in facts.model_fields_set}


def step_page(step: Step) -> Callable[..., HttpResponse]:
    """The view of a step: shows the form, acts, says that it was done, and goes on; refusals stand beside their field."""

    def view(request: HttpRequest, **place: Any) -> HttpResponse:
        context = dict(step.page(request.actor, **place))
        typed = request.POST if request.method == "POST" else None
        form = StepForm(
            step.shape,
            step.package,
            typed,
            request.FILES or None,
            initial=context.pop("initial", {}),
            leave_out=context.pop("leave_out", ()),
            hidden=context.pop("hidden", ()),
            codes=dict(step.codes) | dict(context.pop("codes", {})),
            beside=context.pop("beside", {}),
        )
        status = 200
        if request.method == "POST":
            done = take_step(request, step, form, place)
            if isinstance(done, HttpResponse):
                return done
            status = done
        frame = {"form": form, "step": f"{step.package}.{step.name}", "layout": layout_for(request, context)}
        return render(request, step.template, context | frame, status=status)

    view.__name__ = step.name
    view.__doc__ = (step.act.__doc__ or "").partition("\n")[0]
    return view


def layout_for(request: HttpRequest, context: Mapping[str, Any]) -> str:
    """The frame of a page: a worker's, a desk's, or a desk's between the bands of a marking (`marked` in the context)."""
    if request.actor.role in WORKERS:  # type: ignore[attr-defined]  # set by the doorman
        return "web/worker.html"
    return "web/marked.html" if context.get("marked") else "web/desk.html"


def take_step(
    request: HttpRequest,
    step: Step,
    form: StepForm,
    place: Mapping[str, Any],
    *,
    besides: Mapping[str, Any] = MappingProxyType({}),
    show: Callable[[Sequence[Refusal]], None] | None = None,
) -> HttpResponse | int:
    """Does what was posted and gives the way onward; or the status of the page that shows what stands against it.

    `besides` are members the page asks outside the form. What is refused is shown by the form, unless the page has its own
    way to `show` it.
    """
    if not form.is_valid():
        return 422
    try:
        members = step.members({**form.given(), **besides})
    except WrongFacts as wrong:
        form.show_faults(wrong.faults)
        return 422
    try:
        result = step.act(actor=request.actor, at=now(), **place, **_seen(form), **members)
    except Refused as wrong:
        if any("permission" in one.about for one in wrong.refusals):
            raise
        (show or form.show)(wrong.refusals)
        return status_of(wrong.refusals)
    messages.success(request, step.said, extra_tags="ok")
    named = [result.pk] if step.with_result else [] if step.onward_alone else place.values()
    return redirect(step.onward, *named)


def _seen(form: StepForm) -> dict[str, Any]:
    """The version the page showed, where it shows one; a number sent to a page that shows none is passed over."""
    seen = form.cleaned_data.get("seen")
    return {} if seen is None or form.initial.get("seen") is None else {"seen": seen}


class StepTaken(Schema):
    """What a step left: the row it was about, its state and version."""

    id: str
    state: str
    version: int
    on: str


def step_operation(
    router: Router, step: Step, path: str, permit: Permit, *, problems: Sequence[int] = (403, 404, 409, 422)
) -> None:
    """Opens a step to programs: POST with the members of its shape as JSON; answers what it left."""

    def take(request: HttpRequest, **place: Any) -> Any:
        members = step.members(_object(body_of(request)))
        at = now()
        result = step.act(actor=request.actor, at=at, **place, **members)
        return {"id": str(result.pk), "state": getattr(result, "state", ""), "version": result.version, "on": told_moment(at)}

    take.__name__ = step.name
    take.__doc__ = (step.act.__doc__ or "").partition("\n")[0]
    take.__signature__ = _signature(path)  # type: ignore[attr-defined]  # what stands in the address, as the API reads it
    _shapes.append(step.shape)
    body = {"required": True, "content": {"application/json": {"schema": {"$ref": SHAPES_AT + step.shape.__name__}}}}
    extra = {"requestBody": body}
    operation(router, "POST", path, permit, answers=StepTaken, problems=problems, openapi_extra=extra)(take)


def _signature(path: str) -> inspect.Signature:
    named = inspect.Parameter.POSITIONAL_OR_KEYWORD
    places = [inspect.Parameter(name, named, annotation=UUID) for name in PLACE.findall(path)]
    return inspect.Signature([inspect.Parameter("request", named, annotation=HttpRequest), *places])


class _WithoutInnerDefaults(GenerateJsonSchema):
    """A default that stands for "not said" is no part of the description."""

    ignored_warning_kinds = frozenset({"skipped-choice", "non-serializable-default"})  # type: ignore[assignment]


def step_shapes() -> dict[str, Any]:
    """The shapes of all steps as JSON Schema, by name, for the description of the API."""
    shapes = [(shape, "validation") for shape in dict.fromkeys(_shapes)]
    _, told = models_json_schema(
        shapes,  # type: ignore[arg-type]
        ref_template=SHAPES_AT + "{model}",
        schema_generator=_WithoutInnerDefaults,
    )
    return dict(told.get("$defs", {}))


def _object(given: Any) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        raise WrongFacts([Fault("", "not_an_object")])
    return given


def told_moment(at: dt.datetime) -> str:
    """A moment as programs read it."""
    return at.isoformat().replace("+00:00", "Z")

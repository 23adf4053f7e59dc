"""Every write is an action: one unit of work under its own name, the actor first, everything by keyword."""

from __future__ import annotations

import ast

import pytest

from tests.house.plan import PACKAGES, actions, room

ACTIONS = [pytest.param(package, function, id=f"{package}.{function.name}") for package, function in actions()]


def units_opened(function):
    for call in ast.walk(function):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "unit_of_work":
            yield call.args[0].value if isinstance(call.args[0], ast.Constant) else None


@pytest.mark.parametrize(("package", "function"), ACTIONS)
class TestEveryAction:
    def test_takes_the_actor_first_and_everything_by_keyword(self, package, function):
        assert not function.args.args and not function.args.posonlyargs
        assert function.args.kwonlyargs[0].arg == "actor"

    def test_is_told_the_time(self, package, function):
        assert "at" in [one.arg for one in function.args.kwonlyargs]

    def test_opens_one_unit_of_work_under_its_own_name(self, package, function):
        opened = list(units_opened(function))
        below = [c for c in ast.walk(function) if isinstance(c, ast.Call) and isinstance(c.func, ast.Name)]
        if not opened:  # the variant of an action may hand everything to the one that does the work
            assert any("unit" in {kw.arg for kw in call.keywords} or call.func.id.startswith("_") for call in below)
        else:
            assert opened == [f"{package}.{function.name}"]

    def test_says_what_it_does(self, package, function):
        assert ast.get_docstring(function)

    def test_has_a_permission_of_its_name(self, package, function):
        assert function.name in room(package, "access").PERMITS


def test_there_are_actions():
    assert actions()


def test_no_room_but_actions_opens_a_unit_of_work():
    from tests.house.plan import HOUSE, sources

    allowed = {"actions", "actions.py"}
    doing = [
        str(path.relative_to(HOUSE))
        for path in sources(HOUSE / "domain")
        if not allowed & set(path.parts) and "unit_of_work(" in path.read_text(encoding="utf-8")
    ]
    assert doing == []
    assert PACKAGES

"""Every write is an action: one unit of work under its own name, the actor first, everything by keyword."""

from __future__ import annotations

import ast

import pytest

from tests.house.plan import HOUSE, IN_PARTS, PACKAGES, actions, functions_of_actions, room, sources, units_opened

ACTIONS = [pytest.param(package, function, id=f"{package}.{function.name}") for package, function in actions()]


def calls_in(tree):
    return [one for one in ast.walk(tree) if isinstance(one, ast.Call)]


@pytest.mark.parametrize(("package", "function"), ACTIONS)
class TestEveryAction:
    def test_takes_the_actor_first_and_everything_by_keyword(self, package, function):
        assert not function.args.args and not function.args.posonlyargs
        assert function.args.kwonlyargs[0].arg == "actor"

    def test_is_told_the_time(self, package, function):
        assert "at" in [one.arg for one in function.args.kwonlyargs]

    def test_opens_one_unit_of_work_under_its_own_name(self, package, function):
        assert units_opened(function) == [f"{package}.{function.name}"]

    def test_says_what_its_audit_entry_is_about(self, package, function):
        assert "about" in {call.func.attr for call in calls_in(function) if isinstance(call.func, ast.Attribute)}

    def test_says_what_it_does(self, package, function):
        assert ast.get_docstring(function)

    def test_has_a_permission_of_its_name(self, package, function):
        assert function.name in room(package, "access").PERMITS


def test_there_are_actions():
    assert actions()
    assert {package for package, _ in actions()} >= IN_PARTS


def test_a_part_of_an_action_opens_units_of_known_permissions_alone():
    opened = {(package, name) for package, function in functions_of_actions() for name in units_opened(function)}
    unknown = [
        name for package, name in opened if package in IN_PARTS and name.partition(".")[2] not in room(package, "access").PERMITS
    ]
    assert unknown == []


def test_no_room_but_actions_opens_a_unit_of_work():
    allowed = {"actions", "actions.py"}
    doing = [
        str(path.relative_to(HOUSE))
        for path in sources(HOUSE / "domain")
        if not allowed & set(path.parts) and "unit_of_work(" in path.read_text(encoding="utf-8")
    ]
    assert doing == []
    assert PACKAGES


def test_no_file_but_the_unit_of_work_makes_an_audit_entry():
    """So an action leaves the one entry its unit makes: none of its own beside it."""
    making = [
        str(path.relative_to(HOUSE))
        for path in sources()
        for call in calls_in(ast.parse(path.read_text(encoding="utf-8")))
        if "AuditEntry" in ast.unparse(call.func)
        and ast.unparse(call.func).rpartition(".")[2] in ("AuditEntry", "create", "bulk_create", "get_or_create")
    ]
    assert making == ["base/work.py"]

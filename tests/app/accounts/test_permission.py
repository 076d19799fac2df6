"""Who may do what, case by case, and the reason that is told."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from madoguchi.app.accounts.models import Member, Organisation, Role, User
from madoguchi.app.accounts.permission import Refused, System, Table, ThePerson, may, may_approve, table
from madoguchi.problem import LANGS, Problem
from madoguchi.text.datafile import check, read_yaml

CASES = read_yaml((Path(__file__).parent / "cases" / "permissions.yaml").read_bytes())["cases"]
PREPARED = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
LATER = PREPARED + timedelta(minutes=5)


def person(organisation: Organisation, role: str, *, email: str | None = None) -> Member:
    user = User.objects.create_user(email or f"{role}-{organisation.members.count()}@{organisation.kana}.example")
    return Member.objects.create(organisation=organisation, user=user, role=role)


@pytest.fixture
def ours(db) -> Organisation:
    return Organisation.objects.create(name="みなと堂", kana="minato")


@pytest.fixture
def theirs(db) -> Organisation:
    return Organisation.objects.create(name="別の店", kana="betsu")


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['role']}-{c.get('whose', 'ours')}-{c['action']}")
def test_each_case_of_the_table(case: dict, ours: Organisation, theirs: Organisation):
    whose = case.get("whose", "ours")
    if case["role"] == "system":
        asker = System("test")
    elif case["role"] == "person":
        asker = ThePerson()
    else:
        asker = person(ours, case["role"])
        if whose == "left":
            asker.left_at = PREPARED
        if whose == "closed":
            asker.user.is_active = False
    answer = may(asker, case["action"], theirs if whose == "theirs" else ours)
    assert answer.allowed is case["may"]
    for lang in LANGS:
        said = answer.reason.say(lang)
        assert said
        assert "{" not in said


def test_every_action_has_a_case_that_may_and_one_that_may_not_or_all_may():
    roles = set(Role.values)
    for action, rule in table().actions.items():
        told = {(case["role"], case["may"]) for case in CASES if case["action"] == action}
        assert told, f"{action} has no case"
        if action != "organisation.create" and not roles <= set(rule.roles):
            assert {True, False} & {answer for _, answer in told}


def test_a_refusal_names_who_to_ask(ours: Organisation):
    answer = may(person(ours, "staff"), "paper.approve", ours)
    assert answer.reason.en == "a staff may not: approve reports and notices; ask one of these: owner, manager"
    assert answer.reason.ja == "報告書・通知などの承認は、担当者にはできません。責任者、管理者に頼んでください。"
    with pytest.raises(Refused, match="owner, manager"):
        answer.or_refuse()


def test_another_organisations_row_is_refused_before_the_role_is_looked_at(ours: Organisation, theirs: Organisation):
    stranger = person(theirs, "viewer")
    assert may(person(ours, "owner"), "members.see", stranger).reason == table().reasons.elsewhere


def test_an_action_that_does_not_exist_is_a_mistake_of_the_program(ours: Organisation):
    with pytest.raises(KeyError):
        may(person(ours, "owner"), "incident.delete", ours)


def test_a_second_person_approves(ours: Organisation):
    staff, manager = person(ours, "staff"), person(ours, "manager")
    answer = may_approve(manager, ours, prepared_by=staff, prepared_at=PREPARED, now=LATER)
    assert (answer.allowed, answer.alone) == (True, False)


def test_who_prepared_does_not_approve_while_another_may(ours: Organisation):
    owner, _ = person(ours, "owner"), person(ours, "manager")
    answer = may_approve(owner, ours, prepared_by=owner, prepared_at=PREPARED, now=LATER)
    assert not answer.allowed
    assert answer.reason == table().reasons.same_person


@pytest.mark.parametrize("other", [None, "staff", "viewer", "left", "closed", "theirs"])
def test_alone_the_same_person_approves_later_and_the_answer_says_so(
    ours: Organisation, theirs: Organisation, other: str | None
):
    owner = person(ours, "owner")
    if other in ("staff", "viewer"):
        person(ours, other)
    if other == "theirs":
        person(theirs, "owner")
    if other in ("left", "closed"):
        gone = person(ours, "manager")
        gone.left_at = PREPARED if other == "left" else None
        gone.user.is_active = other != "closed"
        gone.user.save()
        gone.save()
    answer = may_approve(owner, ours, prepared_by=owner, prepared_at=PREPARED, now=LATER)
    assert (answer.allowed, answer.alone) == (True, True)


def test_approval_comes_after_preparation(ours: Organisation):
    owner = person(ours, "owner")
    assert not may_approve(owner, ours, prepared_by=owner, prepared_at=PREPARED, now=PREPARED).allowed


def test_staff_does_not_approve_what_a_second_person_prepared(ours: Organisation):
    staff, owner = person(ours, "staff"), person(ours, "owner")
    assert not may_approve(staff, ours, prepared_by=owner, prepared_at=PREPARED, now=LATER).allowed


def test_a_manager_of_another_organisation_does_not_approve(ours: Organisation, theirs: Organisation):
    staff, stranger = person(ours, "staff"), person(theirs, "manager")
    assert not may_approve(stranger, ours, prepared_by=staff, prepared_at=PREPARED, now=LATER).allowed


def test_the_table_refuses_a_role_that_nobody_has():
    told = table().model_dump(by_alias=True)
    told["actions"]["members.see"]["roles"].append("boss")
    with pytest.raises(Problem, match="boss"):
        check(Table, told)
    del told["roles"]["desk"]
    with pytest.raises(Problem, match="not the same"):
        check(Table, told)

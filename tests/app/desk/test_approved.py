"""What is told is what a second person approved: the facts of the last round or announcement, and the scan behind them."""

import pytest

from madoguchi.app.announcements.services import approve_announcement, prepare_announcement
from madoguchi.app.company.services import state_facts
from madoguchi.app.desk import approved
from madoguchi.app.notices.papers import own_items
from madoguchi.problem import Problem
from madoguchi.scope import Result


def test_the_newest_facts_that_were_approved_count_and_no_newer_ones(desk):
    before = approved.sheet(desk.incident)
    assert before == desk.round.sheet
    state_facts(incident=desk.incident, by=desk.shop.manager, facts={"summary": "続報です。"}, reason="調査")
    assert approved.sheet(desk.incident) == before
    draft = desk.shop.round(desk.incident, approved=False)
    assert approved.sheet(desk.incident) == before
    made = prepare_announcement(incident=desk.incident, by=desk.shop.manager, url=desk.shop.page)
    assert approved.sheet(desk.incident) == before
    approve_announcement(announcement=made, by=desk.shop.owner)
    assert approved.sheet(desk.incident) == made.sheet == draft.sheet


def test_another_incidents_approval_approves_nothing_here(desk, shop_case):
    with pytest.raises(Problem, match="no facts are approved yet"):
        approved.sheet(shop_case.incident("別の事案"))


def test_a_persons_items_are_those_of_the_scan_behind_the_approved_facts(desk):
    person = desk.people["A2"]
    assert approved.items(person) == own_items(person)
    newer = desk.shop.persons(desk.shop.take(desk.incident))["A2"]
    type(newer).objects.filter(id=newer.id).update(proved=1)
    newer.refresh_from_db()
    assert approved.items(newer) == own_items(person) != own_items(newer)


def test_whom_that_scan_does_not_have_has_nothing_approved(desk):
    empty = Result([], [], {"people": {}, "items": {}, "files": [], "unread": [], "not_identifying": []})
    desk.shop.take(desk.incident, empty)
    assert approved.items(desk.people["A2"])
    made = prepare_announcement(incident=desk.incident, by=desk.shop.manager, url=desk.shop.page)
    approve_announcement(announcement=made, by=desk.shop.owner)
    assert approved.items(desk.people["A2"]) is None

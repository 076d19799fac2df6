"""Incidents as their organisation sees them: its own alone, and unchanged once they are closed."""

import threading

import pytest
from django.db import connection

from madoguchi.app.accounts.permission import System
from madoguchi.app.accounts.services import add_member, create_organisation
from madoguchi.app.company.models import FactSheet
from madoguchi.app.company.queries import (
    current_assessment,
    current_facts,
    current_scan,
    incidents,
    people,
)
from madoguchi.app.company.services import (
    add_evidence,
    assess_duties,
    close_incident,
    export_case_file,
    state_facts,
    take_scan,
)
from madoguchi.app.log.models import Entry
from madoguchi.app.notices.services import prepare_round
from madoguchi.app.reports.services import prepare_report
from madoguchi.problem import Problem
from madoguchi.record.verify import verify


@pytest.fixture
def stranger(shop_case):
    other = create_organisation(by=System("setup"), name="よその店")
    return add_member(organisation=other, by=System("setup"), email="o@yoso.example", role="owner")


def test_the_newest_incident_comes_first(shop_case):
    first, second = shop_case.incident(title="一件目"), shop_case.incident(title="二件目")
    for role in ("owner", "manager", "staff", "desk", "viewer"):
        assert list(incidents(getattr(shop_case, role))) == [second, first]


def test_another_organisation_sees_nothing(shop_case, stranger):
    incident = shop_case.incident()
    shop_case.take(incident)
    assert not incidents(stranger).exists()
    assert not people(stranger, incident).exists()


def test_a_viewer_sees_the_incident_and_not_its_people(shop_case):
    incident = shop_case.incident()
    shop_case.take(incident)
    assert not people(shop_case.viewer, incident).exists()
    assert people(shop_case.desk, incident).count() == 5


def test_an_incident_begins_without_scan_people_and_assessment(shop_case):
    incident = shop_case.incident()
    assert current_scan(incident) is None
    assert current_assessment(incident) is None
    assert not people(shop_case.owner, incident).exists()


def calls_on(shop, incident, path):
    """Return every change of an incident, by name."""
    on = {"incident": incident, "by": shop.manager}
    return {
        "state_facts": lambda: state_facts(**on, facts={"events": ["loss"]}, reason="x"),
        "add_evidence": lambda: add_evidence(**on, kind="leak", path=path),
        "take_scan": lambda: take_scan(**on, result=shop.files.result, contacts=shop.files.contacts),
        "assess_duties": lambda: assess_duties(**on, as_of=shop.today()),
        "prepare_report": lambda: prepare_report(**on, kind="prompt", dated=shop.today()),
        "prepare_round": lambda: prepare_round(**on),
        "close_incident": lambda: close_incident(**on, reason="もう一度"),
    }


@pytest.mark.parametrize(
    "name",
    ["state_facts", "add_evidence", "take_scan", "assess_duties", "prepare_report", "prepare_round", "close_incident"],
)
def test_a_closed_incident_is_not_changed(shop_case, name: str):
    incident = shop_case.incident()
    shop_case.take(incident)
    shop_case.assess(incident)
    closed = close_incident(incident=incident, by=shop_case.owner, reason="対応完了")
    assert closed.closed_at is not None
    before, known = Entry.objects.count(), current_facts(incident)
    with pytest.raises(Problem, match="名簿の流出: this incident is closed"):
        calls_on(shop_case, incident, shop_case.files.people)[name]()
    assert Entry.objects.count() == before
    assert current_facts(incident) == known


def test_the_record_of_a_closed_incident_can_still_be_handed_out(shop_case):
    incident = shop_case.incident()
    close_incident(incident=incident, by=shop_case.owner, reason="対応完了")
    assert verify(export_case_file(incident=incident, by=shop_case.owner, to="監査")).entries == 3


@pytest.mark.django_db(transaction=True)
def test_two_people_who_state_facts_at_once_wait_for_each_other(shop_case):
    incident = shop_case.incident()
    together = threading.Barrier(4)
    failed: list[BaseException] = []

    def state(item: str) -> None:
        try:
            together.wait()
            state_facts(incident=incident, by=shop_case.staff, facts={"items": ["name", item]}, reason=item)
        except BaseException as error:  # noqa: BLE001 - told by the thread that waits
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=state, args=(item,)) for item in ("email", "phone", "address", "age")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert sorted(FactSheet.objects.filter(incident=incident).values_list("version", flat=True)) == [1, 2, 3, 4, 5]

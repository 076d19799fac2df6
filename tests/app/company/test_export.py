"""The case file of an incident verifies without us, holds its papers, and goes on verifying when its people are forgotten."""

import json

import pytest

from madoguchi.app import vault
from madoguchi.app.accounts.permission import Refused
from madoguchi.app.company.services import export_case_file
from madoguchi.app.company.services.scans import contact_of
from madoguchi.app.log import services as log_services
from madoguchi.app.log.models import Entry
from madoguchi.app.log.queries import case_file, public_keys
from madoguchi.app.notices.models import Notice
from madoguchi.app.notices.services import queue_notices
from madoguchi.app.reports.queries import documents
from madoguchi.app.reports.services import approve_report, file_report
from madoguchi.app.vault.keystore import KeyDestroyed
from madoguchi.problem import Problem
from madoguchi.record import container
from madoguchi.record.keys import read_trusted
from madoguchi.record.verify import verify


def members(data: bytes) -> dict[str, bytes]:
    return {member.name: bytes(member.data) for member in container.read(data).members}


def lines(data: bytes, name: str) -> list[dict]:
    return [json.loads(line) for line in members(data)[name].splitlines()]


@pytest.fixture
def worked_on(shop_case, mail_server):
    """Return an incident with a scan, a filed report and notices in the outbox."""
    incident = shop_case.incident()
    shop_case.take(incident)
    report = approve_report(report=shop_case.report(incident), by=shop_case.owner)
    file_report(report=report, by=shop_case.manager, reception_number="R-0001")
    queue_notices(round_=shop_case.round(incident), by=shop_case.manager)
    return incident


def test_the_case_file_verifies_with_the_shops_keys_and_without(shop_case, worked_on):
    data = export_case_file(incident=worked_on, by=shop_case.owner, to="個人情報保護委員会")
    assert verify(data).whole
    trusted = read_trusted(json.dumps({"minato.example": public_keys(shop_case.organisation)}).encode())
    verdict = verify(data, trusted)
    assert (verdict.whole, verdict.signer) == (True, "minato.example")
    assert verdict.entries == Entry.objects.filter(log=worked_on.record_log()).count()


def test_the_last_entry_says_to_whom_it_was_handed(shop_case, worked_on):
    data = export_case_file(incident=worked_on, by=shop_case.manager, to=" 顧問弁護士 ")
    last = lines(data, "log.jsonl")[-1]
    assert last["kind"] == "company:case_file:exported"
    said = lines(data, "payloads.jsonl")[-1]
    assert (said["index"], said["payload"]["to"]) == (last["index"], "顧問弁護士")


def test_its_course_can_be_read_by_a_person_and_names_nobody(shop_case, worked_on):
    data = export_case_file(incident=worked_on, by=shop_case.manager, to="顧問弁護士")
    (said,) = (content.decode() for name, content in members(data).items() if name.endswith("/経過.txt"))
    for what in ("事案を登録", "報告書を承認（責任者）", "書類：速報-第1版.pdf", "Report approved (owner)"):
        assert what in said
    assert said.count("member:") == 0
    for name in (shop_case.owner.user.name, shop_case.owner.user.email, "顧問弁護士"):
        assert not name or name not in said


def test_it_holds_the_approved_papers(shop_case, worked_on):
    from madoguchi.app.reports.queries import last_approved

    data = export_case_file(incident=worked_on, by=shop_case.owner, to="金庫")
    inside = {name.rpartition("/")[2]: content for name, content in members(data).items() if name.startswith("files/")}
    papers = documents(last_approved(worked_on))
    assert papers.keys() <= inside.keys()
    assert all(inside[name] == content for name, content in papers.items())
    assert {"本人通知-見本.txt", "本人通知-見本.pdf"} <= inside.keys()


def test_it_names_nobody_until_a_part_is_asked_for(shop_case, worked_on):
    data = export_case_file(incident=worked_on, by=shop_case.owner, to="金庫")
    for notice in Notice.objects.filter(round__incident=worked_on):
        for secret in (notice.reference, str(notice.person_id), *filter(None, contact_of(notice.person)[1:])):
            assert secret.encode() not in data


def test_a_part_is_disclosed_for_one_person_alone_and_verifies(shop_case, worked_on):
    batch = Entry.objects.get(log=worked_on.record_log(), kind="notices:notices:queued")
    first, second = Notice.objects.filter(round__incident=worked_on, channel="email").order_by("number")
    data = case_file(worked_on.record_log(), parts=[(batch.index, 1)])
    (part,) = [line for line in lines(data, "payloads.jsonl") if "part" in line]
    assert part["payload"]["reference"] == second.reference
    assert set(part["payload"]["proved"]) == {
        "name", "address", "phone", "email", "member_id", "password", "card_number"
    }  # fmt: skip
    assert first.reference.encode() not in data
    assert verify(data).whole


def test_a_disclosed_part_that_is_altered_is_found(shop_case, worked_on):
    batch = Entry.objects.get(log=worked_on.record_log(), kind="notices:notices:queued")
    data = case_file(worked_on.record_log(), parts=[(batch.index, 0)])
    reference = Notice.objects.get(round__incident=worked_on, number=1).reference.encode()
    assert not verify(data.replace(reference, reference[::-1])).whole


@pytest.mark.django_db(transaction=True)
def test_after_its_keys_and_salts_are_destroyed_the_record_still_verifies_and_nobody_is_named(shop_case, worked_on):
    from django.db import transaction

    log = worked_on.record_log()
    person = worked_on.persons.first()
    before = case_file(log)
    vault.store().destroy(worked_on.seal_key)
    for row in Entry.objects.filter(log=log):
        with transaction.atomic():
            log_services.destroy(row=row)
    with pytest.raises(KeyDestroyed):
        contact_of(person)
    after = case_file(log)
    verdict = verify(after)
    assert (verdict.whole, verdict.entries, verdict.head) == (True, verify(before).entries, verify(before).head)
    assert verdict.undisclosed == verdict.entries
    assert members(after)["payloads.jsonl"] == b""
    assert not [name for name in members(after) if name.startswith("files/")]
    # The incident's record takes further entries, and the next case file verifies too.
    export = export_case_file(incident=worked_on, by=shop_case.owner, to="監査")
    assert verify(export).entries == verdict.entries + 1


def test_staff_may_not_hand_the_record_out(shop_case, worked_on):
    before = Entry.objects.count()
    with pytest.raises(Refused, match="export"):
        export_case_file(incident=worked_on, by=shop_case.staff, to="知人")
    assert Entry.objects.count() == before


@pytest.mark.parametrize("to", ["", "  ", "\n"])
def test_it_is_handed_to_somebody(shop_case, worked_on, to: str):
    before = Entry.objects.count()
    with pytest.raises(Problem, match="to whom"):
        export_case_file(incident=worked_on, by=shop_case.owner, to=to)
    assert Entry.objects.count() == before

"""What became of each mail is entered once, and an unsure one is settled by a person, with a reason."""

import threading
import uuid

import pytest
from django.db import connection
from django.utils import timezone

from madoguchi.app.accounts.models import Member, Organisation, User
from madoguchi.app.accounts.permission import Refused, System
from madoguchi.app.due.models import DueWork
from madoguchi.app.log.models import Entry
from madoguchi.app.log.queries import case_file, payload
from madoguchi.app.log.services import incident_log
from madoguchi.app.mail import services
from madoguchi.app.mail.models import OutgoingMail, State
from madoguchi.app.mail.outbox import DELIVER
from madoguchi.app.mail.services import NothingToRecord, record_deliveries, settle_unsure
from madoguchi.app.mail.work import record_all
from madoguchi.problem import Problem
from madoguchi.record.verify import verify

WORKER = System("mail")
pytestmark = pytest.mark.django_db(transaction=True)


def end(rows, state: str = "sent", answer: str = "250 kept"):
    """Let mails have ended."""
    ids = [row.id for row in rows]
    OutgoingMail.objects.filter(id__in=ids).update(state=state, ended_at=timezone.now(), answer=answer)
    return list(OutgoingMail.objects.filter(id__in=ids))


def test_a_batch_holds_one_part_a_mail_and_the_counts(queue, log, recorded):
    sent, failed = end(queue(3)), end(queue(2), "failed", "550 no")
    queue(4)
    assert record_deliveries(log=log, by=WORKER) == 5
    [(told, parts)] = recorded()
    assert (told["mails"], told["sent"], told["failed"]) == (5, 3, 2)
    assert told["parts"]
    assert [part["state"] for part in parts] == ["sent"] * 3 + ["failed"] * 2
    assert {part["message_id"] for part in parts} == {row.message_id for row in [*sent, *failed]}
    assert {part["subject"] for part in parts} == {str(row.subject) for row in [*sent, *failed]}
    assert {part["answer"] for part in parts} == {"250 kept", "550 no"}
    assert verify(case_file(log)).whole


def test_each_end_is_entered_once(queue, log, recorded):
    end(queue(2))
    record_all()
    record_all()
    end(queue(1))
    record_all()
    assert [told["mails"] for told, _ in recorded()] == [2, 1]
    with pytest.raises(NothingToRecord, match="nothing was added"):
        record_deliveries(log=log, by=WORKER)
    assert len(recorded()) == 2


def test_what_has_not_ended_is_not_entered(queue, log, recorded):
    rows = queue(2)
    OutgoingMail.objects.filter(id=rows[0].id).update(state=State.SENDING, claimed_at=timezone.now())
    record_all()
    assert recorded() == []


def test_more_than_a_batch_becomes_several_entries(queue, log, recorded, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(services, "BATCH", 2)
    end(queue(5))
    record_all()
    assert [told["mails"] for told, _ in recorded()] == [2, 2, 1]


def test_each_incident_has_its_own_entries(queue, log, shop):
    end(queue(2))
    other = incident_log(shop, uuid.uuid4())
    [moved] = queue(1)
    OutgoingMail.objects.filter(id=moved.id).update(log=other)
    end([moved])
    record_all()
    told = {entry.log_id: payload(entry)["mails"] for entry in Entry.objects.filter(kind="mail:deliveries:recorded")}
    assert told == {log.id: 2, other.id: 1}


def test_an_entry_that_could_not_be_written_leaves_the_ends_to_be_entered(
    queue, log, recorded, monkeypatch: pytest.MonkeyPatch
):
    end(queue(2))
    monkeypatch.setattr("madoguchi.app.log.services.append", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        record_deliveries(log=log, by=WORKER)
    monkeypatch.undo()
    record_all()
    assert [told["mails"] for told, _ in recorded()] == [2]


def test_workers_that_record_at_once_enter_each_end_once(queue, log, recorded):
    rows = end(queue(30))
    start, errors = threading.Barrier(3), []

    def run() -> None:
        try:
            start.wait()
            record_all()
        except BaseException as error:  # noqa: BLE001 - told by the assertion below
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    told = [part["message_id"] for _, parts in recorded() for part in parts]
    assert sorted(told) == sorted(row.message_id for row in rows)
    assert all(payload["mails"] for payload, _ in recorded())


def test_an_unsure_mail_that_was_sent_is_sent_and_says_why(queue, log, owner):
    [mail] = end(queue(), "unsure")
    settle_unsure(mail=mail, by=owner, was_sent=True, reason="サーバーの記録に 250 がある")
    mail.refresh_from_db()
    assert (mail.state, mail.recorded) == (State.SENT, True)
    told = payload(Entry.objects.get(log=log, kind="mail:unsure:settled"))
    assert told == {
        "mail": str(mail.id),
        "message_id": mail.message_id,
        "was_sent": True,
        "reason": "サーバーの記録に 250 がある",
    }
    assert not DueWork.objects.exists()


def test_an_unsure_mail_that_was_not_sent_is_sent_again_by_itself(queue, log, owner, sink, use_server, recorded):
    from madoguchi.app.due.worker import run_due

    [mail] = end(queue(), "unsure")
    record_all()
    settle_unsure(mail=mail, by=owner, was_sent=False, reason="サーバーの記録にない")
    mail.refresh_from_db()
    assert (mail.state, mail.ended_at, mail.recorded) == (State.QUEUED, None, False)
    assert DueWork.objects.get().kind == DELIVER
    use_server(sink.server)
    assert run_due(now=timezone.now()) == 1
    assert sink.message_ids == [mail.message_id]
    assert [(told["mails"], told.get("unsure"), told.get("sent")) for told, _ in recorded()] == [
        (1, 1, None),
        (1, None, 1),
    ]


@pytest.mark.parametrize("state", ["queued", "sending", "sent", "failed", "stopped"])
def test_only_an_unsure_mail_can_be_settled(queue, owner, state: str):
    [mail] = end(queue(), state)
    for was_sent in (True, False):
        with pytest.raises(Problem, match="not unsure"):
            settle_unsure(mail=mail, by=owner, was_sent=was_sent, reason="x")
    mail.refresh_from_db()
    assert mail.state == state
    assert not Entry.objects.exists()
    assert not DueWork.objects.exists()


def test_a_mail_is_settled_once(queue, owner):
    [mail] = end(queue(), "unsure")
    settle_unsure(mail=mail, by=owner, was_sent=False, reason="x")
    with pytest.raises(Problem, match="not unsure"):
        settle_unsure(mail=mail, by=owner, was_sent=False, reason="x")


def test_another_organisations_member_settles_nothing(queue):
    [mail] = end(queue(), "unsure")
    other = Organisation.objects.create(name="別の店")
    stranger = Member.objects.create(organisation=other, user=User.objects.create_user("x@e.jp"), role="owner")
    with pytest.raises(Refused):
        settle_unsure(mail=mail, by=stranger, was_sent=True, reason="x")
    mail.refresh_from_db()
    assert mail.state == State.UNSURE

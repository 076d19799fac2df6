"""The outbox: sealed and complete before it is sent, at most once each, tried again with growing waits, never lost."""

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from madoguchi.app import vault
from madoguchi.app.mail import outbox
from madoguchi.app.mail.models import OutgoingMail, State
from madoguchi.app.mail.outbox import CLAIM, REFUSED_IN_A_ROW, WAITS, Delivered
from madoguchi.app.mail.transport import SmtpConnection

SENDER = "privacy@mihon.example"
pytestmark = pytest.mark.django_db


def deliver(server, *, at=None, limit: int = 1000) -> Delivered:
    """Send what is due at ``at`` (now, where it is left out)."""
    with SmtpConnection(server, timeout=10, answer_timeout=10) as connected:
        return outbox.deliver(connected, sender=SENDER, now=lambda: at or timezone.now(), limit=limit)


def states() -> list[str]:
    return [mail.state for mail in OutgoingMail.objects.order_by("due_at", "id")]


def test_what_is_sent_is_to_the_byte_what_was_stored(sink, queue):
    rows = queue(3, text="一行目\n.\n..二\n\n終わり\n")
    assert deliver(sink.server) == Delivered(sent=3)
    assert sorted(sink.kept) == sorted((outbox.recipient_of(row), outbox.raw_of(row)) for row in rows)
    for row in OutgoingMail.objects.all():
        assert row.state == State.SENT
        assert row.answer == "250 2.0.0 kept"
        assert row.attempts == 1
        assert row.ended_at is not None


def test_the_longest_due_goes_first_and_what_is_not_due_waits(sink, queue):
    [late], [later], [latest] = queue(late=60), queue(late=600), queue(late=6000)
    [not_due] = queue(late=-60)
    assert deliver(sink.server).sent == 3
    assert sink.message_ids == [latest.message_id, later.message_id, late.message_id]
    assert OutgoingMail.objects.get(id=not_due.id).state == State.QUEUED


def test_the_limit_holds_and_the_rest_stays_queued(sink, queue):
    queue(5)
    assert deliver(sink.server, limit=2) == Delivered(sent=2)
    assert sorted(states()) == ["queued"] * 3 + ["sent"] * 2
    assert OutgoingMail.objects.filter(attempts=0, claimed_at=None).count() == 3


def test_an_empty_outbox_is_nothing_to_do(sink):
    assert deliver(sink.server) == Delivered()
    assert outbox.next_due() is None


def test_a_refusal_for_good_is_one_persons_and_the_others_get_theirs(sink, queue):
    queue(5)
    answers = iter([None, "550 5.1.1 no such person", None, None, None])
    sink.at = lambda moment: next(answers) if moment == "RCPT" else None
    assert deliver(sink.server) == Delivered(sent=4, failed=1, reasons=["550 5.1.1 no such person"])
    failed = OutgoingMail.objects.get(state=State.FAILED)
    assert failed.answer == "550 5.1.1 no such person"
    assert failed.ended_at is not None
    assert deliver(sink.server) == Delivered()


def test_a_refusal_for_now_is_tried_again_with_growing_waits_and_fails_after_the_last(sink, queue):
    [row] = queue()
    sink.at = lambda moment: "451 4.3.0 disk full" if moment == "DATA" else None
    now, waited = timezone.now(), []
    for attempt in range(1, len(WAITS) + 1):
        assert deliver(sink.server, at=now).later == 1
        row.refresh_from_db()
        assert (row.state, row.attempts, row.claimed_at, row.ended_at) == (State.QUEUED, attempt, None, None)
        waited.append(row.due_at - now)
        assert deliver(sink.server, at=row.due_at - timedelta(seconds=1)) == Delivered()
        now = row.due_at
    assert waited == list(WAITS)
    assert all(first < second for first, second in pairwise(waited))
    deliver(sink.server, at=now)
    row.refresh_from_db()
    assert (row.state, row.answer, row.ended_at) == (State.FAILED, "451 4.3.0 disk full", now)
    assert deliver(sink.server, at=now + timedelta(days=365)) == Delivered()
    assert set(sink.message_ids) == {row.message_id}  # the same message each time, so that doubles can be told


def test_a_mail_that_was_refused_for_now_goes_out_when_the_server_has_room_again(sink, queue):
    [row] = queue()
    sink.at = lambda moment: "452 4.3.1 full" if moment == "MAIL" else None
    deliver(sink.server)
    sink.at = lambda _: None
    row.refresh_from_db()
    assert deliver(sink.server, at=row.due_at).sent == 1
    assert sink.message_ids == [row.message_id]


@pytest.mark.parametrize(
    "answer", ["451 4.3.0 full", "550 5.7.1 relaying denied", "530 5.7.0 log in first"], ids=lambda answer: answer[:3]
)
def test_a_server_that_refuses_everything_is_left_alone_before_the_whole_outbox_has_suffered(sink, queue, answer: str):
    queue(REFUSED_IN_A_ROW + 5)
    sink.at = lambda moment: answer if moment == "RCPT" else None
    done = deliver(sink.server)
    assert done.failed + done.later == REFUSED_IN_A_ROW
    assert done.stopped == answer
    assert len(done.reasons) == 5
    assert OutgoingMail.objects.filter(attempts=0, state=State.QUEUED).count() == 5


def test_a_few_refused_in_between_stop_nothing(sink, queue):
    queue(40)
    answers = iter(["450 4.2.0 grey"] * 9 + [None] + ["550 no"] * 9 + [None] * 21)
    sink.at = lambda moment: next(answers) if moment == "RCPT" else None
    done = deliver(sink.server)
    assert (done.sent, done.later, done.failed, done.stopped) == (22, 9, 9, "")


def test_a_server_that_goes_away_stops_the_run_and_costs_two_a_try(scripted, queue):
    queue(5)
    server = scripted(RCPT="drop")
    with SmtpConnection(server.server, timeout=10) as connected:
        server.script["CONNECT"] = "drop"
        done = outbox.deliver(connected, sender=SENDER, now=timezone.now)
    assert (done.later, done.sent) == (2, 0)
    assert "cannot be reached" in done.stopped
    assert sorted(OutgoingMail.objects.values_list("attempts", flat=True)) == [0, 0, 0, 1, 1]
    assert set(states()) == {"queued"}


def test_silence_after_the_last_byte_is_unsure_and_is_not_tried_again(scripted, queue):
    [row] = queue()
    assert deliver(scripted(DOT="drop").server).unsure == 1
    row.refresh_from_db()
    assert row.state == State.UNSURE
    assert row.ended_at is not None
    server = scripted()
    assert deliver(server.server, at=timezone.now() + timedelta(days=30)) == Delivered()
    assert server.data == []


def test_a_claim_becomes_unsure_only_when_it_has_run_out(queue):
    [row] = queue()
    now = timezone.now()
    OutgoingMail.objects.filter(id=row.id).update(state=State.SENDING, claimed_at=now, attempts=1)
    assert outbox.next_due() == now + CLAIM
    assert outbox.mark_unsure(now=now + CLAIM - timedelta(microseconds=1)) == 0
    assert outbox.mark_unsure(now=now + CLAIM) == 1
    assert outbox.next_due() is None
    row.refresh_from_db()
    assert (row.state, row.ended_at) == (State.UNSURE, now + CLAIM)


@pytest.mark.parametrize("meanwhile", ["given up", "sent again by another"])
def test_a_worker_that_comes_back_late_does_not_touch_what_is_no_longer_its_own(sink, queue, meanwhile: str):
    [row] = queue()
    later = timezone.now() + CLAIM + timedelta(minutes=1)
    with SmtpConnection(sink.server) as connected:
        send = connected.send

        def slow(**message):
            outcome = send(**message)
            assert outbox.mark_unsure(now=later) == 1
            if meanwhile != "given up":  # somebody decided, and another worker has it in hand
                OutgoingMail.objects.update(state=State.SENDING, claimed_at=later, ended_at=None)
            return outcome

        connected.send = slow
        outbox.deliver(connected, sender=SENDER, now=timezone.now)
    row.refresh_from_db()
    assert row.state == (State.UNSURE if meanwhile == "given up" else State.SENDING)
    assert len(sink.kept) == 1


def test_a_mail_whose_key_was_destroyed_ends_and_the_others_go_out(sink, queue, log):
    rows = queue(3)
    other = outbox.put(
        log=log,
        subject=log.id,
        seal_key="incident:gone",
        recipient="taro@mail.example",
        raw=b"Subject: x\r\n\r\nx\r\n",
        message_id="<gone@mihon.example>",
        due_at=timezone.now() - timedelta(days=1),
    )
    other.save()
    vault.store().destroy("incident:gone")
    assert deliver(sink.server).sent == len(rows)
    other.refresh_from_db()
    assert other.state == State.FAILED
    assert "destroyed" in other.answer


def test_a_mail_that_was_altered_in_the_database_ends_and_the_others_go_out(sink, queue):
    first, second = queue(2)
    OutgoingMail.objects.filter(id=first.id).update(raw=bytes(second.raw))
    assert deliver(sink.server).sent == 1
    first.refresh_from_db()
    assert first.state == State.FAILED
    assert sink.message_ids == [second.message_id]


def test_a_message_id_stands_in_the_outbox_once(queue):
    first, second = queue(2)
    second.message_id = first.message_id
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()


@pytest.mark.parametrize("state", ["", "lost", "SENT"])
def test_the_database_knows_no_other_states(queue, state: str):
    [row] = queue()
    with pytest.raises(IntegrityError), transaction.atomic():
        OutgoingMail.objects.filter(id=row.id).update(state=state, ended_at=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_nothing_readable_of_the_person_or_the_words_stands_in_the_database(sink, queue, recorded):
    from madoguchi.app.mail.work import record_all

    queue(2, recipient="hanako.himitsu@mail.example", text="髙橋花子様へ himitsu の お知らせ\n")
    answers = iter(["550 5.1.1 <hanako.himitsu@mail.example>: hanako.himitsu is unknown", None])
    sink.at = lambda moment: next(answers) if moment == "RCPT" else None
    deliver(sink.server)
    record_all()
    [(_, parts)] = recorded()
    assert "himitsu" not in str(parts)
    assert {part["state"] for part in parts} == {"sent", "failed"}
    assert b"himitsu" in outbox.raw_of(OutgoingMail.objects.first())
    kept = everything()
    assert b"mail:deliveries:recorded" in kept  # we look where the database really is
    for secret in ("himitsu", "髙橋花子", "お知らせ"):
        assert secret.encode() not in kept


def everything() -> bytes:
    """Return all that the database holds: the files of SQLite, or every row of PostgreSQL as bytes."""
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        return b"".join(each.read_bytes() for each in path.parent.glob(path.name + "*"))
    data = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            data += [bytes(v) if isinstance(v, memoryview) else str(v).encode() for row in cursor for v in row]
    return b"\n".join(data)

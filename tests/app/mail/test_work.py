"""The due work of the mail, from a planned row to a delivered and recorded mail, with a server or without."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from madoguchi.app.due.models import DueWork
from madoguchi.app.due.services import plan
from madoguchi.app.due.worker import run_due
from madoguchi.app.home import MailServer
from madoguchi.app.mail import outbox, work
from madoguchi.app.mail.models import OutgoingMail, State
from madoguchi.app.mail.outbox import CLAIM, DELIVER, REFUSED_IN_A_ROW, WAITS

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def planned(queue, shop):
    """Return a function that puts mails into the outbox and has them delivered."""

    def put(count: int = 3):
        rows = queue(count)
        plan(organisation=shop, kind=DELIVER, subject=shop.id, due_at=timezone.now())
        return rows

    return put


@pytest.fixture
def said(caplog: pytest.LogCaptureFixture):
    """Return a function that returns what was logged: level and line."""
    return lambda: [(each.levelname, each.getMessage()) for each in caplog.records if each.levelno >= logging.WARNING]


def test_what_is_planned_is_delivered_and_entered_and_the_work_is_done(planned, sink, use_server, recorded, said):
    rows = planned(5)
    use_server(sink.server)
    assert run_due(now=timezone.now()) == 1
    assert sorted(sink.message_ids) == sorted(row.message_id for row in rows)
    [(told, parts)] = recorded()
    assert (told["mails"], told["sent"], len(parts)) == (5, 5, 5)
    assert not DueWork.objects.exists()
    assert said() == []


def test_without_a_server_everything_waits_one_sentence_is_logged_and_it_goes_out_later(
    planned, sink, no_server, use_server, said
):
    planned(3)
    use_server(no_server)
    now = timezone.now()
    assert run_due(now=now) == 1
    [(level, line)] = said()
    assert level == "WARNING"
    assert f"127.0.0.1:{no_server.port}: the mail server cannot be reached" in line
    assert "\n" not in line
    assert set(OutgoingMail.objects.values_list("state", "attempts")) == {("queued", 0)}
    row = DueWork.objects.get()
    assert (row.due_at, row.last_error) == (now + WAITS[0], "")
    assert run_due(now=row.due_at - timedelta(seconds=1)) == 0
    use_server(sink.server)
    assert run_due(now=row.due_at) == 1
    assert len(sink.kept) == 3
    assert not DueWork.objects.exists()


@pytest.mark.parametrize(
    ("server", "line"),
    [
        (MailServer(), "home.toml: [mail]: no mail server is set up"),
        (
            MailServer(host="127.0.0.1", sender="a@b.jp", user="shop"),
            "mail-password: the mail server's password is missing",
        ),
    ],
)
def test_a_home_without_a_usable_server_keeps_its_mail_and_says_what_to_write(planned, use_server, said, server, line):
    planned(2)
    use_server(server)
    assert run_due(now=timezone.now()) == 1
    [(_, logged)] = said()
    assert line in logged
    assert set(OutgoingMail.objects.values_list("state", "attempts")) == {("queued", 0)}
    assert DueWork.objects.exists()


def test_a_server_that_refuses_everything_is_asked_again_in_five_minutes_not_at_once(planned, sink, use_server, said):
    planned(REFUSED_IN_A_ROW + 5)
    use_server(sink.server)
    sink.at = lambda moment: "451 4.3.0 disk full" if moment == "DATA" else None
    now = timezone.now()
    assert run_due(now=now) == 1
    assert len(sink.kept) == REFUSED_IN_A_ROW
    assert DueWork.objects.get().due_at == now + WAITS[0]
    assert said() == [("WARNING", "mail is waiting: 451 4.3.0 disk full")]


def test_one_that_is_refused_for_now_is_due_again_at_its_own_time(planned, sink, use_server, said):
    planned(3)
    use_server(sink.server)
    answers = iter([None, "450 4.2.0 grey", None])
    sink.at = lambda moment: next(answers) if moment == "RCPT" else None
    run_due(now=timezone.now())
    waiting = OutgoingMail.objects.get(state=State.QUEUED)
    assert DueWork.objects.get().due_at == waiting.due_at
    assert said() == []


def test_a_large_outbox_is_delivered_in_several_turns(planned, sink, use_server, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(work, "AT_ONCE", 2)
    planned(5)
    use_server(sink.server)
    assert run_due(now=timezone.now()) == 3
    assert len(sink.kept) == 5
    assert not DueWork.objects.exists()


def test_a_dead_workers_claim_is_waited_for_and_then_entered_as_unsure(planned, sink, use_server, recorded):
    first, *_ = planned(3)
    use_server(sink.server)
    now = timezone.now()
    OutgoingMail.objects.filter(id=first.id).update(state=State.SENDING, claimed_at=now, attempts=1)
    run_due(now=now)
    assert len(sink.kept) == 2
    # The work is not done while somebody may still be at it: else nobody would ever call the mail unsure.
    row = DueWork.objects.get()
    assert row.due_at == now + CLAIM
    assert run_due(now=row.due_at) == 1
    first.refresh_from_db()
    assert (first.state, first.recorded) == (State.UNSURE, True)
    assert [(told["mails"], told.get("unsure")) for told, _ in recorded()] == [(2, None), (1, 1)]
    assert not DueWork.objects.exists()
    assert len(sink.kept) == 2


def test_what_ended_before_a_crash_is_entered_even_when_nothing_is_left_to_send(
    planned, no_server, use_server, recorded
):
    rows = planned(2)
    OutgoingMail.objects.filter(id__in=[row.id for row in rows]).update(state="sent", ended_at=timezone.now())
    use_server(no_server)
    assert run_due(now=timezone.now()) == 1
    assert [told["sent"] for told, _ in recorded()] == [2]


def test_the_password_of_the_home_is_used_for_the_login(planned, scripted, monkeypatch: pytest.MonkeyPatch, home):
    import base64

    server = scripted(EHLO=b"250-hello\r\n250 AUTH PLAIN\r\n", AUTH=b"235 welcome\r\n")
    password = home.keys / "mail-password"
    password.write_text("ひみつ".encode().hex() + "\n")
    password.chmod(0o600)
    mail = MailServer(host="127.0.0.1", port=server.server_address[1], user="shop", sender="a@b.jp")
    monkeypatch.setattr(settings, "HOME", replace(home, mail=mail))
    assert work._send() == ""
    sent = next(line for line in server.lines if line.startswith(b"AUTH")).split()[-1]
    assert base64.b64decode(sent) == b"\0shop\0" + "ひみつ".encode().hex().encode()


def test_all_that_waits_is_sent_by_one_handler_of_the_outbox(planned):
    from madoguchi.app.due.worker import HANDLERS

    planned(1)
    assert HANDLERS[DELIVER] is work.deliver
    assert outbox.next_due() <= timezone.now()

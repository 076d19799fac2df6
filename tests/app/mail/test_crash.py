"""A worker killed at any moment loses no mail and sends none twice; what cannot be known is said, and settled."""

import itertools
import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from madoguchi.app.mail import outbox, work
from madoguchi.app.mail.models import OutgoingMail, State
from madoguchi.app.mail.services import settle_unsure

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS, FULL = 15, 20


@pytest.fixture
def worker(sink):
    """Return a function that starts a worker on the sink; whatever still runs at the end is killed."""
    running: list[subprocess.Popen] = []
    environment = {
        **os.environ,
        "MADOGUCHI_HOME": str(settings.HOME.path),
        "DJANGO_SETTINGS_MODULE": "madoguchi.app.settings.company",
    }

    def start() -> subprocess.Popen:
        program = [sys.executable, str(Path(__file__).with_name("sender.py"))]
        database = str(connection.settings_dict["NAME"])
        process = subprocess.Popen([*program, database, str(sink.controller.port)], env=environment)
        running.append(process)
        return process

    yield start
    for process in running:
        process.kill()
        process.wait()


def states() -> Counter:
    """Return how many mails are in each state."""
    return Counter(OutgoingMail.objects.values_list("state", flat=True))


def run_out() -> int:
    """Let the claims of the dead run out; return how many mails became unsure."""
    return outbox.mark_unsure(now=timezone.now() + outbox.CLAIM + timedelta(seconds=1))


def watched(worker, sink, at: Callable[[str, subprocess.Popen], None]) -> int:
    """Run a worker to its end, calling ``at`` with each moment of the server and the process; return how it ended."""
    processes: list[subprocess.Popen] = []
    begun = threading.Event()

    def call(moment: str) -> None:
        begun.wait(10)
        at(moment, processes[0])

    sink.at = call
    processes.append(worker())
    begun.set()
    try:
        return processes[0].wait(60)
    finally:
        sink.at = lambda _: None


def killed_at(worker, sink, moment: str, number: int = 1) -> None:
    """Run a worker and kill it at the ``number``-th time that the server comes to ``moment``."""
    seen: Counter = Counter()

    def kill(at: str, process: subprocess.Popen) -> None:
        seen[at] += 1
        if at == moment and seen[at] == number:
            process.kill()

    assert watched(worker, sink, kill) == -signal.SIGKILL


def killer(moment: int, delay: float) -> Callable[[str, subprocess.Popen], None]:
    """Return what kills a worker ``delay`` seconds after the ``moment``-th moment of the server."""
    moments = itertools.count(1)

    def kill(_: str, process: subprocess.Popen) -> None:
        if next(moments) == moment:
            threading.Timer(delay, process.kill).start()

    return kill


def test_killed_before_the_first_claim_everything_waits(worker, sink, queue):
    queue(3)
    killed_at(worker, sink, "EHLO")
    assert states() == {"queued": 3}
    assert set(OutgoingMail.objects.values_list("attempts", flat=True)) == {0}
    assert run_out() == 0
    assert worker().wait(60) == 0
    assert states() == {"sent": 3}
    assert len(sink.message_ids) == 3


def test_killed_between_the_claim_and_the_message_one_is_unsure_and_nothing_was_sent(worker, sink, queue):
    queue(3)
    killed_at(worker, sink, "RCPT")
    assert states() == {"sending": 1, "queued": 2}
    assert sink.kept == []
    assert outbox.mark_unsure(now=timezone.now()) == 0  # its worker may still live
    assert run_out() == 1
    assert states() == {"unsure": 1, "queued": 2}
    assert worker().wait(60) == 0
    assert states() == {"unsure": 1, "sent": 2}


def test_killed_between_the_servers_250_and_the_commit_one_is_unsure_and_was_sent_once(worker, sink, queue, owner):
    queue(3)

    def stop_then_kill(moment: str, process: subprocess.Popen) -> None:
        if moment == "DATA":
            process.send_signal(signal.SIGSTOP)
            os.waitpid(process.pid, os.WUNTRACED)
            # The 250 goes out to a worker that stands still, and never reads it.
            threading.Timer(0.2, process.kill).start()

    assert watched(worker, sink, stop_then_kill) == -signal.SIGKILL
    [message_id] = sink.message_ids
    assert OutgoingMail.objects.get(message_id=message_id).state == "sending"
    assert run_out() == 1
    assert worker().wait(60) == 0
    assert states() == {"unsure": 1, "sent": 2}
    assert sorted(Counter(sink.message_ids).values()) == [1, 1, 1]
    settle_unsure(mail=OutgoingMail.objects.get(state="unsure"), by=owner, was_sent=True, reason="サーバーの記録")
    assert states() == {"sent": 3}
    assert worker().wait(60) == 0
    assert len(sink.message_ids) == 3


def test_killed_at_the_next_message_the_one_before_is_sent(worker, sink, queue):
    queue(3)
    killed_at(worker, sink, "MAIL", number=2)
    assert states() == {"sent": 1, "sending": 1, "queued": 1}
    assert OutgoingMail.objects.get(state="sent").message_id == sink.message_ids[0]


def test_killed_between_sending_and_recording_each_end_is_entered_once(worker, sink, queue, recorded):
    queue(5)
    killed_at(worker, sink, "DATA", number=5)
    assert states() == {"sent": 4, "sending": 1}
    assert recorded() == []
    run_out()
    for _ in range(2):
        assert worker().wait(60) == 0
    [(payload, parts)] = recorded()
    told = [part["message_id"] for part in parts]
    assert (payload["mails"], payload["sent"], payload["unsure"]) == (5, 4, 1)
    assert sorted(told) == sorted(OutgoingMail.objects.values_list("message_id", flat=True))


def test_killed_again_and_again_at_any_moment_nothing_is_lost_and_nothing_is_sent_twice(worker, sink, queue, owner):
    chance = random.Random(20261122)
    unsure = 0
    for _ in range(ROUNDS):
        queue(FULL - states()["queued"])
        watched(worker, sink, killer(chance.randrange(1, 3 * FULL), chance.random() * 0.004))
        taken = Counter(sink.message_ids)
        assert set(taken.values()) <= {1}
        for mail in OutgoingMail.objects.all():
            if mail.state == "sent":
                assert taken[mail.message_id] == 1
            elif mail.state == "queued":
                assert taken[mail.message_id] == 0
            else:
                assert mail.state == "sending"
        assert states()["sending"] <= 1
        unsure += run_out()
        # Somebody looks into the server's log and decides.
        for mail in OutgoingMail.objects.filter(state="unsure"):
            settle_unsure(mail=mail, by=owner, was_sent=mail.message_id in taken, reason="サーバーの記録")
    assert worker().wait(60) == 0
    assert unsure > 0
    assert set(states()) == {State.SENT}
    assert Counter(sink.message_ids) == Counter(OutgoingMail.objects.values_list("message_id", flat=True))


def test_two_workers_at_once_send_each_mail_once_and_enter_it_once(worker, sink, queue, recorded):
    queue(60)
    sink.wait_for_guests = 2
    first, second = worker(), worker()
    assert (first.wait(120), second.wait(120)) == (0, 0)
    assert sink.guests == 2  # both had come before the first mail was taken; who sent how many is the scheduler's
    assert states() == {"sent": 60}
    assert set(OutgoingMail.objects.values_list("attempts", flat=True)) == {1}
    assert Counter(sink.message_ids) == Counter(OutgoingMail.objects.values_list("message_id", flat=True))
    work.record_all()
    told = [part["message_id"] for _, parts in recorded() for part in parts]
    assert sorted(told) == sorted(sink.message_ids)

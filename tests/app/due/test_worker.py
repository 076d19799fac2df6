"""Due work is done once, when it is due, by whoever comes first; a bad row never stops the rest."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import close_old_connections, connection

from madoguchi.app.accounts.models import Organisation
from madoguchi.app.due import services, worker
from madoguchi.app.due.models import DueWork
from madoguchi.problem import Problem

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def shop(db) -> Organisation:
    return Organisation.objects.create(name="みなと堂")


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what the handlers of the test kinds were called with, in order."""
    calls: list[str] = []

    def note(row: DueWork, now: datetime) -> None:
        calls.append(row.subject)

    def again(row: DueWork, now: datetime) -> datetime:
        calls.append(row.subject)
        return now + HOUR

    def bad(row: DueWork, now: datetime) -> None:
        calls.append(row.subject)
        raise Problem(ja="だめ", en="the address taro@example.jp is bad")

    monkeypatch.setattr(worker, "HANDLERS", {"note": note, "again": again, "bad": bad})
    return calls


def plan(shop: Organisation, kind: str, subject: str, due_at: datetime = NOW) -> None:
    services.plan(organisation=shop, kind=kind, subject=subject, due_at=due_at)


def test_work_is_done_when_it_is_due_and_not_before(shop: Organisation, seen: list[str]):
    plan(shop, "note", "later", NOW + HOUR)
    plan(shop, "note", "now")
    assert worker.run_due(now=NOW) == 1
    assert seen == ["now"]
    assert worker.run_due(now=NOW) == 0
    assert worker.run_due(now=NOW + HOUR) == 1
    assert seen == ["now", "later"]
    assert not DueWork.objects.exists()


def test_the_longest_due_comes_first_and_the_limit_holds(shop: Organisation, seen: list[str]):
    for hours in (1, 3, 2):
        plan(shop, "note", f"{hours} hours ago", NOW - hours * HOUR)
    assert worker.run_due(now=NOW, limit=2) == 2
    assert seen == ["3 hours ago", "2 hours ago"]


def test_a_handler_may_ask_to_be_called_again(shop: Organisation, seen: list[str]):
    plan(shop, "again", "clock")
    assert worker.run_due(now=NOW) == 1
    assert worker.run_due(now=NOW + HOUR) == 1
    assert seen == ["clock", "clock"]


def test_a_bad_row_goes_an_hour_on_and_the_rest_is_done(shop: Organisation, seen: list[str]):
    plan(shop, "bad", "bad", NOW - 2 * HOUR)
    plan(shop, "no-such-kind", "unknown", NOW - HOUR)
    plan(shop, "note", "good")
    assert worker.run_due(now=NOW) == 3
    assert seen == ["bad", "good"]
    left = {row.subject: (row.due_at, row.attempts, row.last_error) for row in DueWork.objects.all()}
    assert left == {"bad": (NOW + HOUR, 1, "Problem"), "unknown": (NOW + HOUR, 1, "KeyError")}
    worker.run_due(now=NOW + HOUR)
    assert DueWork.objects.get(subject="bad").attempts == 2


def test_an_error_kept_with_the_row_holds_nobodys_data(shop: Organisation, seen: list[str]):
    plan(shop, "bad", "x")
    worker.run_due(now=NOW)
    assert "taro" not in DueWork.objects.get().last_error


def test_planned_twice_is_one_row_with_the_later_word(shop: Organisation, seen: list[str]):
    plan(shop, "note", "a", NOW)
    plan(shop, "note", "a", NOW + HOUR)
    assert worker.run_due(now=NOW) == 0
    assert worker.run_due(now=NOW + HOUR) == 1


def test_cancelled_work_is_not_done(shop: Organisation, seen: list[str]):
    plan(shop, "note", "a")
    assert services.cancel(kind="note", subject="a")
    assert not services.cancel(kind="note", subject="a")
    assert worker.run_due(now=NOW) == 0


def test_a_claimed_row_is_nobody_elses_until_its_worker_is_given_up(shop: Organisation):
    plan(shop, "note", "a")
    mine = services.claim(now=NOW)
    assert mine is not None
    assert services.claim(now=NOW + services.LEASE - timedelta(seconds=1)) is None
    theirs = services.claim(now=NOW + services.LEASE)
    assert theirs is not None
    assert theirs.attempts == 2
    # The one that was given up comes back: what it says no longer counts.
    assert not services.finish(row=mine)
    assert not services.push(row=mine, now=NOW, error="late")
    assert services.finish(row=theirs)


def test_work_planned_anew_while_it_is_done_is_done_again(shop: Organisation, monkeypatch: pytest.MonkeyPatch):
    calls = []

    def replans(row: DueWork, now: datetime) -> None:
        calls.append(now)
        if len(calls) == 1:
            plan(shop, "self", "a", NOW + HOUR)

    monkeypatch.setattr(worker, "HANDLERS", {"self": replans})
    plan(shop, "self", "a")
    worker.run_due(now=NOW)
    assert DueWork.objects.get().due_at == NOW + HOUR
    worker.run_due(now=NOW + HOUR)
    assert calls == [NOW, NOW + HOUR]
    assert not DueWork.objects.exists()


def test_a_stop_is_heard_between_two_rows(shop: Organisation, monkeypatch: pytest.MonkeyPatch):
    stop = threading.Event()
    monkeypatch.setattr(worker, "HANDLERS", {"stops": lambda *_: stop.set()})
    plan(shop, "stops", "a")
    plan(shop, "stops", "b")
    assert worker.run_due(now=NOW, stop=stop) == 1
    assert DueWork.objects.count() == 1


def test_one_kind_has_one_handler(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(worker, "HANDLERS", {})
    handler = worker.handles("kind")(lambda *_: None)
    assert worker.handles("kind")(handler) is handler
    with pytest.raises(TypeError, match="two handlers"):
        worker.handles("kind")(lambda *_: None)


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_do_each_row_once(seen: list[str]):
    shop = Organisation.objects.create(name="みなと堂")
    for n in range(30):
        plan(shop, "note", str(n), NOW - timedelta(minutes=n))
    errors: list[BaseException] = []
    start = threading.Barrier(4)

    def run() -> None:
        try:
            start.wait()
            worker.run_due(now=NOW)
        except BaseException as error:  # noqa: BLE001 - told by the assertion below
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    close_old_connections()
    assert errors == []
    assert sorted(seen, key=int) == [str(n) for n in range(30)]
    assert not DueWork.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_loop_works_until_it_is_told_to_stop(monkeypatch: pytest.MonkeyPatch):
    stop = threading.Event()
    calls = []

    def last(row: DueWork, now: datetime) -> None:
        calls.append(row.subject)
        if len(calls) == 2:
            stop.set()

    monkeypatch.setattr(worker, "HANDLERS", {"last": last})
    shop = Organisation.objects.create(name="みなと堂")
    for subject in ("a", "b", "c"):
        plan(shop, "last", subject)
    worker.work(stop=stop, pause=0.01)
    assert calls == ["a", "b"]
    assert DueWork.objects.get().subject == "c"

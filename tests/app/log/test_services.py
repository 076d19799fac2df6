"""Appending: one entry, one head, gapless, in the caller's transaction; and destroying what an entry said."""

import os
import subprocess
import sys
import threading
import uuid
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from madoguchi.app import vault
from madoguchi.app.home import ENVIRONMENT
from madoguchi.app.log import queries, services
from madoguchi.app.log.models import Entry, File, Head, Key, Log, Payload
from madoguchi.app.vault.keystore import KeyDestroyed
from madoguchi.problem import Problem
from madoguchi.record import entry, head, keys, tree

KIND = "company:incident:opened"


def add(log, payload=None, **more) -> Entry:
    with transaction.atomic():
        return services.append(log=log, kind=KIND, actor="member:1", payload=payload or {"title": "流出"}, **more)


def test_a_subject_has_one_log(shop):
    incident = uuid.uuid4()
    assert services.incident_log(shop, incident) == services.incident_log(shop, incident)
    assert services.organisation_log(shop) == services.organisation_log(shop)
    assert Log.objects.filter(organisation=shop).count() == 2


def test_an_append_writes_one_entry_one_payload_and_one_head(log):
    row = add(log)
    assert (row.index, row.kind, row.actor) == (0, KIND, "member:1")
    assert [model.objects.count() for model in (Entry, Payload, Head, File)] == [1, 1, 1, 0]


def test_each_head_is_signed_over_the_whole_tree_so_far(log):
    lines = []
    for number in range(5):
        row = add(log, {"number": number})
        lines.append(entry.Entry(row.index, row.time, row.kind, row.actor, bytes(row.commitment)).leaf())
    for size, row in enumerate(log.heads.order_by("size"), start=1):
        signed = head.Head(str(log.id), row.size, bytes(row.root), row.time, row.key_id, bytes(row.signature))
        assert (row.size, signed.root) == (size, tree.root(lines[:size]))
        assert head.verify(signed, keys.Key.model_validate(row.key.jwk))


def test_two_logs_do_not_know_each_other(shop, log):
    add(log)
    assert add(services.organisation_log(shop)).index == 0
    assert add(log).index == 1


def test_the_payload_lies_sealed_and_comes_back(log):
    row = add(log, {"title": "顧客リストの流出"})
    sealed = bytes(Payload.objects.get(entry=row).sealed)
    assert "顧客".encode() not in sealed
    assert queries.payload(Entry.objects.get(pk=row.pk)) == {"title": "顧客リストの流出"}


def test_a_payload_that_was_moved_to_another_entry_does_not_open(log):
    one, two = add(log, {"number": 1}), add(log, {"number": 2})
    Payload.objects.filter(entry=two).update(sealed=Payload.objects.get(entry=one).sealed)
    with pytest.raises(Problem, match="altered"):
        queries.payload(Entry.objects.get(pk=two.pk))


def test_documents_are_kept_sealed_and_named_in_the_payload(log):
    row = add(log, files={"速報.pdf": b"%PDF-1.7"})
    (told,) = queries.payload(Entry.objects.get(pk=row.pk))["files"]
    assert (told["name"], told["size"]) == ("速報.pdf", 8)
    assert b"%PDF" not in bytes(File.objects.get(entry=row).sealed)


def test_a_batch_says_the_root_of_its_parts_and_nothing_of_them(log):
    row = add(log, {"what": "notices"}, parts=[{"person": f"p{at}"} for at in range(3)])
    told = queries.payload(Entry.objects.get(pk=row.pk))
    assert told["parts"]["count"] == 3
    assert "p1" not in str(told)


def test_an_append_that_is_rolled_back_leaves_nothing(log):
    with transaction.atomic():
        services.append(log=log, kind=KIND, actor="member:1", payload={})
        transaction.set_rollback(True)
    assert not Entry.objects.exists()
    assert add(log).index == 0


@pytest.mark.django_db(transaction=True)
def test_an_append_outside_a_transaction_is_refused(log):
    with pytest.raises(transaction.TransactionManagementError):
        services.append(log=log, kind=KIND, actor="member:1", payload={})
    assert not Entry.objects.exists()


@pytest.mark.parametrize("kind", ["incident:opened", "Company:incident:opened", "company:incident:opened "])
def test_a_kind_in_another_form_is_refused(log, kind):
    with pytest.raises(ValueError, match="source:subject:action"), transaction.atomic():
        services.append(log=log, kind=kind, actor="member:1", payload={})


@pytest.mark.parametrize("actor", ["sato@shop.example", "佐藤", "", "member 1"])
def test_an_actor_that_is_a_name_or_an_address_is_refused(log, actor):
    with pytest.raises(ValueError, match="opaque"), transaction.atomic():
        services.append(log=log, kind=KIND, actor=actor, payload={})


@pytest.mark.parametrize("payload", [{"a": 1.5}, {"a": timezone.now()}, {"files": []}, {"parts": {}}])
def test_a_payload_without_one_writing_or_with_the_records_own_keys_is_refused(log, payload):
    with pytest.raises(ValueError), transaction.atomic():
        add(log, payload)


def test_a_payload_that_no_verifier_would_read_is_refused(log):
    with pytest.raises(Problem, match="too large"), transaction.atomic():
        add(log, {"text": "x" * 3_000_000})


def test_a_clock_that_is_set_back_does_not_break_the_order(log, shop, monkeypatch):
    first = add(log)
    earlier = first.time - timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: earlier)
    assert add(log).time == first.time
    # In another log of the same shop the key, first used today, must not sign with yesterday's date.
    add(services.organisation_log(shop))
    for each in Log.objects.all():
        queries.case_file(each)


def test_after_a_change_of_keys_old_and_new_heads_verify(log, shop):
    add(log)
    vault.store().rotate(f"record:{shop.id}")
    add(log)
    assert Key.objects.filter(organisation=shop).count() == 2
    assert len({row.key_id for row in log.heads.all()}) == 2
    queries.case_file(log)


def test_what_an_entry_said_can_be_destroyed_and_the_line_stays(log, django_capture_on_commit_callbacks):
    row = add(log, files={"a.txt": b"x"})
    with django_capture_on_commit_callbacks(execute=True):
        services.destroy(row=row)
    row = Entry.objects.get(pk=row.pk)
    assert queries.payload(row) is None
    assert not File.objects.exists()
    with pytest.raises(KeyDestroyed):
        vault.store().salt(log.id, 0)


def test_a_destroyed_salt_makes_a_payload_unreadable_that_came_back_from_a_backup(log):
    row = add(log)
    vault.store().destroy_salt(log.id, 0)
    assert queries.payload(Entry.objects.get(pk=row.pk)) is None


APPENDS, WRITERS = 15, 3


@pytest.mark.django_db(transaction=True)
def test_threads_that_append_to_one_log_leave_no_gap(log):
    failed = []

    def work():
        try:
            for _ in range(APPENDS):
                add(log)
        except BaseException as error:  # noqa: BLE001 - told below
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert list(log.entries.order_by("index").values_list("index", flat=True)) == list(range(APPENDS * WRITERS))
    queries.case_file(log)


@pytest.mark.django_db(transaction=True)
def test_processes_that_append_to_one_log_leave_no_gap(log):
    code = (
        "import sys, django\n"
        "from django.conf import settings\n"
        "settings.DATABASES['default']['NAME'] = sys.argv[1]\n"
        "django.setup()\n"
        "from django.db import transaction\n"
        "from madoguchi.app.log.models import Log\n"
        "from madoguchi.app.log.services import append\n"
        f"for _ in range({APPENDS}):\n"
        "    with transaction.atomic():\n"
        "        log = Log.objects.get(pk=sys.argv[2])\n"
        f"        append(log=log, kind='{KIND}', actor='member:1', payload={{}})\n"
    )
    where = {"DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE, ENVIRONMENT: str(settings.HOME.path)}
    command = [sys.executable, "-c", code, str(connection.settings_dict["NAME"]), str(log.id)]
    writers = [subprocess.Popen(command, stderr=subprocess.PIPE, env={**os.environ, **where}) for _ in range(2)]
    assert [(writer.communicate()[1][-2000:], writer.returncode) for writer in writers] == [(b"", 0)] * 2
    assert list(log.entries.order_by("index").values_list("index", flat=True)) == list(range(APPENDS * 2))
    queries.case_file(log)

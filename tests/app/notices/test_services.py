"""A round of notices: prepared for everybody affected, approved by a second person, and issued once each."""

import hashlib
import re
import threading
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from django.db import connection

from madoguchi.app.accounts.permission import Refused, System
from madoguchi.app.company.services import state_facts
from madoguchi.app.due.models import DueWork
from madoguchi.app.log.models import Entry
from madoguchi.app.log.queries import case_file, payload
from madoguchi.app.mail import outbox
from madoguchi.app.mail.models import OutgoingMail
from madoguchi.app.mail.work import DELIVER
from madoguchi.app.notices import services
from madoguchi.app.notices.models import Notice, Round
from madoguchi.app.notices.queries import notices_so_far
from madoguchi.app.notices.services import approve_round, prepare_round, print_notices, queue_notices
from madoguchi.problem import Problem
from madoguchi.record import container
from madoguchi.scope import Affected, Exposure, Result


def entries(incident, kind: str) -> list[Entry]:
    return list(Entry.objects.filter(log=incident.record_log(), kind=kind).order_by("index"))


@pytest.fixture
def incident(shop_case):
    made = shop_case.incident()
    shop_case.take(made)
    return made


# ---------------------------------------------------------------- prepared


def test_everybody_gets_the_way_that_reaches_them(shop_case, incident):
    found = shop_case.persons(incident.scans.get())
    round_ = shop_case.round(incident, approved=False)
    channels = {who: round_.notices.get(person=person).channel for who, person in found.items()}
    # A3 has no mail, A4 neither mail nor address, A5 a mail address that is none.
    assert channels == {"A1": "email", "A2": "email", "A3": "post", "A4": "none", "A5": "post"}
    said = payload(entries(incident, "notices:round:prepared")[0])
    assert said["channels"] == {"email": 2, "post": 2, "none": 1}


def test_who_is_only_in_reach_of_a_system_is_not_written_to(shop_case):
    incident = shop_case.incident()
    exposures = [
        Exposure(who, "email", tier, "", "x.csv", "x.csv:2", 0, 4, 1)
        for who, tier in (("A1", "proved"), ("A2", "possible"), ("A6", "population"))
    ]
    listed = [Affected(e.person, e.tier, ("email",)) for e in exposures]
    shop_case.take(
        incident,
        Result(exposures, listed, {"people": {}, "items": {}, "files": [], "unread": [], "not_identifying": []}),
    )
    assert shop_case.round(incident).notices.count() == 2


def test_reference_codes_are_unique_and_can_be_read_out(shop_case, incident):
    for _ in range(20):
        prepare_round(incident=incident, by=shop_case.manager)
    codes = list(Notice.objects.values_list("reference", flat=True))
    assert len(set(codes)) == len(codes) == 100
    assert all(re.fullmatch(r"[34679ACDEFGHJKMNPQRTUVWXY]{5}-[34679ACDEFGHJKMNPQRTUVWXY]{5}", code) for code in codes)


def test_without_a_scan_there_is_nobody_to_notify(shop_case):
    incident = shop_case.incident()
    before = Entry.objects.count()
    with pytest.raises(Problem, match="find out first who was affected"):
        prepare_round(incident=incident, by=shop_case.manager)
    assert not Round.objects.exists()
    assert Entry.objects.count() == before


def test_the_program_prepares_no_notices_by_itself(shop_case, incident):
    with pytest.raises(Refused):
        prepare_round(incident=incident, by=System("worker"))


# ---------------------------------------------------------------- approved


def test_a_second_person_approves_and_a_sample_is_kept_that_names_nobody(shop_case, incident):
    round_ = shop_case.round(incident)
    assert (round_.prepared_by, round_.approved_by) == (shop_case.manager, shop_case.owner)
    (entry,) = entries(incident, "notices:round:approved")
    members = {m.name: bytes(m.data) for m in container.read(case_file(incident.record_log())).members}
    sample = members[f"files/{entry.index}/本人通知-見本.txt"].decode()
    assert members[f"files/{entry.index}/本人通知-見本.pdf"].startswith(b"%PDF-")
    assert "みなと堂" in sample
    for contact in shop_case.files.contacts.values():
        assert not [secret for secret in contact[1:] if secret and secret in sample]
    assert not [code for code in round_.notices.values_list("reference", flat=True) if code in sample]
    assert payload(entry)["alone"] is False


def test_who_prepared_it_does_not_approve_it_while_another_may(shop_case, incident):
    with pytest.raises(Refused, match="ask another member"):
        approve_round(round_=shop_case.round(incident, approved=False), by=shop_case.manager)


def test_it_is_approved_once(shop_case, incident):
    round_ = shop_case.round(incident)
    with pytest.raises(Problem, match="approved already"):
        approve_round(round_=round_, by=shop_case.owner)
    assert len(entries(incident, "notices:round:approved")) == 1


@pytest.mark.parametrize("send", [queue_notices, partial(print_notices, folder=Path("nowhere"))])
def test_nothing_goes_out_before_the_approval(shop_case, incident, mail_server, send):
    round_ = shop_case.round(incident, approved=False)
    with pytest.raises(Problem, match="not approved yet"):
        send(round_=round_, by=shop_case.manager)
    assert not OutgoingMail.objects.exists()
    assert not Path("nowhere").exists()
    assert not Notice.objects.filter(issued_at__isnull=False).exists()


def test_a_page_that_was_opened_before_the_approval_can_send(shop_case, incident, mail_server):
    stale = shop_case.round(incident, approved=False)
    approve_round(round_=Round.objects.get(id=stale.id), by=shop_case.owner)
    assert queue_notices(round_=stale, by=shop_case.manager) == 0
    assert OutgoingMail.objects.count() == 2


# ---------------------------------------------------------------- by mail


def test_without_a_mail_server_it_is_one_clear_sentence_and_nothing_is_queued(shop_case, incident):
    round_ = shop_case.round(incident)
    before = Entry.objects.count()
    with pytest.raises(Problem) as caught:
        queue_notices(round_=round_, by=shop_case.manager)
    assert caught.value.say("en").startswith("home.toml: [mail]: no mail server is set up")
    assert "host" in caught.value.say("ja")
    assert not OutgoingMail.objects.exists()
    assert not DueWork.objects.exists()
    assert not Notice.objects.filter(issued_at__isnull=False).exists()
    assert Entry.objects.count() == before


def test_what_is_queued_is_planned_for_the_sender_and_stands_in_the_record(shop_case, incident, mail_server):
    round_ = shop_case.round(incident)
    assert queue_notices(round_=round_, by=shop_case.manager) == 0
    assert DueWork.objects.get(kind=DELIVER)
    (entry,) = entries(incident, "notices:notices:queued")
    said = payload(entry)
    assert (said["notices"], said["left"], said["channel"], said["parts"]["count"]) == (2, 0, "email", 2)
    hashes = {hashlib.sha256(outbox.raw_of(row)).hexdigest() for row in OutgoingMail.objects.all()}
    data = case_file(incident.record_log(), parts=[(entry.index, 0), (entry.index, 1)])
    assert all(digest.encode() in data for digest in hashes)


def test_batches_go_on_where_the_last_one_ended(shop_case, incident, mail_server, monkeypatch):
    monkeypatch.setattr(services, "BATCH", 1)
    round_ = shop_case.round(incident)
    assert queue_notices(round_=round_, by=shop_case.manager) == 1
    assert queue_notices(round_=round_, by=shop_case.manager) == 0
    assert OutgoingMail.objects.count() == 2
    assert [payload(entry)["left"] for entry in entries(incident, "notices:notices:queued")] == [1, 0]


def test_an_error_in_a_batch_takes_back_that_batch_alone(shop_case, incident, mail_server, monkeypatch):
    monkeypatch.setattr(services, "BATCH", 1)
    round_ = shop_case.round(incident)
    queue_notices(round_=round_, by=shop_case.manager)
    with monkeypatch.context() as patch:
        patch.setattr(services, "plan", lambda **_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            queue_notices(round_=round_, by=shop_case.manager)
    assert OutgoingMail.objects.count() == 1
    assert queue_notices(round_=round_, by=shop_case.manager) == 0
    assert Counter(OutgoingMail.objects.values_list("subject", flat=True)).most_common(1)[0][1] == 1
    assert len(entries(incident, "notices:notices:queued")) == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_queue_no_notice_twice(shop_case, mail_server, monkeypatch):
    monkeypatch.setattr(services, "BATCH", 3)
    incident = shop_case.incident()
    people = 20
    contacts = {
        f"P{n}": shop_case.contact("A1")._replace(id=f"P{n}", email=f"p{n}@mail.example") for n in range(people)
    }
    exposures = [Exposure(who, "email", "proved", "email", "x.csv", "x.csv:2", 0, 4, 1) for who in contacts]
    listed = [Affected(who, "proved", ("email",)) for who in contacts]
    monkeypatch.setattr(shop_case.files, "contacts", contacts)
    shop_case.take(
        incident,
        Result(exposures, listed, {"people": {}, "items": {}, "files": [], "unread": [], "not_identifying": []}),
    )
    round_ = shop_case.round(incident)
    together, failed = threading.Barrier(3), []

    def work() -> None:
        try:
            together.wait()
            while queue_notices(round_=Round.objects.get(id=round_.id), by=shop_case.manager):
                pass
        except BaseException as error:  # noqa: BLE001 - told by the thread that waits
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    subjects = Counter(OutgoingMail.objects.values_list("subject", flat=True))
    assert len(subjects) == people
    assert set(subjects.values()) == {1}
    told = sum(payload(entry)["notices"] for entry in entries(incident, "notices:notices:queued"))
    assert told == people


# ---------------------------------------------------------------- by post


def test_letters_are_whole_pdfs_named_by_their_code(shop_case, incident, tmp_path: Path):
    round_ = shop_case.round(incident)
    folder = tmp_path / "out" / "post"
    assert print_notices(round_=round_, by=shop_case.manager, folder=folder) == 0
    by_post = set(round_.notices.filter(channel="post").values_list("reference", flat=True))
    assert {path.stem for path in folder.iterdir()} == by_post
    assert len(by_post) == 2
    for path in folder.iterdir():
        assert path.read_bytes().startswith(b"%PDF-")
        assert path.read_bytes().rstrip().endswith(b"%%EOF")
    assert not round_.notices.filter(channel="post", issued_at=None).exists()
    assert round_.notices.filter(channel="email", issued_at=None).count() == 2


def test_letters_are_printed_once(shop_case, incident, tmp_path: Path):
    round_ = shop_case.round(incident)
    print_notices(round_=round_, by=shop_case.manager, folder=tmp_path / "one")
    assert print_notices(round_=round_, by=shop_case.manager, folder=tmp_path / "two") == 0
    assert list((tmp_path / "two").iterdir()) == []


def test_a_folder_that_cannot_be_written_to_leaves_nothing(shop_case, incident, tmp_path: Path):
    round_ = shop_case.round(incident)
    (tmp_path / "file").write_text("kept")
    before = Entry.objects.count()
    with pytest.raises(Problem, match="cannot be written to"):
        print_notices(round_=round_, by=shop_case.manager, folder=tmp_path / "file")
    assert (tmp_path / "file").read_text() == "kept"
    assert round_.notices.filter(issued_at=None).count() == round_.notices.count()
    assert Entry.objects.count() == before


# ---------------------------------------------------------------- how far they are


def test_a_draft_that_was_prepared_anew_is_not_counted_with_it(shop_case, incident):
    shop_case.round(incident, approved=False)
    again = shop_case.round(incident, approved=False)
    assert notices_so_far(incident)["count"] == 4
    approve_round(round_=again, by=shop_case.owner)
    shop_case.round(incident, approved=False)
    assert notices_so_far(incident)["count"] == 4


def test_how_far_the_notices_are_is_told_by_themselves(shop_case, incident, mail_server, tmp_path: Path):
    assert notices_so_far(incident) == {}
    round_ = shop_case.round(incident)
    planned = notices_so_far(incident)
    # One of the five has neither a mail address nor a postal one.
    assert "1人" in planned.pop("detail")
    assert planned == {"state": "planned", "methods": ["email", "post"], "count": 4}
    print_notices(round_=round_, by=shop_case.manager, folder=tmp_path / "post")
    queue_notices(round_=round_, by=shop_case.manager)
    assert (notices_so_far(incident)["state"], notices_so_far(incident)["count"]) == ("under_way", 2)
    OutgoingMail.objects.update(state="sent", ended_at=round_.approved_at)
    done = notices_so_far(incident)
    assert (done["state"], done["count"], done["date"]) == ("done", 4, shop_case.today())


def test_people_are_not_told_the_same_twice(shop_case, incident):
    shop_case.round(incident)
    again = shop_case.round(incident, approved=False)
    with pytest.raises(Problem, match="approved already"):
        approve_round(round_=again, by=shop_case.owner)
    again.refresh_from_db()
    assert again.approved_at is None


def test_news_may_be_told_and_an_older_draft_then_no_more(shop_case, incident):
    shop_case.round(incident)
    older = shop_case.round(incident, approved=False)
    state_facts(incident=incident, by=shop_case.manager, facts={"summary": "新しく分かったこと"}, reason="調査")
    assert shop_case.round(incident).approved_at is not None
    with pytest.raises(Problem, match="approved already"):
        approve_round(round_=older, by=shop_case.owner)


# ---------------------------------------------------------------- what came back


def came_back(round_, who: str, shop_case, *, permanent: bool = True) -> None:
    """Enter that the notice of somebody came back."""
    from madoguchi.app.mail.bounce import Returned
    from madoguchi.app.mail.services import record_bounce, take_in

    person = shop_case.persons(round_.scan)[who]
    row = OutgoingMail.objects.get(subject=round_.notices.get(person=person).id)
    told_by = take_in(
        organisation=shop_case.organisation, by=System("mail"), raw=f"{row.message_id} {who}".encode(), source="imap"
    )
    returned = Returned((row.message_id,), permanent, "5.1.1" if permanent else "4.4.1", "")
    record_bounce(mail=row, by=System("mail"), told_by=told_by, returned=returned)


def test_a_notice_whose_mail_came_back_goes_by_post(shop_case, incident, mail_server, tmp_path: Path):
    round_ = shop_case.round(incident)
    queue_notices(round_=round_, by=shop_case.manager)
    print_notices(round_=round_, by=shop_case.manager, folder=tmp_path / "first")
    came_back(round_, "A1", shop_case)
    assert services.reroute_returned(round_=round_, by=shop_case.manager) == 1
    moved = round_.notices.get(person=shop_case.persons(round_.scan)["A1"])
    assert (moved.channel, moved.issued_at) == ("post", None)
    assert print_notices(round_=round_, by=shop_case.manager, folder=tmp_path / "second") == 0
    assert [path.stem for path in (tmp_path / "second").iterdir()] == [moved.reference]
    (entry,) = entries(incident, "notices:notices:rerouted")
    said = payload(entry)
    assert (said["returned"], said["to_post"], said["parts"]["count"]) == (1, 1, 1)


def test_whose_mail_arrived_stays_where_it_is(shop_case, incident, mail_server):
    round_ = shop_case.round(incident)
    queue_notices(round_=round_, by=shop_case.manager)
    came_back(round_, "A1", shop_case)
    services.reroute_returned(round_=round_, by=shop_case.manager)
    other = round_.notices.get(person=shop_case.persons(round_.scan)["A2"])
    assert other.channel == "email"
    assert other.issued_at


def test_a_notice_is_moved_once_and_no_mail_of_it_goes_out_again(shop_case, incident, mail_server):
    round_ = shop_case.round(incident)
    queue_notices(round_=round_, by=shop_case.manager)
    came_back(round_, "A1", shop_case)
    services.reroute_returned(round_=round_, by=shop_case.manager)
    with pytest.raises(Problem, match="no mail of this round came back"):
        services.reroute_returned(round_=round_, by=shop_case.manager)
    queue_notices(round_=round_, by=shop_case.manager)
    assert OutgoingMail.objects.count() == 2


def test_without_a_postal_address_a_returned_notice_is_left_to_the_substitute(
    shop_case, incident, mail_server, monkeypatch
):
    contacts = {**shop_case.files.contacts, "A1": shop_case.contact("A1")._replace(address=None, postal_code=None)}
    monkeypatch.setattr(shop_case.files, "contacts", contacts)
    shop_case.take(incident)
    round_ = shop_case.round(incident)
    queue_notices(round_=round_, by=shop_case.manager)
    came_back(round_, "A1", shop_case)
    assert services.reroute_returned(round_=round_, by=shop_case.manager) == 0
    assert round_.notices.get(person=shop_case.persons(round_.scan)["A1"]).channel == "none"
    assert "2人" in notices_so_far(incident)["detail"]


def test_nothing_is_moved_where_nothing_came_back(shop_case, incident, mail_server):
    round_ = shop_case.round(incident)
    queue_notices(round_=round_, by=shop_case.manager)
    with pytest.raises(Problem, match="no mail of this round came back"):
        services.reroute_returned(round_=round_, by=shop_case.manager)
    assert round_.notices.filter(channel="email").count() == 2
    assert not entries(incident, "notices:notices:rerouted")


def test_another_rounds_returned_mail_moves_nothing_of_this_one(shop_case, incident, mail_server):
    first = shop_case.round(incident)
    queue_notices(round_=first, by=shop_case.manager)
    came_back(first, "A1", shop_case)
    state_facts(incident=incident, by=shop_case.manager, facts={"summary": "続報です。"}, reason="調査")
    second = shop_case.round(incident)
    queue_notices(round_=second, by=shop_case.manager)
    with pytest.raises(Problem, match="no mail of this round came back"):
        services.reroute_returned(round_=second, by=shop_case.manager)


def test_what_goes_by_post_after_all_counts_as_told_once_it_is_printed(
    shop_case, incident, mail_server, tmp_path: Path
):
    round_ = shop_case.round(incident)
    queue_notices(round_=round_, by=shop_case.manager)
    print_notices(round_=round_, by=shop_case.manager, folder=tmp_path / "first")
    OutgoingMail.objects.update(state="sent", ended_at=round_.approved_at)
    came_back(round_, "A1", shop_case)
    services.reroute_returned(round_=round_, by=shop_case.manager)
    assert notices_so_far(incident)["state"] == "under_way"
    print_notices(round_=round_, by=shop_case.manager, folder=tmp_path / "second")
    assert (notices_so_far(incident)["state"], notices_so_far(incident)["count"]) == ("done", 4)

"""A mail to us is kept as it came, once, sealed; and it is sorted afterwards."""

import pytest
from django.conf import settings

from madoguchi.app import vault
from madoguchi.app.accounts.permission import System
from madoguchi.app.due.models import DueWork
from madoguchi.app.log.models import Entry
from madoguchi.app.log.queries import payload
from madoguchi.app.mail import incoming
from madoguchi.app.mail.incoming import SORT, AlreadyHere
from madoguchi.app.mail.models import IncomingMail
from madoguchi.app.mail.services import take_in
from madoguchi.app.vault.keystore import KeyDestroyed
from madoguchi.problem import Problem

RAW = b"From: hanako@mail.example\r\nMessage-ID: <a@mail.example>\r\nSubject: =?utf-8?b?44GK5bC+?=\r\n\r\n\x93\xfa\x96\x7b\r\n"
BY = System("mail")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def of(shop_case):
    return shop_case.organisation


def test_every_byte_comes_out_as_it_went_in_and_lies_sealed(of):
    row = take_in(organisation=of, by=BY, raw=RAW, source="file")
    assert incoming.raw_of(IncomingMail.objects.get()) == RAW
    assert b"hanako" not in bytes(row.raw)
    assert row.size == len(RAW)


def test_the_entry_names_the_hash_and_nobody(of):
    take_in(organisation=of, by=BY, raw=RAW, source="file")
    said = payload(Entry.objects.filter(kind="mail:incoming:taken").get())
    assert said.keys() == {"mail", "source", "sha256", "size"}


def test_the_same_bytes_are_kept_once(of):
    first = take_in(organisation=of, by=BY, raw=RAW, source="file")
    with pytest.raises(AlreadyHere) as caught:
        take_in(organisation=of, by=BY, raw=RAW, source="imap")
    assert caught.value.mail == first
    assert IncomingMail.objects.count() == 1


@pytest.mark.parametrize("raw", [b"", b"\r\n \r\n"])
def test_an_empty_mail_is_refused_and_leaves_nothing(of, raw: bytes):
    with pytest.raises(Problem, match="empty"):
        take_in(organisation=of, by=BY, raw=raw, source="file")
    assert not IncomingMail.objects.exists()


def test_a_mail_beyond_the_limit_is_refused_with_the_limit(of, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(incoming, "RAW_BYTES", 50)
    with pytest.raises(Problem, match="too large") as caught:
        take_in(organisation=of, by=BY, raw=RAW, source="file")
    assert "50" in caught.value.say("ja")


def test_it_is_planned_to_be_sorted_at_once(of):
    row = take_in(organisation=of, by=BY, raw=RAW, source="file")
    assert DueWork.objects.filter(kind=SORT, subject=str(row.id)).exists()


def test_a_mail_is_found_by_its_message_id_and_the_index_tells_nothing(of):
    row = take_in(organisation=of, by=BY, raw=RAW, source="file")
    assert IncomingMail.objects.get(by_message_id=incoming.index(of.id, "<a@mail.example>")) == row
    assert b"mail.example" not in bytes(row.by_message_id)


@pytest.mark.parametrize(
    "head",
    [b"", b"Message-ID: none\r\n", b"Message-ID: <" + b"x" * 2000 + b"@a.example>\r\n", b"Message-ID: \xff<\r\n"],
)
def test_a_mail_without_a_usable_message_id_is_kept_too(of, head: bytes):
    assert take_in(organisation=of, by=BY, raw=head + b"Subject: x\r\n\r\ny", source="file").by_message_id is None


def test_a_mail_whose_key_is_destroyed_can_never_be_read_again(of):
    row = take_in(organisation=of, by=BY, raw=RAW, source="file")
    vault.store().destroy(row.seal_key)
    with pytest.raises(KeyDestroyed):
        incoming.raw_of(row)


def test_each_mode_names_who_sorts():
    assert settings.INCOMING_SORTER == "madoguchi.app.desk.sorting.sort"

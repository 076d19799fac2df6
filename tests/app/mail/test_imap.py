"""Mail is read from a real IMAP server (Dovecot), only read there, and goes on where it was."""

import getpass
import imaplib
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from madoguchi.app.due.models import DueWork
from madoguchi.app.mail import imap, incoming
from madoguchi.app.mail.imap import Mailbox
from madoguchi.app.mail.models import InboxPlace, IncomingMail
from madoguchi.app.mail.work import FETCH, FETCH_EVERY, fetch, fetch_all, watch
from madoguchi.app.servers import Inbox
from madoguchi.problem import Problem

USER, PASSWORD = "hanako", "not-a-secret"
CONFIG = """\
base_dir = {base}/run
state_dir = {base}/state
log_path = {base}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
default_login_user = {nobody}
default_internal_user = {nobody}
default_internal_group = {group}
mail_location = maildir:{base}/mail
mailbox_list_index = no
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={usergroup} home={base}/home
}}
"""


@dataclass(frozen=True)
class Server:
    """A running Dovecot with one mailbox."""

    inbox: Inbox

    def client(self) -> imaplib.IMAP4:
        client = imaplib.IMAP4(self.inbox.host, self.inbox.port, timeout=20)
        client.login(USER, PASSWORD)
        return client

    def put(self, *mails: bytes, folder: str = "INBOX") -> None:
        client = self.client()
        for mail in mails:
            assert client.append(folder, None, None, mail)[0] == "OK"
        client.logout()


def mail(number: int) -> bytes:
    return f"From: shop@mihon.example\r\nMessage-ID: <{number}@mihon.example>\r\nSubject: {number}\r\n\r\nbody\r\n".encode()


def dovecot() -> str | None:
    return shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin")


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    program = dovecot()
    if program is None:
        pytest.skip("no Dovecot on this machine: `make test-deps` installs it")
    import grp
    import os
    import pwd
    import tempfile

    base = Path(tempfile.mkdtemp(prefix="imap-"))  # a Unix socket's path must be short
    root = os.getuid() == 0
    account = pwd.getpwnam("dovenull" if root else getpass.getuser())
    owner = pwd.getpwnam("nobody" if root else getpass.getuser())
    for name in ("run", "state", "home", "mail"):
        (base / name).mkdir()
    if root:
        base.chmod(0o755)
        for name in ("home", "mail"):
            shutil.chown(base / name, owner.pw_uid, owner.pw_gid)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = base / "dovecot.conf"
    config.write_text(
        CONFIG.format(
            base=base,
            port=port,
            password=PASSWORD,
            nobody=account.pw_name,
            group=grp.getgrgid(account.pw_gid).gr_name,
            user=owner.pw_uid,
            usergroup=owner.pw_gid,
        )
    )
    process = subprocess.Popen([program, "-F", "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    inbox = Inbox(host="127.0.0.1", port=port, security="none", user=USER)
    try:
        until = time.monotonic() + 30
        while True:
            try:
                Server(inbox).client().logout()
                break
            except OSError:
                log = (base / "log").read_text() if (base / "log").exists() else ""
                assert process.poll() is None, log + process.stderr.read().decode()
                assert time.monotonic() < until, log
                time.sleep(0.05)
        yield Server(inbox)
    finally:
        process.terminate()
        process.wait(20)
        process.stderr.close()
        shutil.rmtree(base, ignore_errors=True)


def raws(mailbox: Mailbox, after: int = 0) -> list[bytes | None]:
    return [each.raw for each in mailbox.after(after)]


def test_every_mail_comes_as_it_lies_there_in_order(server: Server):
    server.put(mail(1), mail(2))
    with Mailbox(server.inbox, PASSWORD) as mailbox:
        assert raws(mailbox) == [mail(1), mail(2)]
        assert mailbox.validity > 0


def test_what_was_seen_before_does_not_come_again_and_an_empty_mailbox_is_none(server: Server):
    with Mailbox(server.inbox, PASSWORD) as mailbox:
        assert raws(mailbox) == []
    server.put(mail(1), mail(2))
    with Mailbox(server.inbox, PASSWORD) as mailbox:
        (first, second) = mailbox.after(0)
        assert raws(mailbox, first.uid) == [mail(2)]
        assert raws(mailbox, second.uid) == []


def test_nothing_in_the_mailbox_is_changed(server: Server):
    server.put(mail(1))
    with Mailbox(server.inbox, PASSWORD) as mailbox:
        raws(mailbox)
    client = server.client()
    client.select("INBOX", readonly=True)
    assert client.search(None, "UNSEEN")[1] == [b"1"]
    client.logout()


def test_a_folder_with_a_japanese_name_is_found(server: Server):
    client = server.client()
    client.create("&lnIwTQ-")  # 雲の as IMAP writes it
    client.logout()
    name = b"&lnIwTQ-"
    import base64

    shown = base64.b64decode(name[1:-1].replace(b",", b"/") + b"=" * (-len(name[1:-1]) % 4)).decode("utf-16-be")
    server.put(mail(7), folder='"&lnIwTQ-"')
    with Mailbox(server.inbox.model_copy(update={"folder": shown}), PASSWORD) as mailbox:
        assert raws(mailbox) == [mail(7)]


def test_a_mail_beyond_the_limit_is_named_and_left_there(server: Server, monkeypatch: pytest.MonkeyPatch):
    server.put(mail(1) + b"x" * 500, mail(2))
    monkeypatch.setattr(imap, "RAW_BYTES", 200)
    with Mailbox(server.inbox, PASSWORD) as mailbox:
        assert raws(mailbox) == [None, mail(2)]


def test_a_wrong_password_a_missing_folder_and_no_server_are_said_plainly(server: Server):
    with pytest.raises(Problem, match="inbox-password"), Mailbox(server.inbox, "wrong"):
        pass
    with (
        pytest.raises(Problem, match="no folder"),
        Mailbox(server.inbox.model_copy(update={"folder": "Gone"}), PASSWORD),
    ):
        pass
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = server.inbox.model_copy(update={"port": free.getsockname()[1]})
        with pytest.raises(Problem, match="cannot be read"), Mailbox(nobody, PASSWORD):
            pass
    with pytest.raises(Problem, match=r"\[inbox\]"), Mailbox(Inbox()):
        pass


@pytest.fixture
def home(server: Server, shop_case, monkeypatch: pytest.MonkeyPatch):
    password = settings.HOME.keys / "inbox-password"
    password.write_text(PASSWORD)
    password.chmod(0o600)
    monkeypatch.setattr(settings, "HOME", replace(settings.HOME, inbox=server.inbox))
    yield shop_case.organisation
    password.unlink()


@pytest.mark.django_db(transaction=True)
def test_a_home_takes_in_what_is_new_and_each_mail_once(home, server: Server):
    server.put(mail(1), mail(2))
    assert fetch_all(home) == 2
    server.put(mail(3))
    assert fetch_all(home) == 1
    assert fetch_all(home) == 0
    kept = [incoming.raw_of(row) for row in IncomingMail.objects.order_by("taken_at")]
    assert kept == [mail(1), mail(2), mail(3)]


@pytest.mark.django_db(transaction=True)
def test_a_home_that_forgot_how_far_it_was_keeps_nothing_twice(home, server: Server):
    server.put(mail(1), mail(2))
    fetch_all(home)
    InboxPlace.objects.all().delete()
    assert fetch_all(home) == 0
    assert IncomingMail.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_mailbox_that_was_made_anew_is_read_from_its_beginning(home, server: Server):
    server.put(mail(1))
    fetch_all(home)
    InboxPlace.objects.update(validity=1, uid=999)
    server.put(mail(2))
    assert fetch_all(home) == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_watches_reads_the_inbox_and_looks_again_later(home, server: Server):
    now = timezone.now()
    watch(now)
    server.put(mail(1))
    row = DueWork.objects.get(kind=FETCH)
    assert fetch(row, now) == now + FETCH_EVERY
    assert IncomingMail.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_inbox_that_cannot_be_read_now_is_tried_again_and_nothing_is_lost(home, server: Server, monkeypatch, caplog):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        gone = server.inbox.model_copy(update={"port": free.getsockname()[1]})
    monkeypatch.setattr(settings, "HOME", replace(settings.HOME, inbox=gone))
    now = timezone.now()
    watch(now)
    assert fetch(DueWork.objects.get(kind=FETCH), now) == now + FETCH_EVERY
    assert "was not read" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_home_without_an_inbox_watches_nothing(shop_case):
    watch(timezone.now())
    assert not DueWork.objects.filter(kind=FETCH).exists()

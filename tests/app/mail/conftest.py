"""A shop with an outbox, and mail servers to send to: one that keeps what it takes, one that answers by a script."""
# ruff: noqa: N802 - handle_EHLO and its kind are aiosmtpd's names

import asyncio
import contextlib
import gc
import os
import re
import socket
import socketserver
import struct
import threading
import time
import uuid
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from madoguchi.app.demo.post_office import LocalController
from madoguchi.app.home import MailServer
from madoguchi.app.mail.message import build, new_message_id

SENDER = "privacy@mihon.example"
AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
MESSAGE_ID = re.compile(rb"^Message-ID: (<[^>]+>)", re.MULTILINE)


def letter(recipient: str = "hanako@mail.example", *, text: str = "お知らせします。\n", message_id: str = "") -> bytes:
    """Return a mail as the services build it."""
    return build(
        sender=SENDER,
        sender_name="見本商店",
        recipient=recipient,
        subject="個人情報についてのお知らせ",
        text=text,
        html=f"<p>{text.strip()}</p>",
        message_id=message_id or new_message_id(SENDER),
        at=AT,
    )


class Sink:
    """A real SMTP server that keeps what it takes, and calls ``at(moment)`` in between.

    ``moment`` is EHLO, MAIL, RCPT or DATA (after the last byte was kept); ``at`` may return an answer to give instead.
    Nobody is greeted before ``wait_for_guests`` have come.
    """

    def __init__(self) -> None:
        self.at: Callable[[str], str | None] = lambda _: None
        self.kept: list[tuple[str, bytes]] = []
        self.peers: set[int] = set()
        self.guests, self.wait_for_guests = 0, 0
        self.controller = LocalController(self)
        self.controller.factory = lambda: SMTP(self, hostname="sink.example")

    @property
    def server(self) -> MailServer:
        return MailServer(host="127.0.0.1", port=self.controller.port, sender=SENDER)

    @property
    def message_ids(self) -> list[str]:
        """The Message-IDs of what it took, in the order of their coming."""
        return [found[1].decode() for _, content in self.kept if (found := MESSAGE_ID.search(content))]

    async def handle_EHLO(self, server: SMTP, session: Session, envelope: Envelope, name: str, answers: list[str]):
        session.host_name = name
        self.at("EHLO")
        self.guests += 1
        while self.guests < self.wait_for_guests:  # noqa: ASYNC110 - counted, not signalled
            await asyncio.sleep(0.005)
        return answers

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]):
        if answer := self.at("MAIL"):
            return answer
        envelope.mail_from = address
        return "250 2.1.0 OK"

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]):
        if answer := self.at("RCPT"):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope):
        self.peers.add(session.peer[1])
        self.kept.append((envelope.rcpt_tos[0], envelope.original_content))
        return self.at("DATA") or "250 2.0.0 kept"


@pytest.fixture
def started() -> Iterator[Callable[[LocalController], LocalController]]:
    """Return a function that starts a controller, which is stopped at the end, after its last guest has left."""
    running: list[LocalController] = []

    def start(controller: LocalController) -> LocalController:
        controller.start()
        running.append(controller)
        return controller

    yield start
    for each in running:
        until = time.monotonic() + 5
        while asyncio.all_tasks(each.loop) and time.monotonic() < until:
            time.sleep(0.005)
        asyncio.run_coroutine_threadsafe(asyncio.sleep(0.01), each.loop).result()
        each.stop()
    running.clear()
    with warnings.catch_warnings():
        # aiosmtpd leaves the line open when a guest breaks STARTTLS off, as ours does before a wrong certificate.
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.fixture
def sink(started: Callable[[LocalController], LocalController]) -> Sink:
    """Return a running `Sink`."""
    made = Sink()
    started(made.controller)
    return made


DROP, RESET, HANG = "drop", "reset", "hang"


class Scripted(socketserver.ThreadingTCPServer):
    """An SMTP server that answers by ``script``: what is said at CONNECT, EHLO, MAIL, RCPT, DATA, MIDDLE, DOT, RSET.

    An answer is bytes, or DROP (closes), RESET (closes hard), HANG (says nothing more). MIDDLE is within the message,
    and only for the last three.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, script: dict[str, bytes | str]) -> None:
        self.script = script
        self.seen: list[str] = []
        self.lines: list[bytes] = []
        self.data: list[bytes] = []
        self.over = threading.Event()
        super().__init__(("127.0.0.1", 0), Answers)
        # Little room, so that a long message cannot all have left before the line breaks.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)

    @property
    def server(self) -> MailServer:
        return MailServer(host="127.0.0.1", port=self.server_address[1], sender=SENDER)


class Answers(socketserver.StreamRequestHandler):
    """One connection to a `Scripted` server."""

    USUAL: ClassVar[dict[str, bytes]] = {
        "CONNECT": b"220 ready\r\n",
        "EHLO": b"250 hello\r\n",
        "DATA": b"354 go on\r\n",
        "DOT": b"250 kept\r\n",
        "QUIT": b"221 bye\r\n",
        "MIDDLE": b"",
    }

    def handle(self) -> None:
        with contextlib.suppress(ConnectionError):
            self._talk()

    def _talk(self) -> None:
        going = self._say("CONNECT")
        while going and (line := self.rfile.readline()):
            self.server.lines.append(line.rstrip())
            verb = line[:4].decode("latin-1").upper()
            going = self._say(verb)
            if going and verb == "DATA" and self.said.startswith(b"354"):
                going = self._take()

    def _take(self) -> bool:
        data = self.rfile.readline()
        if not self._say("MIDDLE"):
            return False
        while not data.endswith(b"\r\n.\r\n") and (line := self.rfile.readline()):
            data += line
        self.server.data.append(data)
        return self._say("DOT")

    def _say(self, moment: str) -> bool:
        self.server.seen.append(moment)
        self.said = self.server.script.get(moment, self.USUAL.get(moment, b"250 OK\r\n"))
        if self.said == HANG:
            self.server.over.wait(30)
        if self.said == RESET:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        if isinstance(self.said, str):
            return False
        self.wfile.write(self.said)
        return moment != "QUIT"


@pytest.fixture
def scripted() -> Iterator[Callable[..., Scripted]]:
    """Return a function that starts a `Scripted` server: ``scripted(RCPT=b"550 no\\r\\n")``."""
    running: list[Scripted] = []

    def start(**script: bytes | str) -> Scripted:
        made = Scripted(script)
        threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02}).start()
        running.append(made)
        return made

    yield start
    for each in running:
        each.over.set()
        each.shutdown()
        each.server_close()


@pytest.fixture
def no_server() -> MailServer:
    """Return a mail server that is not there: its port was free a moment ago."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return MailServer(host="127.0.0.1", port=free.getsockname()[1], sender=SENDER)


@pytest.fixture
def shop(db):
    """Return a made-up shop."""
    from madoguchi.app.accounts.models import Organisation

    return Organisation.objects.create(name="見本商店")


@pytest.fixture
def owner(shop):
    """Return its owner."""
    from madoguchi.app.accounts.models import Member, User

    return Member.objects.create(organisation=shop, user=User.objects.create_user("o@mihon.example"), role="owner")


@pytest.fixture
def log(shop):
    """Return the log of an incident of the shop."""
    from madoguchi.app.log.services import incident_log

    return incident_log(shop, uuid.uuid4())


@pytest.fixture
def queue(log):
    """Return a function that puts mails into the outbox: ``queue(20)``, or ``queue(recipient=…, text=…)``."""
    from django.utils import timezone

    from madoguchi.app.mail import outbox
    from madoguchi.app.mail.models import OutgoingMail

    key = f"incident:{uuid.uuid4()}"

    def put(count: int = 1, *, recipient: str = "", text: str = "お知らせします。\n", late: int = 60):
        rows = []
        for number in range(count):
            to, message_id = recipient or f"person-{number}@mail.example", new_message_id(SENDER)
            rows.append(
                outbox.put(
                    log=log,
                    subject=uuid.uuid4(),
                    seal_key=key,
                    recipient=to,
                    raw=letter(to, text=text, message_id=message_id),
                    message_id=message_id,
                    due_at=timezone.now() - timedelta(seconds=late),
                )
            )
        return OutgoingMail.objects.bulk_create(rows)

    return put


@pytest.fixture
def recorded(log) -> Callable[[], list[tuple[dict, list[dict]]]]:
    """Return a function that returns what the record says of deliveries: payload and parts of each entry."""
    from madoguchi.app.log.models import Entry
    from madoguchi.app.log.sealing import Secret

    def read() -> list[tuple[dict, list[dict]]]:
        rows = Entry.objects.filter(log=log, kind="mail:deliveries:recorded").order_by("index")
        return [Secret(row.log_id, row.index).open_payload(row.payload.sealed) for row in rows]

    return read


@pytest.fixture
def use_server(monkeypatch: pytest.MonkeyPatch) -> Callable[[MailServer], None]:
    """Return a function that makes a server the one of this home."""
    from dataclasses import replace

    from django.conf import settings

    return lambda server: monkeypatch.setattr(settings, "HOME", replace(settings.HOME, mail=server))


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an authority (ca.pem) and its certificates for this machine and for another name."""
    import subprocess

    folder = tmp_path_factory.mktemp("certificates")

    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    ca = ("-x509", "-days", "2", "-addext", "keyUsage=critical,keyCertSign")
    openssl("req", *key, *ca, "-subj", "/CN=Madoguchi test authority", "-keyout", "ca.key", "-out", "ca.pem")
    for name, san in (("here", "IP:127.0.0.1"), ("elsewhere", "DNS:mail.elsewhere.example")):
        openssl("req", *key, "-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.csr")
        (folder / f"{name}.ext").write_text(f"subjectAltName={san}\n")
        signed = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", f"{name}.ext")
        openssl("x509", "-req", "-in", f"{name}.csr", *signed, "-out", f"{name}.pem")
    return folder


if os.name != "posix":  # stops and kills of the crash tests are signals
    collect_ignore = ["test_crash.py"]

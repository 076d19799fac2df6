"""The demo's local post office: an SMTP server on this machine that keeps each mail as a file and sends none on.

As real ones do, it signs what leaves a domain that it keeps a key for (DKIM), puts mail into the mailboxes it knows, and
sends a report back where nobody lives.
"""

import os
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, make_msgid
from pathlib import Path
from types import TracebackType
from typing import Self

import dkim
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

SELECTOR = "demo"
LABEL = """これは練習用の郵便局です。ここに届いたメールは、この計算機の外には出ていません。
This is a practice post office. No mail that arrived here has left this machine.
"""


class LocalController(Controller):
    """A controller that takes whatever port is free and knows it afterwards."""

    def __init__(self, handler: object) -> None:
        """Listen on 127.0.0.1 only."""
        # A name of its own: aiosmtpd would otherwise ask the resolver for the machine's at each connection.
        super().__init__(handler, hostname="127.0.0.1", port=0, ready_timeout=20, server_hostname="localhost")

    def _trigger_server(self) -> None:
        # It makes the server's first connection, to the port it was told: 0 is no port to connect to.
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


class PostOffice:
    """Listens on 127.0.0.1; each accepted mail lies complete in ``folder`` before it is acknowledged.

    ``mailboxes`` are folders by address, for whoever reads mail there; ``gone`` are addresses where nobody lives any
    more; ``keys`` are RSA keys (PEM) by domain, with which mail to a mailbox is signed under the selector ``demo``.
    """

    def __init__(
        self,
        folder: Path,
        *,
        mailboxes: Mapping[str, Path] | None = None,
        gone: Collection[str] = (),
        keys: Mapping[str, bytes] | None = None,
    ) -> None:
        """Make the folders and the label."""
        self.folder, self.mailboxes, self.gone, self.keys = folder, mailboxes or {}, frozenset(gone), keys or {}
        for each in (folder, *self.mailboxes.values()):
            each.mkdir(parents=True, exist_ok=True)
        (folder / "README.txt").write_text(LABEL, encoding="utf-8")
        self._controller = LocalController(self)
        self.count = 0

    @property
    def port(self) -> int:
        """The port it listens on, once entered."""
        return self._controller.port

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802 - aiosmtpd's names
        """Keep one mail as it came, under the number of its arrival; then deliver it or report that it cannot be."""
        raw, sender = envelope.original_content or b"", str(envelope.mail_from)
        self._keep(raw, self.folder)
        for address in envelope.rcpt_tos:
            self._deliver(raw, sender, address.lower())
        return "250 2.0.0 kept"

    def _deliver(self, raw: bytes, sender: str, address: str) -> None:
        if address in self.gone:
            self._deliver(_report(raw, sender, address), "", sender)
        elif (mailbox := self.mailboxes.get(address)) is not None:
            self._keep(self._signed(raw, sender), mailbox)

    def _signed(self, raw: bytes, sender: str) -> bytes:
        domain = sender.rpartition("@")[2]
        if domain not in self.keys:
            return raw
        headers = [b"from", b"to", b"subject", b"date", b"message-id"]
        return dkim.sign(raw, SELECTOR.encode(), domain.encode(), self.keys[domain], include_headers=headers) + raw

    def _keep(self, raw: bytes, folder: Path) -> None:
        self.count += folder == self.folder
        number = self.count if folder == self.folder else sum(1 for _ in folder.glob("*.eml")) + 1
        path = folder / f"{number:06d}.eml"
        with path.with_suffix(".part").open("wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        path.with_suffix(".part").replace(path)

    def __enter__(self) -> Self:
        """Open the counter."""
        self._controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self._controller.stop()


def _report(raw: bytes, sender: str, address: str) -> bytes:
    """Return the delivery status notification (RFC 3464) for a mail to an address where nobody lives."""
    head = raw.partition(b"\r\n\r\n")[0].decode("ascii", "replace")
    boundary = "demo-post-office-report"
    parts = (
        ("text/plain; charset=us-ascii", f"This mail could not be delivered to {address}: no such user here."),
        (
            "message/delivery-status",
            (
                "Reporting-MTA: dns; post-office.example\r\n\r\n"
                f"Final-Recipient: rfc822; {address}\r\nAction: failed\r\nStatus: 5.1.1\r\n"
                "Diagnostic-Code: smtp; 550 5.1.1 no such user here"
            ),
        ),
        ("text/rfc822-headers", head),
    )
    headers = (
        "From: Mail Delivery System <MAILER-DAEMON@post-office.example>",
        f"To: {sender}",
        "Subject: Undelivered Mail Returned to Sender",
        f"Date: {format_datetime(datetime.now(UTC))}",
        f"Message-ID: {make_msgid(domain='post-office.example')}",
        "Auto-Submitted: auto-replied",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/report; report-type=delivery-status; boundary="{boundary}"',
        "",
        *(f"--{boundary}\r\nContent-Type: {kind}\r\n\r\n{text}" for kind, text in parts),
        f"--{boundary}--",
        "",
    )
    return "\r\n".join(headers).encode("ascii", "replace")

"""Notices a second through the durable outbox, against building the same mails and sending them with smtplib at once."""

import smtplib
import subprocess
import sys
import uuid
from datetime import UTC, date, datetime
from pathlib import Path

from common import Row, paired, tell
from home import started

EACH = 100
SENDER, RECIPIENT = "privacy@mihon-zakka.example", "taro@mail1.example"


def main() -> None:
    """Measure letter, mail, sealed row, claim, SMTP and end of each message; the peer makes the same letter and mail."""
    sink = subprocess.Popen(
        [sys.executable, str(Path(__file__).parent / "sink.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        port = int(sink.stdout.readline())
        with started(port):
            measure(port)
    finally:
        sink.stdin.close()
        sink.wait()


def measure(port: int) -> None:
    """Measure on the started home."""
    from django.conf import settings
    from django.db import transaction
    from django.utils import timezone

    from madoguchi.app.accounts.permission import System
    from madoguchi.app.accounts.services import create_organisation
    from madoguchi.app.mail import outbox
    from madoguchi.app.mail.message import build, new_message_id
    from madoguchi.app.mail.models import OutgoingMail
    from madoguchi.app.mail.transport import SmtpConnection
    from madoguchi.letters import notice, render

    log = create_organisation(by=System("bench"), name="測定").record_log()

    def mail(number: int) -> tuple[str, bytes]:
        facts = notice.NoticeFacts(
            date=date(2026, 11, 21),
            company="みほん雑貨店（架空の店）",
            person=f"見本 {number}",
            proved=("name", "email", "phone"),
        )
        letter = notice.make(facts, "ja")
        message_id = new_message_id(SENDER)
        raw = build(
            sender=SENDER, sender_name="みほん雑貨店", recipient=RECIPIENT, subject=letter.subject,
            text=render.text(letter), html=render.html(letter), message_id=message_id, at=datetime.now(UTC),
        )  # fmt: skip
        return message_id, raw

    def ours() -> int:
        with transaction.atomic():
            rows = [
                outbox.put(
                    log=log, subject=uuid.uuid4(), seal_key="incident:bench", recipient=RECIPIENT, raw=raw,
                    message_id=message_id, due_at=timezone.now(),
                )
                for message_id, raw in map(mail, range(EACH))
            ]  # fmt: skip
            OutgoingMail.objects.bulk_create(rows)
        with SmtpConnection(settings.HOME.mail) as connection:
            return outbox.deliver(connection, sender=SENDER, now=timezone.now, limit=EACH).sent

    def peer() -> int:
        with smtplib.SMTP("127.0.0.1", port) as smtp:
            for _, raw in map(mail, range(EACH)):
                smtp.sendmail(SENDER, [RECIPIENT], raw)
        return EACH

    ours_rate, peer_rate = paired(ours, peer)
    tell(
        Row(
            "mail: notices through the durable outbox",
            ours_rate,
            peer_rate,
            "a second",
            "same mail by smtplib, nothing kept",
        )
    )


if __name__ == "__main__":
    main()

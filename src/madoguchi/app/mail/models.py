"""The outbox and the inbox: one row a message, kept exactly as it goes out or came in."""

import uuid

from django.db import models
from django.db.models import Q

from madoguchi.app.accounts.models import Organisation
from madoguchi.app.log.models import Log


class State(models.TextChoices):
    """Where a message is. There is no way back to *queued* but a person's decision about an *unsure* one."""

    QUEUED = "queued", "送信待ち"
    SENDING = "sending", "送信中"
    SENT = "sent", "送信済み"
    FAILED = "failed", "送信できず"
    # The program died, or the line broke, between the last byte and the server's answer: it cannot be known.
    UNSURE = "unsure", "送信できたか不明"
    STOPPED = "stopped", "取りやめ"


class OutgoingMail(models.Model):
    """One message to one address, kept exactly as it goes out.

    ``recipient`` and ``raw`` are sealed with the key ``seal_key`` (the incident's), so that they end with it;
    ``subject`` is the id of what the message is about (a notice), ``log`` the record that its delivery is entered in.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    log = models.ForeignKey(Log, on_delete=models.PROTECT, related_name="+")
    subject = models.UUIDField(db_index=True)
    message_id = models.CharField(max_length=200, unique=True)
    seal_key = models.CharField(max_length=100)
    recipient = models.BinaryField()
    raw = models.BinaryField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    # The server's own words about this message, or what stopped us; shortened, since a stranger wrote them.
    answer = models.CharField(max_length=300, blank=True)
    # Whether the end of this message stands in the record yet: deliveries are entered in batches.
    recorded = models.BooleanField(default=False)

    class Meta:
        """A state that exists; an end has its time."""

        constraints = (
            models.CheckConstraint(condition=Q(state__in=State.values), name="outgoing_mail_state_exists"),
            models.CheckConstraint(
                condition=Q(state__in=("queued", "sending")) | Q(ended_at__isnull=False),
                name="outgoing_mail_end_has_a_time",
            ),
        )
        indexes = (
            models.Index(fields=["due_at", "id"], condition=Q(state="queued"), name="outgoing_mail_next"),
            models.Index(fields=["claimed_at"], condition=Q(state="sending"), name="outgoing_mail_claimed"),
            models.Index(fields=["log"], condition=Q(recorded=False), name="outgoing_mail_to_record"),
        )

    def record_log(self) -> Log:
        """Return the log that its delivery is entered in."""
        return self.log


class Source(models.TextChoices):
    """How a mail came in."""

    FILE = "file", "ファイル"
    IMAP = "imap", "受信箱"


class IncomingMail(models.Model):
    """One mail to us, kept as it came; ``raw`` is sealed with a key of its own, so that it can end alone.

    ``by_message_id`` is the blind index of its Message-ID, by which replies find what they reply to.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=8, choices=Source.choices)
    taken_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    by_message_id = models.BinaryField(null=True, db_index=True)
    raw = models.BinaryField()

    class Meta:
        """The same bytes are kept once."""

        constraints = (
            models.UniqueConstraint(fields=["organisation", "sha256"], name="incoming_mail_once"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="incoming_mail_source_exists"),
        )

    @property
    def seal_key(self) -> str:
        """The name of the key that seals this mail."""
        return f"mail:{self.id}"


class InboxPlace(models.Model):
    """How far a mailbox was read: the highest UID seen under the mailbox's UIDVALIDITY (RFC 3501 section 2.3.1.1)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    mailbox = models.CharField(max_length=300)
    validity = models.PositiveBigIntegerField()
    uid = models.PositiveBigIntegerField()

    class Meta:
        """One place a mailbox."""

        constraints = (models.UniqueConstraint(fields=["organisation", "mailbox"], name="inbox_place_once"),)


class Bounce(models.Model):
    """One of our mails came back: what the other server said, and in which mail it said so."""

    mail = models.ForeignKey(OutgoingMail, on_delete=models.PROTECT, related_name="bounces")
    told_by = models.ForeignKey(IncomingMail, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # Whether trying again is no use (RFC 3464: action failed, status 5.x.x).
    permanent = models.BooleanField()
    status = models.CharField(max_length=16, blank=True)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        """A report about a mail counts once."""

        constraints = (models.UniqueConstraint(fields=["mail", "told_by"], name="bounce_once"),)

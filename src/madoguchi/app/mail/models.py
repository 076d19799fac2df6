"""The outbox: one row a message, with what is known about where it is."""

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

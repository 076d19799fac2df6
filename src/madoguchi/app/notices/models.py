"""A round of notices, and the notice of each person in it."""

import uuid

from django.db import models
from django.db.models import Q

from madoguchi.app.accounts.models import Member, Organisation
from madoguchi.app.company.models import FactSheet, OfIncident, Person, Scan


class Channel(models.TextChoices):
    """How a person is told. Whoever can be reached by neither is part of the substitute notice (代替措置)."""

    EMAIL = "email", "電子メール"
    POST = "post", "郵便"
    NONE = "none", "連絡先なし"


class Round(OfIncident):
    """One round of notices about an incident: from one scan and one sheet of facts, approved as a whole."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scan = models.ForeignKey(Scan, on_delete=models.PROTECT, related_name="+")
    sheet = models.ForeignKey(FactSheet, on_delete=models.PROTECT, related_name="+")
    lang = models.CharField(max_length=8, default="ja")
    prepared_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    approved_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", null=True)
    approved_at = models.DateTimeField(null=True)


class Notice(models.Model):
    """One person's notice in a round; ``reference`` is the code that the person can quote."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="notices")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices")
    number = models.PositiveIntegerField()
    channel = models.CharField(max_length=8, choices=Channel.choices)
    reference = models.CharField(max_length=16, unique=True)
    # When it was handed to its channel: the row in the outbox, or the letter for the printer.
    issued_at = models.DateTimeField(null=True)

    class Meta:
        """One notice a person and round."""

        constraints = (
            models.UniqueConstraint(fields=["round", "person"], name="notice_once_a_person"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="notice_channel_exists"),
        )
        indexes = (
            models.Index(fields=["round", "number"], condition=Q(issued_at__isnull=True), name="notice_to_issue"),
        )

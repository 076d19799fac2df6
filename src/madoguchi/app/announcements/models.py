"""The announcement of an incident (公表), revision by revision."""

import uuid

from django.db import models
from django.db.models import Q

from madoguchi.app.accounts.models import Member
from madoguchi.app.company.models import FactSheet, OfIncident


class Announcement(OfIncident):
    """One revision of the announcement: prepared by one person, approved by another, published at ``url``.

    ``revision`` counts what the public sees: a draft that is left behind leaves no gap. ``before`` is the revision whose
    place this one takes. ``jws`` is the signed announcement, empty where there was no key to sign with.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    revision = models.PositiveIntegerField()
    before = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    sheet = models.ForeignKey(FactSheet, on_delete=models.PROTECT, related_name="+")
    facts = models.JSONField()
    lang = models.CharField(max_length=8, default="ja")
    url = models.CharField(max_length=2000)
    prepared_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    approved_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", null=True)
    approved_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    statement_id = models.UUIDField(null=True)
    jws = models.TextField(blank=True)

    class Meta:
        """The public sees one revision a number; what is published was approved, and is signed as a whole or not at all."""

        constraints = (
            models.UniqueConstraint(
                fields=["incident", "revision"],
                condition=Q(published_at__isnull=False),
                name="announcement_once_a_revision",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(approved_at__isnull=False),
                name="announcement_published_was_approved",
            ),
            models.CheckConstraint(
                condition=Q(statement_id__isnull=True, jws="") | (Q(statement_id__isnull=False) & ~Q(jws="")),
                name="announcement_signed_as_a_whole",
            ),
            models.CheckConstraint(
                condition=Q(revision=1, before__isnull=True) | Q(revision__gt=1, before__isnull=False),
                name="announcement_follows_the_one_before",
            ),
        )

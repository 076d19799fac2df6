"""The report to the regulator (漏えい等報告), version by version."""

import uuid

from django.db import models
from django.db.models import Q

from madoguchi.app.accounts.models import Member
from madoguchi.app.company.models import Assessment, FactSheet, OfIncident


class ReportKind(models.TextChoices):
    """The official report's kinds."""

    PROMPT = "prompt", "速報"
    FINAL = "final", "確報"
    SUPPLEMENT = "supplement", "追完"


class Report(OfIncident):
    """One version of the report (漏えい等報告): prepared by one person, approved by another, filed with its number."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=ReportKind.choices)
    version = models.PositiveIntegerField()
    before = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    sheet = models.ForeignKey(FactSheet, on_delete=models.PROTECT, related_name="+")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="+")
    facts = models.JSONField()
    prepared_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    approved_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", null=True)
    approved_at = models.DateTimeField(null=True)
    filed_at = models.DateTimeField(null=True)
    reception_number = models.CharField(max_length=100, blank=True)

    class Meta:
        """Versions count up; what is filed was approved."""

        constraints = (
            models.UniqueConstraint(fields=["incident", "version"], name="report_once_a_version"),
            models.CheckConstraint(
                condition=Q(filed_at__isnull=True) | Q(approved_at__isnull=False), name="report_filed_was_approved"
            ),
        )

"""An incident and what is found out about it. Nothing here is overwritten: what changes is a new row."""

import uuid

from django.db import models
from django.db.models import Q

from madoguchi.app.accounts.models import Member, Organisation


class Incident(models.Model):
    """What happened at a company (事案). Its facts are rows of `FactSheet`; its record is the log of its id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="incidents")
    title = models.CharField(max_length=200)
    registered_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """A title is never empty."""

        constraints = (models.CheckConstraint(condition=~Q(title=""), name="incident_has_a_title"),)

    @property
    def seal_key(self) -> str:
        """The name of the key that seals what is known about this incident's people."""
        return f"incident:{self.id}"

    def record_log(self):
        """Return the log that takes the entries about this incident."""
        from madoguchi.app.log.services import incident_log

        return incident_log(self.organisation, self.id)


class OfIncident(models.Model):
    """What belongs to one incident, and so to its organisation and its log."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="%(class)ss")

    class Meta:
        """Fields only."""

        abstract = True

    def record_log(self):
        """Return the log of the incident."""
        return self.incident.record_log()


class FactSheet(OfIncident):
    """All facts as they stood from ``stated_at`` on (`facts.IncidentFacts` as JSON), who stated them, and why they moved."""

    version = models.PositiveIntegerField()
    facts = models.JSONField()
    stated_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", null=True)
    stated_at = models.DateTimeField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        """One sheet a version."""

        constraints = (models.UniqueConstraint(fields=["incident", "version"], name="fact_sheet_once_a_version"),)


class Evidence(OfIncident):
    """A file that was looked at: what it is called, where it lies, its hash. The file itself stays where it lies."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(
        max_length=16, choices=[("leak", "漏えいした資料"), ("people", "名簿"), ("source", "自社の記録")]
    )
    name = models.CharField(max_length=300)
    place = models.TextField()
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    added_at = models.DateTimeField()


class Scan(OfIncident):
    """One answer to *who was affected*: what went in (by hash), the summary, and the people it found."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    finished_at = models.DateTimeField()
    summary = models.JSONField()


class Person(OfIncident):
    """One affected person: contact data sealed, found by blind index; items by tier as masks, plain.

    ``contact`` is sealed JSON with ``id``, ``name``, ``email``, ``phone``, ``address`` as the list holds them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scan = models.ForeignKey(Scan, on_delete=models.PROTECT, related_name="people")
    number = models.PositiveIntegerField()
    contact = models.BinaryField()
    by_list_id = models.BinaryField(db_index=True)
    by_email = models.BinaryField(null=True, db_index=True)
    by_phone = models.BinaryField(null=True, db_index=True)
    proved = models.BigIntegerField(default=0)
    possible = models.BigIntegerField(default=0)
    population = models.BigIntegerField(default=0)

    class Meta:
        """The n-th person of a scan, with at least one item in one tier."""

        constraints = (
            models.UniqueConstraint(fields=["scan", "number"], name="person_once_a_number"),
            models.CheckConstraint(
                condition=~Q(proved=0) | ~Q(possible=0) | ~Q(population=0), name="person_has_an_item"
            ),
        )


class Exposure(models.Model):
    """One person's item with its tier and the place of its proof; never the value itself."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="exposures")
    item = models.CharField(max_length=40)
    tier = models.CharField(max_length=10)
    key = models.CharField(max_length=40, blank=True)
    source = models.TextField()
    place = models.TextField()
    offset = models.BigIntegerField(null=True)
    length = models.BigIntegerField(null=True)
    count = models.PositiveIntegerField()

    class Meta:
        """The tiers of the design; the first sight of each person, item and source."""

        constraints = (
            models.CheckConstraint(
                condition=Q(tier__in=("proved", "possible", "population")), name="exposure_tier_exists"
            ),
            models.UniqueConstraint(fields=["person", "item", "tier", "source"], name="exposure_first_sight"),
        )


class Assessment(OfIncident):
    """What the law required on a day, for one sheet of facts: the answer of `law.assess`, kept as it was given."""

    sheet = models.ForeignKey(FactSheet, on_delete=models.PROTECT, related_name="+")
    as_of = models.DateField()
    made_at = models.DateTimeField()
    answer = models.JSONField()

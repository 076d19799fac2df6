"""The rows of the record. `Entry` and `Head` are never changed and never deleted (triggers.py); what they commit to is
kept apart, sealed, so that it can be destroyed while the log still verifies.
"""

import uuid
from datetime import datetime

from django.db import models

from madoguchi.app.accounts.models import Organisation
from madoguchi.record import keys


class Subject(models.TextChoices):
    """What a log is about."""

    ORGANISATION = "organisation", "組織"
    INCIDENT = "incident", "事案"
    CASE = "case", "相談"


class Key(models.Model):
    """The public half of a key that signed heads, kept for as long as they are: ``kid`` is its thumbprint."""

    kid = models.CharField(max_length=43, primary_key=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    jwk = models.JSONField()

    @property
    def since(self) -> datetime:
        """Return the instant from which the key counts."""
        return keys.instant(self.jwk["nbf"])


class Log(models.Model):
    """One log. ``size`` and ``peaks`` are its tree (`record.tree.Frontier`), ``last_at`` the time of its last entry.

    ``subject_id`` is the id of the incident, case or organisation, without a foreign key: this app knows neither.
    Whoever appends holds this row's lock.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=12, choices=Subject.choices)
    subject_id = models.UUIDField()
    size = models.PositiveBigIntegerField(default=0)
    peaks = models.BinaryField(default=b"")
    last_at = models.DateTimeField(null=True)

    class Meta:
        """One log a subject."""

        constraints = (models.UniqueConstraint(fields=["subject", "subject_id"], name="log_once_a_subject"),)

    def record_log(self) -> "Log":
        """Return the log that takes the entries about this log: itself."""
        return self


class Entry(models.Model):
    """One line of the record, as `record.entry.Entry`."""

    log = models.ForeignKey(Log, on_delete=models.PROTECT, related_name="entries")
    index = models.PositiveBigIntegerField()
    time = models.DateTimeField()
    kind = models.CharField(max_length=122)
    actor = models.CharField(max_length=100)
    commitment = models.BinaryField(max_length=32)

    class Meta:
        """Every place in a log is taken once."""

        constraints = (models.UniqueConstraint(fields=["log", "index"], name="entry_once_a_place"),)


class Head(models.Model):
    """The signed head after ``size`` entries, as `record.head.Head`; one for each entry."""

    log = models.ForeignKey(Log, on_delete=models.PROTECT, related_name="heads")
    size = models.PositiveBigIntegerField()
    root = models.BinaryField(max_length=32)
    time = models.DateTimeField()
    key = models.ForeignKey(Key, on_delete=models.PROTECT, related_name="+")
    signature = models.BinaryField(max_length=64)

    class Meta:
        """One head a size."""

        constraints = (models.UniqueConstraint(fields=["log", "size"], name="head_once_a_size"),)


class Payload(models.Model):
    """What an entry says, with the parts of a batch; sealed (sealing.py). No row: it was destroyed."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="payload")
    sealed = models.BinaryField()


class File(models.Model):
    """One document of an entry, sealed; its payload names it with its SHA-256. No row: it was destroyed."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=255)
    sealed = models.BinaryField()

    class Meta:
        """A name stands once in an entry."""

        constraints = (models.UniqueConstraint(fields=["entry", "name"], name="file_once_an_entry"),)

"""A person's case and what belongs to it. Nothing here is overwritten: what changes is a new row.

What a row tells is sealed with the case's key (`sealing`); plain are only times, kinds and the ties between rows.
"""

import uuid

from django.db import models
from django.db.models import Q

from madoguchi.app.accounts.models import Organisation
from madoguchi.app.mail.models import IncomingMail, OutgoingMail


class Case(models.Model):
    """One person's matter (相談) with one company. What is known of it are its sheets; its record is the log of its id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="cases")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    @property
    def seal_key(self) -> str:
        """The name of the key that seals what belongs to this case."""
        return f"case:{self.id}"

    def record_log(self):
        """Return the log that takes the entries about this case."""
        from madoguchi.app.log.services import case_log

        return case_log(self.organisation, self.id)


class OfCase(models.Model):
    """What belongs to one case, and so to its home and its log. ``sealed`` is JSON under the case's key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="%(class)ss")
    at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        """Fields only."""

        abstract = True

    def record_log(self):
        """Return the log of the case."""
        return self.case.record_log()


class CaseSheet(OfCase):
    """Everything that is known of a case as it stood from ``at`` on (`facts.CaseFacts`)."""

    version = models.PositiveIntegerField()

    class Meta:
        """One sheet a version."""

        constraints = (models.UniqueConstraint(fields=["case", "version"], name="case_sheet_once_a_version"),)


class Channel(models.TextChoices):
    """By which way something was said."""

    EMAIL = "email", "電子メール"
    FORM = "form", "問い合わせフォーム"
    PHONE = "phone", "電話"
    POST = "post", "郵便"
    SMS = "sms", "SMS"
    LINE = "line", "LINE"
    WEB = "web", "ウェブページ"
    TALK = "talk", "対面"


class Role(models.TextChoices):
    """What a message is in the case."""

    NOTICE = "notice", "通知"
    ANNOUNCEMENT = "announcement", "公表"
    INQUIRY = "inquiry", "問い合わせ"
    REPLY = "reply", "回答"
    FOLLOW_UP = "follow_up", "再度の問い合わせ"
    COMPLAINT = "complaint", "苦情の申出"
    OTHER = "other", "その他"


# What only we say, and what only they say; the rest is *other*.
OURS = (Role.INQUIRY, Role.FOLLOW_UP, Role.COMPLAINT)
THEIRS = (Role.NOTICE, Role.ANNOUNCEMENT, Role.REPLY)


class Message(OfCase):
    """One thing said or written, by us or to us; ``at`` is when it was, as told. Its raw mail is ``mail`` or ``sent``.

    Sealed: ``text``, and for what was not written a memo of it (``counterpart``, ``subject``).
    """

    incoming = models.BooleanField()
    channel = models.CharField(max_length=8, choices=Channel.choices)
    role = models.CharField(max_length=12, choices=Role.choices)
    kept_at = models.DateTimeField()
    mail = models.OneToOneField(IncomingMail, on_delete=models.PROTECT, related_name="message", null=True)
    sent = models.ForeignKey(OutgoingMail, on_delete=models.PROTECT, related_name="+", null=True)
    answers = models.ForeignKey("self", on_delete=models.PROTECT, related_name="answered_by", null=True)

    class Meta:
        """The ways and roles of the design."""

        constraints = (
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="message_channel_exists"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="message_role_exists"),
        )
        indexes = (models.Index(fields=["case", "at"], name="message_in_time"),)


class OfMessage(OfCase):
    """What was found out about one message; the newest row counts, the earlier ones stay."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="%(class)ss")

    class Meta:
        """Fields only."""

        abstract = True


class Check(OfMessage):
    """Is it really from them: the answer of `authenticity`, with the official domains that it was checked against."""

    verdict = models.CharField(max_length=12)


class Reading(OfMessage):
    """What it says: the answer of `reading`, with the text that its places count in."""

    kind = models.CharField(max_length=12)


class Overrule(OfMessage):
    """A human's correction of the verdict on one question, with the reason; it stays when the text is read again."""


class Letter(OfCase):
    """A letter of the person: its facts, its text, and for an inquiry the signed statement. Sent: its message says how."""

    kind = models.CharField(max_length=12, choices=Role.choices)
    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="letter", null=True)


class Windows(OfCase):
    """The official windows as found on a day, each with its source and grade (`contacts`)."""


class KeyDocument(OfCase):
    """What stood at a company's ``/.well-known/madoguchi.json``: its keys, for a domain fixed beforehand."""


class Discarded(models.Model):
    """A mail of the holding place that was thrown away. Its row stays, unreadable, so that it is not taken in again."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    mail = models.OneToOneField(IncomingMail, on_delete=models.PROTECT, related_name="discarded")
    at = models.DateTimeField()


class StepDone(OfCase):
    """A step of the advice that the person ticked off."""

    step = models.CharField(max_length=60)

    class Meta:
        """Ticked once."""

        constraints = (models.UniqueConstraint(fields=["case", "step"], name="step_done_once"),)

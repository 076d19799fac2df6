"""An inquiry, the steps by which the asker was identified, and the answers. Nothing is overwritten but the state."""

import uuid

from django.db import models
from django.db.models import Q

from madoguchi.app.accounts.models import Member, Organisation
from madoguchi.app.company.models import Incident, Person
from madoguchi.app.mail.models import IncomingMail, OutgoingMail
from madoguchi.app.notices.models import Notice


class State(models.TextChoices):
    """Where an inquiry is."""

    RECEIVED = "received", "受付済み"
    IDENTIFIED = "identified", "本人確認済み"
    ANSWERED = "answered", "回答済み"
    CLOSED = "closed", "終了"


class Ending(models.TextChoices):
    """Why an inquiry is closed. A list and no free text: the record of the incident goes to others, and names no asker."""

    ANSWERED = "answered", "回答が済んだ"
    WITHDRAWN = "withdrawn", "本人が取り下げた"
    SAME_AS_ANOTHER = "same_as_another", "別の問い合わせと同じもの"
    NO_REPLY = "no_reply", "本人確認に返事がない"
    NO_INQUIRY = "no_inquiry", "問い合わせではない"


class Inquiry(models.Model):
    """One inquiry (問い合わせ). ``sealed`` is JSON: what was asked, by whom as they say, where the answer is wanted.

    ``statement`` is the id of the signed inquiry, where it was one; ``notice`` the one whose code is quoted: a claim.
    ``person`` is set once the asker is identified; before that nothing personal is told to anybody.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="inquiries", null=True)
    mail = models.OneToOneField(IncomingMail, on_delete=models.PROTECT, related_name="inquiry", null=True)
    statement = models.UUIDField(null=True)
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="inquiries", null=True)
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="+", null=True)
    sealed = models.BinaryField()

    class Meta:
        """A signed inquiry is received once; a state that exists; nobody is identified without a person."""

        constraints = (
            models.UniqueConstraint(fields=["organisation", "statement"], name="inquiry_statement_once"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="inquiry_state_exists"),
            models.CheckConstraint(
                condition=~Q(state__in=["identified", "answered"]) | Q(person__isnull=False),
                name="inquiry_identified_has_a_person",
            ),
        )
        indexes = (models.Index(fields=["organisation", "state", "received_at"], name="inquiry_queue"),)

    @property
    def seal_key(self) -> str:
        """The name of the key that seals this inquiry."""
        return f"inquiry:{self.id}"

    def record_log(self):
        """Return the log of the incident, or of the organisation while the incident is not known."""
        return self.incident.record_log() if self.incident else self.organisation.record_log()


class OfInquiry(models.Model):
    """What belongs to one inquiry."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="%(class)ss")

    class Meta:
        """Fields only."""

        abstract = True

    def record_log(self):
        """Return the log of the inquiry."""
        return self.inquiry.record_log()


class Means(models.TextChoices):
    """By what an asker was, or is to be, identified."""

    REFERENCE = "reference", "通知の番号"
    ADDRESS = "address", "登録のメールアドレス"
    CODE_SENT = "code_sent", "確認番号を登録のメールアドレスに送付"
    CODE = "code", "確認番号"
    DOCUMENT = "document", "本人確認書類"
    CALL_BACK = "call_back", "登録の電話番号への折り返し"


class Proof(OfInquiry):
    """One step of identification and whether it held. ``sealed`` holds the code that was sent, where one was.

    ``mail`` is the mail in which a code came back: the same mail is one try, however often it is sorted.
    """

    means = models.CharField(max_length=10, choices=Means.choices)
    held = models.BooleanField()
    at = models.DateTimeField()
    by = models.CharField(max_length=100)
    mail = models.OneToOneField(IncomingMail, on_delete=models.PROTECT, related_name="proof", null=True)
    sealed = models.BinaryField(null=True)

    class Meta:
        """A means that exists."""

        constraints = (models.CheckConstraint(condition=Q(means__in=Means.values), name="proof_means_exists"),)


class Answer(OfInquiry):
    """One answer to ``person``: prepared from the facts, approved where a hand changed it, sent. No person: it tells
    nothing of anybody.

    ``sealed`` is JSON: its lines, the items that it names, the letter.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    prepared_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    by_hand = models.BooleanField()
    approved_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", null=True)
    approved_at = models.DateTimeField(null=True)
    mail = models.OneToOneField(OutgoingMail, on_delete=models.PROTECT, related_name="+", null=True)
    sent_at = models.DateTimeField(null=True)
    sealed = models.BinaryField()

    class Meta:
        """What a hand changed went out approved."""

        constraints = (
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(by_hand=False) | Q(approved_at__isnull=False),
                name="answer_by_hand_sent_was_approved",
            ),
        )

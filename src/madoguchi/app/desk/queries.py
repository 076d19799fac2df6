"""What the desk may read, by the one permission function: who answers inquiries sees who asks; a viewer never does."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from madoguchi.app.accounts.models import Member
from madoguchi.app.accounts.permission import may
from madoguchi.app.company.models import Person
from madoguchi.app.company.queries import current_scan
from madoguchi.app.company.services.scans import index
from madoguchi.app.desk.arrival import Arrival
from madoguchi.app.desk.models import Answer, Inquiry, State
from madoguchi.app.desk.sealing import told
from madoguchi.app.mail.models import Bounce, IncomingMail
from madoguchi.letters.letter import Letter
from madoguchi.letters.reply import AnswerLine
from madoguchi.text import emails, phones


def inquiries(member: Member) -> QuerySet[Inquiry]:
    """Return every inquiry that ``member`` may see, closed ones too, newest first; none for who answers none."""
    found = Inquiry.objects.filter(organisation_id=member.organisation_id).order_by("-received_at", "id")
    return found if may(member, "inquiry.answer").allowed else found.none()


def queue(member: Member) -> QuerySet[Inquiry]:
    """Return the open inquiries that ``member`` may answer, the oldest first."""
    return inquiries(member).exclude(state=State.CLOSED).order_by("received_at", "id")


def inquiry_of(member: Member, inquiry_id: UUID) -> Inquiry | None:
    """Return one inquiry, or None: one that ``member`` may not see looks like one that is not there."""
    return inquiries(member).filter(id=inquiry_id).select_related("organisation", "incident").first()


def set_aside(member: Member) -> QuerySet[IncomingMail]:
    """Return the mails that were taken for no inquiry (programs wrote them), the newest first: nothing is lost unseen.

    `services.receive` makes an inquiry of one all the same. Mails that are about to be sorted are among them.
    """
    found = IncomingMail.objects.filter(organisation_id=member.organisation_id, inquiry=None, proof=None)
    if not may(member, "inquiry.answer").allowed:
        return found.none()
    return found.exclude(Exists(Bounce.objects.filter(told_by=OuterRef("pk")))).order_by("-taken_at", "id")


def people_with(member: Member, inquiry: Inquiry, value: str) -> QuerySet[Person]:
    """Return the people of the inquiry's incident whose mail address, phone or id on the list is ``value``.

    It is looked up whole: nobody can leaf through the people by a part of a name.
    """
    scan = current_scan(inquiry.incident) if inquiry.incident else None
    if scan is None or not may(member, "people.see", inquiry).allowed:
        return Person.objects.none()
    wanted = Q(by_list_id=index(scan.incident, "list_id", value.strip()))
    if email := emails.canonical(value):
        wanted |= Q(by_email=index(scan.incident, "email", email))
    if phone := phones.canonical(value):
        wanted |= Q(by_phone=index(scan.incident, "phone", phone))
    return scan.people.filter(wanted).order_by("number")


def arrival_of(inquiry: Inquiry) -> Arrival:
    """Return what an inquiry asks, as it was read when it was received."""
    return Arrival.model_validate(told(inquiry))


def paper_of(answer: Answer) -> Letter:
    """Return the reply as it was prepared."""
    return Letter.model_validate(told(answer)["paper"])


def lines_of(answer: Answer) -> list[AnswerLine]:
    """Return the lines of an answer as they were prepared."""
    return [AnswerLine.model_validate(line) for line in told(answer)["lines"]]


def items_of(answer: Answer) -> dict[str, list[str]]:
    """Return the items that an answer names, by tier (``proved``, ``possible``)."""
    return told(answer)["items"]

"""The signed notice: the facts of one person's notice (本人通知), beside the letter that the person reads."""

from typing import Annotated, Literal

from pydantic import Field

from madoguchi.exchange.fields import Domain, Lang, Line, Model, Reference, Sha256, Url
from madoguchi.exchange.parts import IncidentFacts
from madoguchi.exchange.statement import Statement


class Incident(Model):
    """How the company names the incident; ``id`` is the same in each statement about it."""

    id: Line
    title: Line


class NoticeBody(IncidentFacts):
    """What the letter tells one person. It names nobody: ``reference`` is the code that stands in the letter.

    ``letter_sha256`` is `digest.letter_digest` of the letter's plain text. ``covers`` are the items of rule 8(1) that
    the letter states (規則10条: 1, 2, 4, 5, 9); ``statement_url`` is where the announcement stands.
    """

    organisation: Line
    incident: Incident
    reference: Reference
    lang: Lang
    letter_sha256: Sha256
    covers: Annotated[tuple[Literal["1", "2", "4", "5", "9"], ...], Field(max_length=5)] = ()
    statement_url: Url | None = None


class Notice(Statement):
    """A notice, issued by an official domain of the company."""

    type: Literal["notice"] = "notice"
    issuer: Domain
    body: NoticeBody

"""The signed announcement (公表): the facts of the public statement, its revision, and which one it takes the place of."""

from typing import Annotated, Literal, Self

from pydantic import Field, Strict, model_validator

from madoguchi.exchange.fields import Day, Domain, Line, Sha256, Url, Uuid
from madoguchi.exchange.notice import Incident
from madoguchi.exchange.parts import IncidentFacts, Persons
from madoguchi.exchange.statement import Statement


class AnnouncementBody(IncidentFacts):
    """What the page at ``url`` tells everybody. ``supersedes`` is the id of the announcement before this revision.

    ``letter_sha256`` is `digest.letter_digest` of the plain text of the page.
    """

    organisation: Line
    title: Line
    url: Url
    published: Day
    incident: Incident
    revision: Annotated[int, Strict(), Field(ge=1, le=9999)] = 1
    supersedes: Uuid | None = None
    persons: Persons | None = None
    letter_sha256: Sha256

    @model_validator(mode="after")
    def _a_revision_names_the_one_before(self) -> Self:
        if (self.revision == 1) != (self.supersedes is None):
            raise ValueError("the first revision takes no other's place, each later one does")
        return self


class Announcement(Statement):
    """An announcement, issued by an official domain of the company."""

    type: Literal["announcement"] = "announcement"
    issuer: Domain
    body: AnnouncementBody

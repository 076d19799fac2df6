"""The signed inquiry (問い合わせ): what a person asks, of whom, on what ground, and where the answer goes.

Its issuer is the thumbprint of the person's own key (RFC 9278), which travels in the body. That proves that the next
letter comes from the same home, never who somebody is (docs/decisions/0007-edge.md).
"""

from typing import Annotated, Literal, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import Field, model_validator

from madoguchi.exchange.fields import Day, Domain, Key, Line, Model, Number, Reference, Sha256, Text
from madoguchi.exchange.statement import Statement
from madoguchi.record import keys

URN = "urn:ietf:params:oauth:jwk-thumbprint:sha-256:"

Mail = Annotated[str, Field(max_length=254, pattern=r"^[^\s@<>]+@[^\s@<>]+$")]


class PublicKey(Model):
    """The person's public key (RFC 8037), and nothing else: no validity, no private half."""

    kty: Literal["OKP"]
    crv: Literal["Ed25519"]
    x: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{43}$")]

    @classmethod
    def of(cls, private: Ed25519PrivateKey) -> "PublicKey":
        """Return the public half of a key."""
        return cls(kty="OKP", crv="Ed25519", x=keys.public(private).x)

    @property
    def key(self) -> keys.Key:
        """Return the key as the record knows it; `ValueError` where ``x`` is no 32 bytes in their one writing."""
        return keys.Key(x=self.x)


class Person(Model):
    """Who asks: only what the person chose to tell."""

    name: Line | None = None
    name_kana: Line | None = None
    email: Mail | None = None
    phone: Line | None = None
    postal_code: Line | None = None
    address: Line | None = None
    birth_date: Day | None = None
    member_id: Line | None = None
    order_ids: Annotated[tuple[Line, ...], Field(max_length=50)] = ()


class Question(Model):
    """One question. ``key`` is law's (``affected``, ``items`` …) or null for one of the person's own."""

    number: Number
    key: Key | None = None
    ground: Literal["right", "notice_item", "effort", "courtesy"]
    text: Text


class InquiryBody(Model):
    """An inquiry to the company of the official domain ``to``.

    ``reference`` is the notice's code, where there is a notice; ``noticed`` how the person came to know; ``concerns``
    what worries them; ``reply_to`` the mail address for the answer. ``letter_sha256`` is `digest.letter_digest` of
    the letter that travels with it.
    """

    to: Domain
    reference: Reference | None = None
    person: Person
    noticed: Text | None = None
    concerns: Annotated[tuple[Text, ...], Field(max_length=50)] = ()
    questions: Annotated[tuple[Question, ...], Field(min_length=1, max_length=100)]
    reply_by: Day | None = None
    reply_to: Mail | None = None
    key: PublicKey
    letter_sha256: Sha256

    @model_validator(mode="after")
    def _numbers_are_apart(self) -> Self:
        numbers = [question.number for question in self.questions]
        if len(set(numbers)) != len(numbers):
            raise ValueError("two questions have one number")
        return self


class Inquiry(Statement):
    """An inquiry, issued by the person's own key."""

    type: Literal["inquiry"] = "inquiry"
    issuer: Annotated[str, Field(pattern=rf"^{URN}[A-Za-z0-9_-]{{43}}$")]
    body: InquiryBody


def issuer(key: keys.Key) -> str:
    """Return the issuer of an inquiry that is signed with ``key``."""
    return URN + key.kid

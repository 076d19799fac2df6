"""The signed answer: what a company answers to each question of one inquiry."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from madoguchi.exchange.fields import Domain, Key, Line, Model, Number, Reference, Sha256, Text, Uuid
from madoguchi.exchange.parts import ItemTier, Windows
from madoguchi.exchange.statement import Statement


class QuestionAnswer(Model):
    """The answer to the question of this ``number``; ``citation`` is what a refusal rests on, ``items`` the person's."""

    number: Number
    key: Key | None = None
    state: Literal["answered", "partly", "refused", "unknown_yet"]
    text: Text
    citation: Line | None = None
    items: Annotated[tuple[ItemTier, ...], Field(max_length=200)] | None = None


class AnswerBody(Model):
    """Answers to the inquiry with the id ``inquiry``, whose compact JWS has the SHA-256 ``inquiry_sha256``.

    ``reference`` is the notice's code; ``letter_sha256`` is `digest.letter_digest` of the letter that travels with it.
    """

    organisation: Line
    inquiry: Uuid
    inquiry_sha256: Sha256
    reference: Reference | None = None
    answers: Annotated[tuple[QuestionAnswer, ...], Field(min_length=1, max_length=100)]
    windows: Windows = ()
    letter_sha256: Sha256

    @model_validator(mode="after")
    def _numbers_are_apart(self) -> Self:
        numbers = [answer.number for answer in self.answers]
        if len(set(numbers)) != len(numbers):
            raise ValueError("two answers have one number")
        return self


class Answer(Statement):
    """An answer, issued by an official domain of the company."""

    type: Literal["answer"] = "answer"
    issuer: Domain
    body: AnswerBody

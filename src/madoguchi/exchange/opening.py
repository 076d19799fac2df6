"""Opening a signed statement: whose it is, by a key that was known before, and whether it counts now."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import TypeAdapter, ValidationError

from madoguchi import catalogue
from madoguchi.exchange import inquiry, jose
from madoguchi.exchange.announcement import Announcement
from madoguchi.exchange.answer import Answer
from madoguchi.exchange.digest import statement_digest
from madoguchi.exchange.fields import Domain, write_instant
from madoguchi.exchange.inquiry import Inquiry
from madoguchi.exchange.jose import MOST_BYTES, Unverified
from madoguchi.exchange.notice import Notice
from madoguchi.exchange.refusal import NotAccepted, Reason, place
from madoguchi.exchange.statement import VERSION, Statement, Type
from madoguchi.record import canonical, keys

SKEW = timedelta(minutes=5)
MODELS: dict[Type, type[Statement]] = {
    "notice": Notice,
    "inquiry": Inquiry,
    "answer": Answer,
    "announcement": Announcement,
}
COMPANY: frozenset[Type] = frozenset({"notice", "answer", "announcement"})
_DOMAIN: TypeAdapter[str] = TypeAdapter(Domain)


@dataclass(frozen=True, slots=True)
class Opened:
    """A statement that is accepted. ``domain`` is the company's, or None for an inquiry; ``jws`` what is to be kept."""

    statement: Statement
    kid: str
    domain: str | None
    jws: str

    @property
    def sha256(self) -> str:
        """Return the digest by which an answer names its inquiry."""
        return statement_digest(self.jws)


def sign(statement: Statement, private: Ed25519PrivateKey) -> str:
    """Return ``statement`` as a compact JWS, signed with ``private``.

    `Problem` where an item is no key of the catalogue; `NotAccepted` where an inquiry is to be signed with another key
    than the one it carries, or the whole is larger than a reader takes.
    """
    catalogue.check_keys(_item_keys(statement.body))
    if isinstance(statement, Inquiry):
        _check_own_key(statement, keys.public(private).kid)
    text = jose.sign(canonical.encode(statement.model_dump(mode="json", exclude_none=True)), private)
    if len(text) > MOST_BYTES:
        raise NotAccepted("too_large", most=MOST_BYTES)
    return text


def open_statement(
    text: str,
    *,
    trusted: keys.Trusted,
    now: datetime,
    expect: Collection[Type] | None = None,
    seen: Callable[[str], bool] | None = None,
    most_bytes: int = MOST_BYTES,
) -> Opened:
    """Return a company's statement (notice, answer, announcement) when it counts; `NotAccepted` with its reason else.

    ``trusted`` are the keys by official domain that the asker fixed beforehand: the key that signed must stand there
    under the domain that the statement names as its issuer. ``now`` is the instant for which the question is asked, for
    an old one that of its arrival; clocks may be five minutes apart. ``seen`` tells whether an id was received before.
    A key must have been valid when the statement was issued; one that was revoked as anything but replaced vouches for
    nothing any more, since whoever holds it can write any date.
    """
    found = jose.take_apart(text, most_bytes=most_bytes)
    key = _listed(found, trusted)
    found.verify(key)
    statement = _model(found.payload, COMPANY if expect is None else COMPANY & set(expect))
    if not key.valid_at(statement.issued) or not key.trusted_alone():
        within = key.model_copy(update={"revoked": None}).valid_at(statement.issued)
        raise NotAccepted("key_revoked" if within else "key_not_valid")
    _check_time(statement, now)
    _check_replay(statement, seen)
    return Opened(statement, found.kid, statement.issuer, found.text)


def open_inquiry(
    text: str,
    *,
    to: str | Collection[str] | None,
    now: datetime | None,
    seen: Callable[[str], bool] | None = None,
    most_bytes: int = MOST_BYTES,
) -> Opened:
    """Return a person's inquiry when it counts; `NotAccepted` with its reason else.

    It is checked with the key that it carries, which proves only that later letters with that key come from the same
    home. ``to`` are the company's own official domains, one of which it must be addressed to. A person who opens their
    own kept inquiry gives None for ``to`` and ``now``: then whom it is for and its time are not asked.
    """
    found = jose.take_apart(text, most_bytes=most_bytes)
    statement = _model(found.payload, frozenset({"inquiry"}))
    assert isinstance(statement, Inquiry)
    _check_own_key(statement, found.kid)
    found.verify(statement.body.key.key)
    if to is not None and statement.body.to not in ({to} if isinstance(to, str) else to):
        raise NotAccepted("addressee", to=statement.body.to)
    if now is not None:
        _check_time(statement, now)
    _check_replay(statement, seen)
    return Opened(statement, found.kid, None, found.text)


def is_answer_to(answer: Opened, asked: Opened) -> bool:
    """Tell whether ``answer`` is the answer to exactly the inquiry ``asked``, by the company that was asked."""
    said, question = answer.statement, asked.statement
    return (
        isinstance(said, Answer)
        and isinstance(question, Inquiry)
        and said.body.inquiry == question.id
        and said.body.inquiry_sha256 == asked.sha256
        and answer.domain == question.body.to
    )


def _listed(found: Unverified, trusted: keys.Trusted) -> keys.Key:
    claimed = found.payload.get("issuer")
    try:
        domain = _DOMAIN.validate_python(claimed)
    except ValidationError:
        wrong: Reason = "type" if found.payload.get("type") == "inquiry" else "issuer"
        raise NotAccepted(wrong, expected=" ".join(sorted(COMPANY))) from None
    if key := trusted.get(domain, {}).get(found.kid):
        return key
    elsewhere = any(found.kid in listed for listed in trusted.values())
    raise NotAccepted("key_of_other_domain" if elsewhere else "unknown_key")


def _model(payload: dict[str, Any], expect: frozenset[Type]) -> Statement:
    version = payload.get("version")
    if type(version) is int and version != VERSION:
        raise NotAccepted("version", version=VERSION)
    kind = payload.get("type")
    model = next((MODELS[each] for each in expect if each == kind), None)
    if model is None:
        raise NotAccepted("type", expected=" ".join(sorted(expect)))
    if version is None:
        raise NotAccepted("schema", place="version")
    try:
        return model.model_validate(payload)
    except ValidationError as error:
        raise NotAccepted("schema", place=place(error)) from None


def _check_own_key(statement: Inquiry, kid: str) -> None:
    try:
        own = statement.body.key.key
    except ValueError:
        raise NotAccepted("schema", place="body.key.x") from None
    if own.kid != kid or statement.issuer != inquiry.issuer(own):
        raise NotAccepted("issuer")


def _check_time(statement: Statement, now: datetime) -> None:
    if now < statement.issued - SKEW:
        raise NotAccepted("not_yet", issued=write_instant(statement.issued))
    if now > statement.expires + SKEW:
        raise NotAccepted("expired", expires=write_instant(statement.expires))


def _check_replay(statement: Statement, seen: Callable[[str], bool] | None) -> None:
    if seen is not None and seen(statement.id):
        raise NotAccepted("replayed")


def _item_keys(value: Any) -> list[str]:
    """Return the item keys that a body states, whichever part of it they stand in."""
    found: list[str] = [item.key for item in getattr(value, "items", ())] + list(getattr(value, "not_leaked", ()))
    for answer in getattr(value, "answers", ()):
        found += [item.key for item in answer.items or ()]
    return found

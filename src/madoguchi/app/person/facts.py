"""What a person knows of their case. Every field may be missing; what is stated later stands over what was before."""

import datetime
from collections.abc import Collection
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator

from madoguchi import catalogue
from madoguchi.app.mail.message import deliverable
from madoguchi.authenticity import hosts
from madoguchi.law.situation import Harm
from madoguchi.letters.facts import Facts, Line, Text
from madoguchi.letters.person import How
from madoguchi.problem import Problem
from madoguchi.text import datafile
from madoguchi.text.fold import fold


def _host(given: str) -> str:
    """Return the domain of what a person copies: a domain, an address of a page, a mail address."""
    try:
        (host,) = hosts.official([given]).hosts
    except (Problem, ValueError):
        raise Problem(
            ja=f"「{given[:60]}」は会社のドメインとして読めません。mihon.co.jp のように1つずつ書いてください。",
            en=f"{given[:60]!r} is no domain of a company; write one at a time, like mihon.co.jp",
            place="domains",
        ) from None
    if host in _everybodys():
        raise Problem(
            ja=f"{host} は、だれでも持てるメールのドメインです。会社のものとして登録すると、偽物を見分けられなくなります。会社のウェブサイトのドメインを登録してください。",
            en=f"anybody can have an address at {host}: fixed as the company's, it would hide forgeries; enter the domain of the company's web site",
            place="domains",
        )
    return host


class _Everybodys(BaseModel):
    """`everybodys.yaml`."""

    model_config = ConfigDict(extra="forbid")
    as_of: datetime.date
    domains: frozenset[str]


@cache
def _everybodys() -> frozenset[str]:
    return datafile.load(_Everybodys, files("madoguchi.app.person") / "everybodys.yaml").domains


def _mailbox(given: str) -> str:
    if deliverable(given) is None:
        raise Problem(
            ja="メールアドレスの形になっていません。taro@mihon.example のように書いてください。",
            en="not a mail address; write it like taro@mihon.example",
            place="email",
        )
    return fold(given).strip()


class Domain(Facts):
    """An official domain of the company, and whence the person knows it: never from the message in question."""

    domain: Annotated[str, AfterValidator(_host)] = Field(max_length=2000)
    known_from: Literal["order_mail", "commerce_law_page", "corporate_number", "contract", "own_use"]


class CaseFacts(Facts):
    """The company, the person who asks, how they learned of it, and what has happened since.

    ``name`` to ``for_person`` are what letters may name of the person; ``how`` to ``subject`` how they learned of it
    (``reference`` is the notice's code); ``items`` are the person's own as far as known, ``period_start`` the day to
    look back to. ``harm`` to ``already`` decide who can help (`law.Situation`).
    """

    title: Line | None = None
    company: Line | None = None
    department: Line | None = None
    company_address: Line | None = None
    domains: tuple[Domain, ...] | None = None
    phones: tuple[Line, ...] | None = None

    name: Line | None = None
    name_kana: Line | None = None
    address: Line | None = None
    phone: Line | None = None
    email: Annotated[Line, AfterValidator(_mailbox)] | None = None
    member_id: Line | None = None
    order_id: Line | None = None
    login_email: Line | None = None
    for_person: Line | None = None

    how: How | None = None
    noticed_on: datetime.date | None = None
    noticed: Text | None = None
    notice_date: datetime.date | None = None
    reference: Line | None = None
    subject: Line | None = None

    concerns: tuple[Text, ...] | None = None
    items: tuple[str, ...] | None = None
    period_start: datetime.date | None = None
    reportable: bool | None = None

    harm: tuple[Harm, ...] | None = None
    company_abroad: bool | None = None
    certified_body: Line | None = None
    disputed: bool | None = None
    already: tuple[str, ...] | None = None

    @field_validator("items")
    @classmethod
    def _are_items(cls, items: tuple[str, ...] | None) -> tuple[str, ...] | None:
        catalogue.check_keys(list(items or ()))
        return items


def read(given: dict[str, Any], *, before: CaseFacts | None = None, clear: Collection[str] = ()) -> CaseFacts:
    """Return ``given`` over ``before``: what is not given stays (a blank is not a deletion).

    ``clear`` names what was wrong and is not known after all. `Problem` names a field that cannot be used.
    """
    if unknown := sorted(set(clear) - set(CaseFacts.model_fields)):
        datafile.check(CaseFacts, dict.fromkeys(unknown, True))
    kept = before.model_dump(exclude_none=True, exclude=set(clear)) if before else {}
    now = datafile.check(CaseFacts, given).model_dump(exclude_none=True)
    return datafile.check(CaseFacts, {**kept, **now})


def as_json(facts: CaseFacts) -> dict[str, Any]:
    """Return facts as JSON, unknown ones left out."""
    return facts.model_dump(mode="json", exclude_none=True)

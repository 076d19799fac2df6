"""Where one person's matter stands, as far as it decides who can help next."""

import datetime as dt
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

from madoguchi import catalogue

Harm = Literal[
    "money_lost",
    "card_misused",
    "account_misused",
    "name_misused",
    "threatened",
    "exposed_online",
    "phishing_received",
    "spam_received",
    "device_infected",
]
PATIENCE = dt.timedelta(days=14)
"""After so many days without an answer we speak of none: a measure of ours, no rule of law."""

_PAPERS = {"driver_licence", "passport_number", "health_insurance_number", "residence_card", "my_number"}


class Verdicts(BaseModel):
    """How many questions of the inquiry the reply answered, and how."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    answered: int = 0
    partly: int = 0
    refused: int = 0
    not_answered: int = 0
    no_duty_to_answer: int = 0


class Situation(BaseModel):
    """A person's matter on the day ``as_of``; what is left out has not happened or is not known.

    ``items``: keys of the catalogue that leaked or may have. ``wished_by``: the day by which the last letter asked for
    an answer. ``complaint_replied_on`` with ``disputed``: the company answered the complaint and it is not settled.
    ``certified_body``: the name of the certified organisation whose member the company is. ``already``: keys of doors
    that were turned to; they come after the others.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    as_of: dt.date
    company_known: bool = True
    company_abroad: bool = False
    consumer: bool = True
    items: tuple[str, ...] = ()
    harm: frozenset[Harm] = frozenset()
    inquiry_sent_on: dt.date | None = None
    wished_by: dt.date | None = None
    replied_on: dt.date | None = None
    verdicts: Verdicts = Verdicts()
    follow_up_sent_on: dt.date | None = None
    complaint_sent_on: dt.date | None = None
    complaint_replied_on: dt.date | None = None
    disputed: bool = False
    certified_body: str | None = None
    already: frozenset[str] = frozenset()

    @model_validator(mode="after")
    def _can_be_true(self) -> Self:
        catalogue.check_keys(self.items)
        steps = [self.inquiry_sent_on, self.follow_up_sent_on, self.complaint_sent_on]
        if any(day and day > self.as_of for day in [*steps, self.replied_on, self.complaint_replied_on]):
            raise ValueError("a letter lies after the day itself / 基準日より後の日付があります")
        if self.complaint_replied_on and not self.complaint_sent_on:
            raise ValueError("a complaint was answered that was not sent / 送っていない苦情に回答日があります")
        return self


def points(now: Situation) -> frozenset[str]:
    """Return what is so in a situation, in the words that `corpus/doors.yaml` uses for its conditions."""
    verdicts = now.verdicts
    thin = bool(now.replied_on and (verdicts.partly or verdicts.refused or verdicts.not_answered))
    asked_on = now.follow_up_sent_on or now.inquiry_sent_on
    # A reply to the first letter is none to the second.
    open_letter = bool(asked_on and (not now.replied_on or now.replied_on < asked_on))
    late = open_letter and _late(asked_on, now)
    disputed = bool(
        now.disputed or (now.complaint_sent_on and not now.complaint_replied_on and _late(now.complaint_sent_on, now))
    )
    told = {
        "company_known": now.company_known,
        "company_abroad": now.company_abroad,
        "consumer": now.consumer,
        "asked": bool(now.inquiry_sent_on or now.follow_up_sent_on),
        "waiting": open_letter and not late,
        "late": late,
        "thin": thin and not open_letter,
        "settled": bool(now.replied_on and not thin and not open_letter and not now.complaint_sent_on),
        "asked_again": bool(now.follow_up_sent_on),
        "complained": bool(now.complaint_sent_on),
        "disputed": disputed,
        "member": bool(now.certified_body),
        "card": "card_number" in now.items,
        "bank": "bank_account" in now.items or "bank_pin" in now.items,
        "my_number": "my_number" in now.items,
        "papers": bool(_PAPERS & set(now.items)),
    }
    return frozenset(name for name, so in told.items() if so) | now.harm


def _late(sent: dt.date | None, now: Situation) -> bool:
    if sent is None:
        return False
    by = now.wished_by if now.wished_by and now.wished_by > sent else sent + PATIENCE
    return now.as_of > by

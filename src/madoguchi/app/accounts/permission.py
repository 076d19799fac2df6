"""The one permission function: who may do what to what, with the reason. The table is permissions.yaml."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, model_validator

from madoguchi.app.accounts.models import Member, Role
from madoguchi.problem import LANGS, Problem
from madoguchi.text.datafile import load
from madoguchi.text.language import LocalText

SYSTEM, PERSON = "system", "person"
ASCII_COMMA, JAPANESE_COMMA = ", ", "、"


class _Action(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    what: LocalText
    roles: list[str]


class _Reasons(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    allowed: LocalText
    role: LocalText
    elsewhere: LocalText
    left: LocalText
    second: LocalText
    same_person: LocalText
    alone: LocalText
    too_soon: LocalText


class Table(BaseModel):
    """permissions.yaml: the names of the roles, what each action is called and who may do it, and the reasons."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    roles: dict[str, LocalText]
    actions: dict[str, _Action]
    reasons: _Reasons

    @model_validator(mode="after")
    def _roles_are_those_of_the_database(self) -> Self:
        if set(self.roles) != {*Role.values, SYSTEM, PERSON}:
            raise ValueError("the roles of permissions.yaml and of the database are not the same")
        unknown = {role for action in self.actions.values() for role in action.roles} - set(self.roles)
        if unknown:
            raise ValueError(f"unknown roles: {sorted(unknown)}")
        return self


@dataclass(frozen=True)
class System:
    """The program itself as an actor: its set-up, its worker, its demo. ``part`` is named in the entries."""

    part: str

    @property
    def actor(self) -> str:
        """How entries name it."""
        return f"system:{self.part}"


@dataclass(frozen=True)
class ThePerson:
    """The person at their own computer: a person's home has no accounts, and one role that nobody has elsewhere."""

    actor: str = PERSON


@dataclass(frozen=True)
class Answer:
    """Yes or no, and why. ``alone``: the same person approves what they prepared, which the entry must say."""

    allowed: bool
    reason: LocalText
    alone: bool = False

    def or_refuse(self) -> Self:
        """Return this answer if it is yes; `Refused` with its reason otherwise."""
        if not self.allowed:
            raise Refused(self.reason)
        return self


Actor = Member | System | ThePerson


class Refused(Problem):
    """Somebody may not do this; the reason says who may."""

    def __init__(self, reason: LocalText) -> None:
        """Carry the reason in all languages."""
        super().__init__(ja=reason.ja, en=reason.en, easy=reason.ja_easy)


@cache
def table() -> Table:
    """Return the table of permissions.yaml, read once."""
    return load(Table, files("madoguchi.app.accounts") / "permissions.yaml")


def may(member: Actor, action: str, target: Any = None) -> Answer:
    """Return whether ``member`` may do ``action`` to ``target``, and why.

    ``action`` is a key of permissions.yaml (KeyError otherwise). ``target`` is any row with an ``organisation_id``, or
    None for the member's organisation as a whole. Another organisation's row is always refused, whatever the role.
    """
    rule, reasons = table().actions[action], table().reasons
    role = _role(member)
    if isinstance(member, Member):
        if member.left_at is not None or not member.user.is_active:
            return Answer(False, reasons.left)
        if target is not None and target.organisation_id != member.organisation_id:
            return Answer(False, reasons.elsewhere)
    if role not in rule.roles:
        return Answer(False, _filled(reasons.role, role, rule))
    return Answer(True, _filled(reasons.allowed, role, rule))


def current(member: Actor) -> Actor:
    """Return ``member`` as the database has it now: a role may have been taken away since the page was opened."""
    if not isinstance(member, Member):
        return member
    return Member.objects.select_related("user", "organisation").get(pk=member.pk)


def _role(member: Actor) -> str:
    if isinstance(member, System):
        return SYSTEM
    return PERSON if isinstance(member, ThePerson) else member.role


def may_approve(member: Member, target: Any, *, prepared_by: Member, prepared_at: datetime, now: datetime) -> Answer:
    """Return whether ``member`` may approve ``target``, which ``prepared_by`` prepared at ``prepared_at`` (UTC).

    A second person approves. Only where no other member of the organisation may approve does the same person do it,
    later than the preparation; the answer then is ``alone``, and the service puts that into its entry.
    """
    reasons = table().reasons
    answer = may(member, "paper.approve", target)
    if not answer.allowed:
        return answer
    if now <= prepared_at:
        return Answer(False, reasons.too_soon)
    # The person, not the membership: one user is one person.
    if member.user_id != prepared_by.user_id:
        return Answer(True, reasons.second)
    others = Member.objects.filter(
        organisation_id=member.organisation_id,
        left_at=None,
        user__is_active=True,
        role__in=table().actions["paper.approve"].roles,
    ).exclude(user_id=member.user_id)
    if others.exists():
        return Answer(False, reasons.same_person)
    return Answer(True, reasons.alone, alone=True)


def _filled(reason: LocalText, role: str, rule: _Action) -> LocalText:
    """Return ``reason`` with the names of the role, of what it is about, and of those people who may."""
    names = table().roles
    people = [names[key] for key in rule.roles if key not in (SYSTEM, PERSON)] or [names[rule.roles[0]]]
    told = {
        lang: reason.say(
            lang,
            role=names[role].say(lang),
            what=rule.what.say(lang),
            allowed=(ASCII_COMMA if lang == "en" else JAPANESE_COMMA).join(name.say(lang) for name in people),
        )
        for lang in LANGS
    }
    return LocalText.model_validate(told)

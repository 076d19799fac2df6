"""The writers of organisations and members."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from madoguchi.app.accounts import corporate_number
from madoguchi.app.accounts.models import Member, Organisation, Role, User
from madoguchi.app.accounts.permission import Actor
from madoguchi.app.service import Done, service
from madoguchi.problem import Problem
from madoguchi.text.datafile import nearest
from madoguchi.text.fold import fold

# What may be told of an organisation: every field that is typed.
FIELDS = tuple(field.name for field in Organisation._meta.fields if field.name not in ("id", "created_at"))  # noqa: SLF001 - Django's documented model API


@service(kind="accounts:organisation:created", action="organisation.create")
def create_organisation(*, by: Actor, **fields: str) -> Done:
    """Return a new organisation. ``fields`` are `FIELDS`; ``name`` is required, blanks are left empty."""
    told = {name: value for name, value in _clean(fields).items() if value}
    if "name" not in told:
        raise Problem(
            ja="組織の名前がありません。名前を入れてください。",
            en="an organisation needs a name; give its name",
            place="name",
        )
    organisation = _checked(Organisation(**told))
    organisation.save(force_insert=True)
    return Done(organisation, {"organisation": str(organisation.id), **told}, about=organisation)


@service(kind="accounts:organisation:changed", action="organisation.change", on="organisation")
def change_organisation(*, organisation: Organisation, by: Actor, clear: tuple[str, ...] = (), **fields: str) -> Done:
    """Return ``organisation`` with ``fields`` changed. A blank is not a deletion: name a field in ``clear`` to empty it.

    The entry keeps both the old and the new values.
    """
    wanted = {name: value for name, value in _clean(fields).items() if value} | dict.fromkeys(_known(clear), "")
    organisation = _locked(organisation)
    changed = {
        name: {"from": getattr(organisation, name), "to": value}
        for name, value in wanted.items()
        if getattr(organisation, name) != value
    }
    if "name" in changed and not wanted["name"]:
        raise Problem(
            ja="組織の名前は空にできません。", en="the name of an organisation cannot be cleared", place="name"
        )
    if not changed:
        raise Problem(ja="変わったところがありません。", en="nothing was changed; what is stored says the same already")
    for name in changed:
        setattr(organisation, name, wanted[name])
    _checked(organisation).save(update_fields=list(changed))
    return Done(organisation, {"changed": changed})


@service(kind="accounts:member:added", action="members.change", on="organisation")
def add_member(*, organisation: Organisation, by: Actor, email: str, role: str, name: str = "") -> Done:
    """Return the new member: the user of ``email`` (made where there is none) with ``role`` in ``organisation``.

    Somebody who had left comes back under the old row. The entry names ids, not the address.
    """
    email, role = _email(email), _role(role)
    organisation = _locked(organisation)
    user = User.objects.filter(email=email).first() or User.objects.create_user(email, name=fold(name))
    member = Member.objects.filter(organisation=organisation, user=user).first()
    if member and member.left_at is None:
        raise Problem(
            ja="この人はすでにメンバーです。役割を変えるときは「役割の変更」を使ってください。",
            en="already a member; to change the role, change it there",
            place="email",
        )
    member = member or Member(organisation=organisation, user=user)
    member.role, member.left_at = role, None
    member.save()
    return Done(member, {"member": str(member.id), "user": str(user.id), "role": role})


@service(kind="accounts:member:role_changed", action="members.change", on="member")
def change_role(*, member: Member, by: Actor, role: str) -> Done:
    """Return ``member`` with another ``role``. The last owner stays one."""
    role = _role(role)
    member = _present(member)
    before = member.role
    if role == before:
        raise Problem(ja="すでにその役割です。", en="this member has that role already", place="role")
    if before == Role.OWNER:
        _must_not_be_the_last_owner(member)
    member.role = role
    member.save(update_fields=["role"])
    return Done(member, {"member": str(member.id), "from": before, "to": role})


@service(kind="accounts:member:removed", action="members.change", on="member")
def remove_member(*, member: Member, by: Actor) -> Done:
    """Return ``member``, who is in the organisation no longer; the row stays, since entries name it. Never the last owner."""
    member = _present(member)
    if member.role == Role.OWNER:
        _must_not_be_the_last_owner(member)
    member.left_at = timezone.now()
    member.save(update_fields=["left_at"])
    return Done(member, {"member": str(member.id), "role": member.role})


def _locked(organisation: Organisation) -> Organisation:
    # Changes of one organisation's members wait for each other: two owners must not remove each other at once.
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


def _present(member: Member) -> Member:
    organisation = _locked(member.organisation)
    found = Member.objects.filter(pk=member.pk, organisation=organisation, left_at=None).first()
    if found is None:
        raise Problem(ja="この人はもうメンバーではありません。", en="no longer a member of this organisation")
    return found


def _must_not_be_the_last_owner(member: Member) -> None:
    owners = Member.objects.filter(
        organisation_id=member.organisation_id, role=Role.OWNER, left_at=None, user__is_active=True
    )
    if not owners.exclude(pk=member.pk).exists():
        raise Problem(
            ja="責任者が一人もいなくなります。先に、ほかの人を責任者にしてください。",
            en="the organisation would be left without an owner; make somebody else an owner first",
        )


def _known(names: Any) -> list[str]:
    for name in names:
        if name not in FIELDS:
            right = nearest(name, list(FIELDS))
            raise Problem(
                ja=f"「{name}」という項目はありません。" + (f"「{right}」ではありませんか。" if right else ""),
                en=f"there is no field {name!r}" + (f"; did you mean {right!r}?" if right else ""),
                place=name,
            )
    return list(names)


def _clean(fields: dict[str, str]) -> dict[str, str]:
    """Return the told fields without the spaces around them, the corporate number as its 13 digits, the domain small."""
    told = {name: (fields[name] or "").strip() for name in _known(fields)}
    if told.get("corporate_number"):
        told["corporate_number"] = corporate_number.canonical(told["corporate_number"])
    if told.get("domain"):
        told["domain"] = told["domain"].lower().rstrip(".")
    return told


def _checked(organisation: Organisation) -> Organisation:
    try:
        organisation.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        raise Problem(
            ja=f"この値は使えません。{messages[0]}",
            en="this value cannot be used; check its length and form",
            place=name,
        ) from None
    return organisation


def _email(text: str) -> str:
    email = fold(text).strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise Problem(
            ja="メールアドレスの形になっていません。確かめてください。",
            en="this is not a mail address; check it",
            place="email",
        ) from None
    return email


def _role(role: str) -> str:
    if role not in Role.values:
        raise Problem(
            ja=f"役割は {'、'.join(f'{r.value}（{r.label}）' for r in Role)} のどれかです。",
            en=f"a role is one of {', '.join(Role.values)}",
            place="role",
        )
    return role

"""The reads of organisations and members, limited to what the asker may see. `Refused` with the reason otherwise."""

from uuid import UUID

from django.db.models import QuerySet

from madoguchi.app.accounts.models import Member, Organisation, User
from madoguchi.app.accounts.permission import may


def organisation(*, asker: Member) -> Organisation:
    """Return the organisation of ``asker``."""
    may(asker, "organisation.see", asker.organisation).or_refuse()
    return asker.organisation


def members(*, asker: Member) -> QuerySet[Member]:
    """Return the present members of the asker's organisation, with their users, in the order in which they joined."""
    may(asker, "members.see").or_refuse()
    return (
        Member.objects.filter(organisation_id=asker.organisation_id, left_at=None)
        .select_related("user")
        .order_by("joined_at", "id")
    )


def member(*, asker: Member, member_id: UUID) -> Member | None:
    """Return one member of the asker's organisation, who may have left, or None: another's looks like one that is not."""
    may(asker, "members.see").or_refuse()
    return (
        Member.objects.filter(organisation_id=asker.organisation_id, id=member_id)
        .select_related("user", "organisation")
        .first()
    )


def memberships(*, user: User) -> QuerySet[Member]:
    """Return where ``user`` is a member: what they may choose from after signing in."""
    present = user.memberships.filter(left_at=None) if user.is_active else user.memberships.none()
    return present.select_related("user", "organisation").order_by("joined_at", "id")

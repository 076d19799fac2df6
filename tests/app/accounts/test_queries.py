"""What is read of organisations and members is limited to the asker's own."""

from datetime import UTC, datetime

import pytest

from madoguchi.app.accounts import queries
from madoguchi.app.accounts.models import Member, Organisation, User
from madoguchi.app.accounts.permission import Refused

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def join(name: str, email: str, role: str = "viewer") -> Member:
    organisation, _ = Organisation.objects.get_or_create(name=name)
    user = User.objects.filter(email=email).first() or User.objects.create_user(email)
    return Member.objects.create(organisation=organisation, user=user, role=role)


@pytest.mark.django_db
def test_a_member_sees_the_own_organisation_and_its_present_members():
    asker, other = join("店", "a@example.jp"), join("店", "b@example.jp")
    gone, stranger = join("店", "c@example.jp"), join("別の店", "d@example.jp")
    gone.left_at = NOW
    gone.save()
    assert queries.organisation(asker=asker) == asker.organisation
    assert list(queries.members(asker=asker)) == [asker, other]
    assert queries.member(asker=asker, member_id=gone.id) == gone
    assert queries.member(asker=asker, member_id=stranger.id) is None


@pytest.mark.django_db
def test_who_has_left_sees_nothing():
    gone = join("店", "a@example.jp", "owner")
    gone.left_at = NOW
    for call in (
        lambda: queries.organisation(asker=gone),
        lambda: queries.members(asker=gone),
        lambda: queries.member(asker=gone, member_id=gone.id),
    ):
        with pytest.raises(Refused):
            call()


@pytest.mark.django_db
def test_a_user_chooses_among_the_organisations_they_are_in():
    first, second, left = (join(name, "a@example.jp") for name in ("店", "別の店", "前の店"))
    left.left_at = NOW
    left.save()
    join("店", "other@example.jp")
    assert list(queries.memberships(user=first.user)) == [first, second]
    first.user.is_active = False
    assert list(queries.memberships(user=first.user)) == []

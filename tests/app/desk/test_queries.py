"""Who answers inquiries sees who asks; a viewer sees none of it, another organisation neither."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from madoguchi.app.accounts.models import Member
from madoguchi.app.accounts.permission import System
from madoguchi.app.accounts.services import add_member, create_organisation
from madoguchi.app.desk import queries
from madoguchi.app.desk.models import Inquiry
from madoguchi.app.desk.services import close_inquiry


@pytest.fixture
def asked(desk, hanako, stranger) -> list[Inquiry]:
    """Return three inquiries, the newest first; one of them is closed."""
    made = [
        desk.inquiry(raw) for raw in (stranger.letter(), hanako.letter(reference=desk.reference("A2")), hanako.letter())
    ]
    for days, inquiry in enumerate(made):
        Inquiry.objects.filter(id=inquiry.id).update(received_at=timezone.now() - timedelta(days=days))
    close_inquiry(inquiry=made[1], by=desk.shop.desk, reason="withdrawn")
    return [Inquiry.objects.get(id=inquiry.id) for inquiry in made]


@pytest.fixture
def stranger_member() -> Member:
    """Return the owner of another organisation."""
    other = create_organisation(by=System("setup"), name="よその店")
    return add_member(organisation=other, by=System("setup"), email="o@yoso.example", role="owner")


@pytest.mark.parametrize("role", ["owner", "manager", "staff", "desk"])
def test_the_queue_is_what_is_open_the_oldest_first(desk, asked, role: str):
    assert list(queries.queue(getattr(desk.shop, role))) == [asked[2], asked[0]]
    assert list(queries.inquiries(getattr(desk.shop, role))) == asked


def test_an_answered_inquiry_is_open_until_it_is_closed(desk):
    inquiry = desk.identified()
    desk.answered(inquiry)
    assert list(queries.queue(desk.shop.desk)) == [inquiry]
    close_inquiry(inquiry=inquiry, by=desk.shop.desk, reason="answered")
    assert not queries.queue(desk.shop.desk).exists()


def test_a_viewer_sees_neither_inquiries_nor_who_asks(desk, asked):
    viewer = desk.shop.viewer
    assert not queries.queue(viewer).exists()
    assert not queries.inquiries(viewer).exists()
    assert queries.inquiry_of(viewer, asked[0].id) is None
    assert not queries.set_aside(viewer).exists()
    assert not queries.people_with(viewer, asked[1], "hanako@mail.example").exists()


def test_another_organisations_owner_sees_nothing(desk, asked, stranger_member):
    assert not queries.queue(stranger_member).exists()
    assert queries.inquiry_of(stranger_member, asked[0].id) is None
    assert not queries.people_with(stranger_member, asked[1], "hanako@mail.example").exists()


def test_who_has_left_sees_nothing(desk, asked):
    desk.shop.desk.left_at = timezone.now()
    assert not queries.queue(desk.shop.desk).exists()
    assert not queries.set_aside(desk.shop.desk).exists()


def test_one_inquiry_is_found_by_its_id_closed_or_open(desk, asked):
    assert [queries.inquiry_of(desk.shop.desk, each.id) for each in asked] == asked
    assert queries.inquiry_of(desk.shop.desk, uuid4()) is None


def test_what_waits_to_be_sorted_and_what_a_program_wrote_is_set_aside(desk, asked, hanako):
    row = desk.arrives(hanako.letter(head={"Auto-Submitted": "auto-replied"}))
    assert list(queries.set_aside(desk.shop.desk)) == [row]
    from madoguchi.app.desk.services import receive

    receive(mail=row, by=desk.shop.desk)
    assert not queries.set_aside(desk.shop.desk).exists()


@pytest.mark.parametrize(
    ("value", "who"),
    [
        ("hanako@mail.example", {"A2"}),
        ("ＨＡＮＡＫＯ＠mail.example", {"A2"}),
        ("03-3344-5566", {"A2", "A3"}),
        ("0333445566", {"A2", "A3"}),
        ("A5", {"A5"}),
        (" A5 ", {"A5"}),
        ("hanako", set()),
        ("髙橋", set()),
        ("", set()),
        ("@", set()),
    ],
)
def test_people_are_looked_up_by_a_whole_value_alone(desk, asked, value: str, who: set[str]):
    found = queries.people_with(desk.shop.desk, asked[1], value)
    assert set(found) == {desk.people[each] for each in who}


def test_without_an_incident_there_is_nobody_to_look_up(desk, asked):
    assert not queries.people_with(desk.shop.desk, asked[0], "hanako@mail.example").exists()

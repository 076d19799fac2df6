"""Organisations and members change through their services; each change is one entry in the organisation's log."""

import threading

import pytest
from django.db import connection

from madoguchi.app.accounts import services
from madoguchi.app.accounts.models import Member, Organisation, Role, User
from madoguchi.app.accounts.permission import Refused, System
from madoguchi.app.log.models import Entry
from madoguchi.problem import Problem

SETUP = System("setup")


def kinds(organisation: Organisation) -> list[str]:
    entries = Entry.objects.filter(log=organisation.record_log()).order_by("index")
    return [entry.kind for entry in entries]


@pytest.fixture
def shop(db) -> Organisation:
    return services.create_organisation(by=SETUP, name="株式会社みなと堂", kana="ミナトドウ")


@pytest.fixture
def owner(shop: Organisation) -> Member:
    return services.add_member(organisation=shop, by=SETUP, email="owner@minato.example", role="owner", name="港 花子")


def test_an_organisation_is_made_with_what_was_told(db):
    shop = services.create_organisation(
        by=SETUP,
        name=" 株式会社みなと堂 ",
        corporate_number="7000-0120-50002",
        representative="髙橋 﨑子",
        desk_email="desk@minato.example",
        address="",
    )
    shop.refresh_from_db()
    assert shop.name == "株式会社みなと堂"
    assert shop.corporate_number == "7000012050002"
    assert shop.representative == "髙橋 﨑子"
    assert shop.address == ""
    assert kinds(shop) == ["accounts:organisation:created"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "needs a name"),
        ({"name": "  "}, "needs a name"),
        ({"name": "店", "desk_emial": "a@b.jp"}, "did you mean 'desk_email'"),
        ({"name": "店", "desk_email": "no address"}, "desk_email"),
        ({"name": "店", "website": "minato"}, "website"),
        ({"name": "店", "corporate_number": "1234567890123"}, "13 digits"),
        ({"name": "店" * 201}, "name"),
        ({"name": "店", "created_at": "2026-01-01"}, "no field"),
    ],
)
def test_what_cannot_be_an_organisation_is_refused_and_nothing_is_written(db, fields: dict, said: str):
    with pytest.raises(Problem, match=said):
        services.create_organisation(by=SETUP, **fields)
    assert not Organisation.objects.exists()
    assert not Entry.objects.exists()


def test_nobody_but_the_system_makes_an_organisation(owner: Member):
    with pytest.raises(Refused):
        services.create_organisation(by=owner, name="もう一つ")


def test_a_change_keeps_the_other_fields(shop: Organisation, owner: Member):
    services.change_organisation(organisation=shop, by=owner, desk_phone="03-1234-5678", kana="", name="")
    shop.refresh_from_db()
    assert (shop.name, shop.kana, shop.desk_phone) == ("株式会社みなと堂", "ミナトドウ", "03-1234-5678")
    assert kinds(shop)[-1] == "accounts:organisation:changed"


def test_a_field_is_emptied_only_by_its_name(shop: Organisation, owner: Member):
    services.change_organisation(organisation=shop, by=owner, clear=("kana",))
    shop.refresh_from_db()
    assert shop.kana == ""
    with pytest.raises(Problem, match="cannot be cleared"):
        services.change_organisation(organisation=shop, by=owner, clear=("name",))
    with pytest.raises(Problem, match="did you mean 'kana'"):
        services.change_organisation(organisation=shop, by=owner, clear=("kan",))


def test_the_entry_of_a_change_holds_the_old_and_the_new_value(shop, owner, monkeypatch: pytest.MonkeyPatch):
    told = []
    from madoguchi.app.log import services as log_services

    real = log_services.append
    monkeypatch.setattr(log_services, "append", lambda **given: told.append(given["payload"]) or real(**given))
    services.change_organisation(organisation=shop, by=owner, kana="ミナトドー")
    assert told == [{"changed": {"kana": {"from": "ミナトドウ", "to": "ミナトドー"}}}]


def test_a_change_that_changes_nothing_says_so_and_leaves_no_entry(shop: Organisation, owner: Member):
    before = kinds(shop)
    with pytest.raises(Problem, match="nothing was changed"):
        services.change_organisation(organisation=shop, by=owner, kana="ミナトドウ")
    assert kinds(shop) == before


def test_a_page_opened_long_ago_does_not_bring_back_old_values(shop: Organisation, owner: Member):
    old = Organisation.objects.get(pk=shop.pk)
    services.change_organisation(organisation=shop, by=owner, desk_name="お客様窓口")
    services.change_organisation(organisation=old, by=owner, desk_phone="0120-000-000")
    shop.refresh_from_db()
    assert (shop.desk_name, shop.desk_phone) == ("お客様窓口", "0120-000-000")


def test_a_member_is_added_with_a_login_of_their_own(shop: Organisation, owner: Member):
    member = services.add_member(organisation=shop, by=owner, email="Ｓtaff@Minato.example ", role="staff", name="担当")
    assert (member.user.email, member.role, member.user.has_usable_password()) == (
        "staff@minato.example",
        "staff",
        False,
    )
    assert kinds(shop) == ["accounts:organisation:created", "accounts:member:added", "accounts:member:added"]


def test_one_person_in_two_organisations_is_one_user(shop: Organisation, owner: Member):
    other = services.create_organisation(by=SETUP, name="別の店")
    second = services.add_member(organisation=other, by=SETUP, email="OWNER@minato.example", role="viewer")
    assert second.user == owner.user
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("email", "role", "said"),
    [
        ("owner@minato.example", "staff", "already a member"),
        ("nobody", "staff", "not a mail address"),
        ("a@b.example", "boss", "one of owner"),
        ("a@b.example", "system", "one of owner"),
    ],
)
def test_a_member_that_cannot_be_added_is_said_with_the_reason(shop, owner, email: str, role: str, said: str):
    with pytest.raises(Problem, match=said):
        services.add_member(organisation=shop, by=owner, email=email, role=role)
    assert User.objects.count() == 1
    assert len(kinds(shop)) == 2


@pytest.mark.parametrize("role", [role for role in Role.values if role != "owner"])
def test_only_an_owner_lets_people_in(shop: Organisation, owner: Member, role: str):
    other = services.add_member(organisation=shop, by=owner, email="other@minato.example", role=role)
    for call in (
        lambda: services.add_member(organisation=shop, by=other, email="third@minato.example", role="viewer"),
        lambda: services.change_role(member=other, by=other, role="owner"),
        lambda: services.remove_member(member=owner, by=other),
        lambda: services.change_organisation(organisation=shop, by=other, kana="ア"),
    ):
        with pytest.raises(Refused):
            call()
    assert len(kinds(shop)) == 3


def test_an_owner_of_another_organisation_changes_nothing_here(shop: Organisation, owner: Member):
    other = services.create_organisation(by=SETUP, name="別の店")
    stranger = services.add_member(organisation=other, by=SETUP, email="x@betsu.example", role="owner")
    with pytest.raises(Refused, match="another organisation"):
        services.remove_member(member=owner, by=stranger)
    with pytest.raises(Refused, match="another organisation"):
        services.change_organisation(organisation=shop, by=stranger, name="乗っ取り")


def test_a_role_is_changed_and_the_entry_says_from_what_to_what(shop: Organisation, owner: Member):
    staff = services.add_member(organisation=shop, by=owner, email="s@minato.example", role="staff")
    services.change_role(member=staff, by=owner, role="manager")
    staff.refresh_from_db()
    assert staff.role == "manager"
    assert kinds(shop)[-1] == "accounts:member:role_changed"
    with pytest.raises(Problem, match="already"):
        services.change_role(member=staff, by=owner, role="manager")


def test_the_last_owner_can_neither_leave_nor_step_down(shop: Organisation, owner: Member):
    services.add_member(organisation=shop, by=owner, email="m@minato.example", role="manager")
    with pytest.raises(Problem, match="without an owner"):
        services.remove_member(member=owner, by=owner)
    with pytest.raises(Problem, match="without an owner"):
        services.change_role(member=owner, by=owner, role="staff")
    second = services.add_member(organisation=shop, by=owner, email="o2@minato.example", role="owner")
    services.remove_member(member=owner, by=second)
    assert [member.user.email for member in shop.members.filter(role="owner", left_at=None)] == ["o2@minato.example"]


def test_an_owner_whose_login_is_closed_does_not_count_as_one(shop: Organisation, owner: Member):
    second = services.add_member(organisation=shop, by=owner, email="o2@minato.example", role="owner")
    second.user.is_active = False
    second.user.save()
    with pytest.raises(Problem, match="without an owner"):
        services.remove_member(member=owner, by=owner)


def test_who_has_left_may_do_nothing_and_may_come_back(shop: Organisation, owner: Member):
    second = services.add_member(organisation=shop, by=owner, email="o2@minato.example", role="owner")
    services.remove_member(member=second, by=owner)
    with pytest.raises(Refused, match="no longer a member"):
        services.remove_member(member=owner, by=second)
    with pytest.raises(Problem, match="no longer a member"):
        services.change_role(member=second, by=owner, role="staff")
    back = services.add_member(organisation=shop, by=owner, email="o2@minato.example", role="desk")
    assert back.pk == second.pk
    assert (back.role, back.left_at) == ("desk", None)


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_remove_each_other_at_once_do_not_both_succeed():
    shop = services.create_organisation(by=SETUP, name="みなと堂")
    first = services.add_member(organisation=shop, by=SETUP, email="a@minato.example", role="owner")
    second = services.add_member(organisation=shop, by=SETUP, email="b@minato.example", role="owner")
    start, said = threading.Barrier(2), []

    def remove(member: Member, by: Member) -> None:
        start.wait()
        try:
            services.remove_member(member=member, by=by)
            said.append("done")
        except Problem as problem:
            said.append(problem.say("en"))
        finally:
            connection.close()

    threads = [threading.Thread(target=remove, args=pair) for pair in ((first, second), (second, first))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said.count("done") == 1, said
    assert shop.members.filter(left_at=None, role="owner").count() == 1
    assert len(kinds(shop)) == 4

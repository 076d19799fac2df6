"""The course of a log: every kind has its words, nobody is named, and the same log gives the same text."""

import importlib
from datetime import UTC, datetime
from importlib.util import find_spec

import pytest
from django.apps import apps
from django.db import transaction

from madoguchi.app.accounts.models import Member, User
from madoguchi.app.accounts.permission import System
from madoguchi.app.log import services
from madoguchi.app.log.course import course, kinds
from madoguchi.app.service import REGISTRY

for app in apps.get_app_configs():
    if app.name.startswith("madoguchi.") and find_spec(f"{app.name}.services"):
        importlib.import_module(f"{app.name}.services")

KINDS = sorted(each.kind for each in REGISTRY.values() if each.kind and each.name.startswith("madoguchi."))


def add(log, kind, by, **more):
    with transaction.atomic():
        return services.append(log=log, kind=kind, actor=by.actor, payload={"about": "田中一郎"}, **more)


def read(log) -> str:
    with transaction.atomic():
        return course(log)


@pytest.fixture
def clock(monkeypatch):
    """Return a function that sets the time of the next entries (UTC)."""

    def at(*when: int) -> None:
        monkeypatch.setattr(services.timezone, "now", lambda: datetime(*when, tzinfo=UTC))

    at(2030, 11, 21, 14, 59)
    return at


@pytest.fixture
def member(shop):
    """Return a function that makes a member of the shop with a role."""

    def make(role: str) -> Member:
        user = User.objects.create_user(f"{role}@minato.example", name="佐藤花子")
        return Member.objects.create(organisation=shop, user=user, role=role)

    return make


@pytest.mark.parametrize("kind", KINDS)
def test_every_service_has_its_words_in_both_languages(kind):
    label = kinds()[kind]
    assert label.ja
    assert label.ja != label.en
    assert label.en.isascii()


def test_there_are_no_words_for_what_no_service_does():
    assert set(kinds()) == set(KINDS)


def test_two_kinds_are_never_called_the_same():
    for lang in ("ja", "en"):
        assert len({getattr(label, lang) for label in kinds().values()}) == len(kinds())


def test_it_tells_the_time_of_japan_the_role_and_the_documents(log, member, clock):
    add(log, "company:incident:registered", member("staff"))
    clock(2030, 11, 21, 15, 0)
    add(log, "reports:report:approved", member("owner"), files={"速報.pdf": b"x", "速報.txt": b"y"})
    add(log, "mail:deliveries:recorded", System("mail"))
    japanese, english = read(log).split("\n\n\n")
    assert japanese.splitlines() == [
        "経過",
        "",
        "「見本商店」の記録 3 件を、古い順に並べたものです。この書類を添えた書き出しそのものは入っていません。",
        "時刻は日本時間です。（ ）の中は行った人の役割で、この書類を作ったときのものです。番号は log.jsonl の index と同じです。",
        "",
        "2030年11月21日（木）",
        "  23:59    0  事案を登録（担当者）",
        "",
        "2030年11月22日（金）",
        "  00:00    1  報告書を承認（責任者）",
        "              書類：速報.pdf",
        "              書類：速報.txt",
        "  00:00    2  電子メールの送信結果を記録（システム）",
    ]
    assert english.splitlines()[-6:] == [
        "",
        "Friday, 22 November 2030",
        "  00:00    1  Report approved (owner)",
        "              document: 速報.pdf",
        "              document: 速報.txt",
        "  00:00    2  Results of sending mail entered (the system)",
    ]


def test_it_names_nobody(log, member, clock):
    who = member("manager")
    add(log, "company:facts:stated", who)
    text = read(log)
    assert "管理者" in text
    for secret in (who.user.name, who.user.email, str(who.id), "田中一郎", "member:"):
        assert secret not in text


def test_who_left_keeps_the_role_and_a_stranger_has_none(log, member, shop, clock):
    gone = member("manager")
    add(log, "company:facts:stated", gone)
    Member.objects.filter(id=gone.id).update(left_at=datetime(2030, 11, 22, tzinfo=UTC))
    assert "事実を追加・訂正（管理者）" in read(log)
    with transaction.atomic():
        services.append(log=log, kind="company:facts:stated", actor="member:1", payload={})
    assert "事実を追加・訂正（役割は不明）" in read(log)


def test_the_same_log_gives_the_same_text(log, member, clock):
    add(log, "company:incident:registered", member("staff"), files={"b.txt": b"", "a.txt": b""})
    first = read(log)
    clock(2031, 1, 1)
    assert read(log) == first
    assert first.index("a.txt") < first.index("b.txt")


def test_what_was_destroyed_is_said_and_its_documents_are_not_named(
    log, member, clock, django_capture_on_commit_callbacks
):
    row = add(log, "reports:report:approved", member("owner"), files={"速報.pdf": b"x"})
    with django_capture_on_commit_callbacks(execute=True):
        services.destroy(row=row)
    text = read(log)
    assert "内容は消去されています" in text
    assert "速報.pdf" not in text


def test_a_kind_of_an_older_release_stands_as_it_is(log, member, clock):
    add(log, "company:ghost:seen", member("owner"))
    assert "company:ghost:seen（責任者）" in read(log)


def test_a_log_without_entries_has_a_course(log):
    assert "記録 0 件" in read(log)

"""A service is permitted, is one transaction, and leaves exactly one entry; whatever else is stopped and rolled back."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable
from importlib.util import find_spec

import pytest
from django.apps import apps

from madoguchi.app import service as services
from madoguchi.app.accounts.models import Member, Organisation, User
from madoguchi.app.accounts.permission import Refused, System, table
from madoguchi.app.log.models import Entry
from madoguchi.app.log.services import append
from madoguchi.app.service import KIND, REGISTRY, Done, OneEntryError, service, silent
from madoguchi.problem import Problem

# Their functions are what services are made with.
THE_STORAGE_ITSELF = {"log"}
WRITES = re.compile(r"\.(create|bulk_create|get_or_create|update_or_create|create_user|save|update|delete)\(")


@pytest.fixture
def shop(db) -> Organisation:
    return Organisation.objects.create(name="みなと堂")


@pytest.fixture
def owner(shop: Organisation) -> Member:
    return Member.objects.create(organisation=shop, user=User.objects.create_user("o@example.jp"), role="owner")


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test make services of its own that nobody else sees."""
    monkeypatch.setattr(services, "REGISTRY", {})


def public_functions():
    """Return every public function that stands in a ``services`` module or package of an app of ours."""
    for app in apps.get_app_configs():
        if not app.name.startswith("madoguchi.") or app.label in THE_STORAGE_ITSELF:
            continue
        if find_spec(f"{app.name}.services") is None:
            continue
        module = importlib.import_module(f"{app.name}.services")
        inside = [f"{module.__name__}.{m.name}" for m in pkgutil.iter_modules(getattr(module, "__path__", []))]
        for each in [module, *map(importlib.import_module, inside)]:
            for name, function in inspect.getmembers(each, inspect.isfunction):
                if function.__module__ == each.__name__ and not name.startswith("_"):
                    yield function


def looks_like_a_writer(function: Callable) -> bool:
    """Say whether a function writes rows and is called like a service; building blocks take positional arguments."""
    parameters = inspect.signature(function).parameters.values()
    called_like_one = all(p.kind in (p.KEYWORD_ONLY, p.VAR_KEYWORD) for p in parameters)
    return called_like_one and bool(WRITES.search(inspect.getsource(function)))


def test_every_writer_of_every_app_is_a_registered_service():
    writers = {f"{f.__module__}.{f.__name__}" for f in public_functions() if looks_like_a_writer(f)}
    assert writers >= {"madoguchi.app.accounts.services.add_member", "madoguchi.app.due.services.plan"}
    assert not writers - set(REGISTRY)


def test_what_promises_to_be_done_is_a_registered_service():
    promised = {f"{f.__module__}.{f.__name__}" for f in public_functions() if f.__annotations__.get("return") is Done}
    assert "madoguchi.app.accounts.services.change_role" in promised
    assert not promised - set(REGISTRY)


def test_every_service_has_a_kind_of_its_own_and_an_action_of_the_table():
    told = [each for each in REGISTRY.values() if each.kind]
    assert len({each.kind for each in told}) == len(told)
    for each in told:
        assert KIND.fullmatch(each.kind)
        assert each.action in table().actions, each.name


def test_a_silent_writer_says_why():
    silent_ones = [each for each in REGISTRY.values() if not each.kind]
    assert silent_ones
    assert all(each.because for each in silent_ones)


def test_a_service_leaves_exactly_one_entry_of_its_kind_by_its_actor(registry, shop: Organisation, owner: Member):
    @service(kind="test:name:changed", action="organisation.change", on="organisation")
    def rename(*, organisation, by, name) -> Done:
        organisation.name = name
        organisation.save()
        return Done(organisation, {"name": name})

    assert rename(organisation=shop, by=owner, name="新しい名前").name == "新しい名前"
    entry = Entry.objects.get()
    assert (entry.kind, entry.actor) == ("test:name:changed", f"member:{owner.id}")


def test_who_may_not_is_refused_before_anything_is_written(registry, shop: Organisation, owner: Member):
    called = []

    @service(kind="test:name:changed", action="organisation.change", on="organisation")
    def rename(*, organisation, by) -> Done:
        called.append(by)
        return Done(None, {})

    owner.role = "viewer"
    owner.save()
    with pytest.raises(Refused):
        rename(organisation=shop, by=owner)
    with pytest.raises(Refused):
        rename(organisation=Organisation.objects.create(name="別の店"), by=owner)
    assert called == []
    assert not Entry.objects.exists()


def test_a_role_taken_away_meanwhile_counts_although_the_page_still_holds_it(registry, shop, owner: Member):
    @service(kind="test:name:changed", action="organisation.change", on="organisation")
    def rename(*, organisation, by) -> Done:
        return Done(None, {})

    Member.objects.filter(pk=owner.pk).update(role="viewer")
    assert owner.role == "owner"
    with pytest.raises(Refused):
        rename(organisation=shop, by=owner)


@pytest.mark.parametrize("mistake", ["appends itself", "calls another", "returns nothing", "fails", "no json"])
def test_a_service_that_goes_wrong_leaves_nothing(registry, shop: Organisation, owner: Member, mistake: str):
    @service(kind="test:inner:changed", action="organisation.change", on="organisation")
    def inner(*, organisation, by) -> Done:
        return Done(None, {})

    @service(kind="test:outer:changed", action="organisation.change", on="organisation")
    def outer(*, organisation, by) -> Done | None:
        organisation.name = "違う名前"
        organisation.save()
        if mistake == "appends itself":
            append(log=organisation.record_log(), kind="test:own:entry", actor=by.actor, payload={})
        if mistake == "calls another":
            inner(organisation=organisation, by=by)
        if mistake == "fails":
            raise Problem(ja="だめ", en="no")
        if mistake == "no json":
            return Done(None, {"when": object()})
        return None if mistake == "returns nothing" else Done(None, {})

    with pytest.raises((OneEntryError, Problem, TypeError, ValueError)):
        outer(organisation=shop, by=owner)
    shop.refresh_from_db()
    assert shop.name == "みなと堂"
    assert not Entry.objects.exists()
    # The next one starts clean.
    inner(organisation=shop, by=owner)
    assert Entry.objects.count() == 1


def test_a_silent_writer_may_be_called_inside_a_service(registry, shop: Organisation, owner: Member):
    @silent("a test")
    def note() -> str:
        return "noted"

    @service(kind="test:outer:changed", action="organisation.change", on="organisation")
    def outer(*, organisation, by) -> Done:
        return Done(note(), {})

    assert outer(organisation=shop, by=owner) == "noted"
    assert Entry.objects.count() == 1


def test_a_service_of_a_wrong_shape_is_found_when_it_is_written(registry):
    with pytest.raises(TypeError, match="source:subject:action"):
        service(kind="renamed", action="organisation.change")
    with pytest.raises(TypeError, match="keyword"):
        service(kind="a:b:c", action="organisation.change")(lambda organisation, by: None)
    with pytest.raises(TypeError, match="`by`"):

        @service(kind="a:b:c", action="organisation.change")
        def nobody(*, organisation) -> Done: ...

    with pytest.raises(TypeError, match="no argument 'shop'"):

        @service(kind="a:b:c", action="organisation.change", on="shop")
        def elsewhere(*, organisation, by) -> Done: ...


def test_two_services_do_not_share_a_kind(registry):
    @service(kind="a:b:c", action="organisation.change")
    def first(*, by) -> Done: ...

    with pytest.raises(TypeError, match="same kind"):

        @service(kind="a:b:c", action="organisation.change")
        def second(*, by) -> Done: ...


def test_the_first_thing_of_all_is_made_by_the_system(registry, db):
    @service(kind="test:organisation:made", action="organisation.create")
    def make(*, by) -> Done:
        shop = Organisation.objects.create(name="みなと堂")
        return Done(shop, {}, about=shop)

    make(by=System("setup"))
    assert Entry.objects.get().actor == "system:setup"

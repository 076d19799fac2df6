"""An announcement is prepared by one person, approved by another, put on the site, and followed by its next revision."""

import threading
from collections import Counter
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from madoguchi.app.accounts.permission import Refused
from madoguchi.app.accounts.services import change_organisation, remove_member
from madoguchi.app.announcements.models import Announcement
from madoguchi.app.announcements.queries import current, documents
from madoguchi.app.announcements.services import approve_announcement, prepare_announcement, publish_announcement
from madoguchi.app.company.services import close_incident, state_facts
from madoguchi.app.log.models import Entry
from madoguchi.app.log.queries import case_file, payload
from madoguchi.exchange import wellknown
from madoguchi.problem import Problem
from madoguchi.record import container

NEWS = {"cause": {"kind": "misconfiguration"}, "cause_told": "公開設定の誤りです。", "investigating": []}


def last_entry(incident) -> Entry:
    return Entry.objects.filter(log=incident.record_log()).order_by("index").last()


def prepared(shop, incident, **more) -> Announcement:
    return prepare_announcement(incident=incident, by=shop.manager, **{"url": shop.page, **more})


def approved(shop, incident, **more) -> Announcement:
    return approve_announcement(announcement=prepared(shop, incident, **more), by=shop.owner)


def text(announcement: Announcement) -> str:
    return documents(announcement)["公表文.txt"].decode()


def state(shop, incident, **facts) -> None:
    state_facts(incident=incident, by=shop.manager, facts=facts or NEWS, reason="調査")


# ---------------------------------------------------------------- prepared


def test_it_says_what_the_facts_say(shop_case, incident):
    made = prepared(shop_case, incident)
    assert (made.revision, made.before, made.published_at) == (1, None, None)
    paper = text(made)
    for said in ("みなと堂", "名簿が外部に流出しました。", "セキュリティコード", "0120-000-000", "5名"):
        assert said in paper
    assert payload(last_entry(incident))["url"] == shop_case.page


def test_an_address_that_is_not_ours_is_refused_and_nothing_is_written(shop_case, incident):
    before = Entry.objects.count()
    with pytest.raises(Problem, match=r"stands on the official domain \(minato.example\)"):
        prepared(shop_case, incident, url="https://minato.example.evil.example/a.html")
    assert not Announcement.objects.exists()
    assert Entry.objects.count() == before


def test_a_shop_without_a_domain_is_told_to_enter_one(shop_case):
    with pytest.raises(Problem, match="enter the organisation's domain"):
        prepared(shop_case, shop_case.incident())


def test_a_language_that_we_do_not_have_is_refused(shop_case, incident):
    with pytest.raises(Problem, match="choose one of ja, en, ja-easy"):
        prepared(shop_case, incident, lang="fr")


@pytest.mark.parametrize("lang", ["en", "ja-easy"])
def test_it_can_be_in_another_language(shop_case, incident, lang: str):
    assert text(prepared(shop_case, incident, lang=lang)) != text(prepared(shop_case, incident))


def test_a_closed_incident_is_announced_no_more(shop_case, incident):
    close_incident(incident=incident, by=shop_case.manager, reason="完了")
    with pytest.raises(Problem, match="closed"):
        prepared(shop_case, incident)


def test_what_would_tell_who_somebody_is_does_not_get_into_it(shop_case, incident):
    state(shop_case, incident, summary="担当の090-1234-5678に電話がありました。")
    with pytest.raises(Problem, match="mobile number"):
        prepared(shop_case, incident)
    assert not Announcement.objects.exists()


def test_a_draft_with_a_mistake_is_left_behind_without_a_gap(shop_case, incident, published):
    draft = prepared(shop_case, incident)
    assert published(incident).revision == 1
    with pytest.raises(Problem, match="a newer announcement was prepared"):
        approve_announcement(announcement=draft, by=shop_case.owner)


# ---------------------------------------------------------------- approved


def test_a_second_person_approves(shop_case, incident):
    made = approved(shop_case, incident)
    assert (made.prepared_by, made.approved_by) == (shop_case.manager, shop_case.owner)
    assert payload(last_entry(incident))["alone"] is False


def test_who_prepared_it_may_not_while_another_may(shop_case, incident):
    made = prepared(shop_case, incident)
    with pytest.raises(Refused, match="ask another member"):
        approve_announcement(announcement=made, by=shop_case.manager)
    made.refresh_from_db()
    assert made.approved_at is None


def test_who_is_alone_approves_and_the_record_says_so(shop_case, incident):
    remove_member(member=shop_case.manager, by=shop_case.owner)
    made = prepare_announcement(incident=incident, by=shop_case.owner, url=shop_case.page)
    assert approve_announcement(announcement=made, by=shop_case.owner).approved_by == shop_case.owner
    assert payload(last_entry(incident))["alone"] is True


def test_it_is_approved_once(shop_case, incident):
    made = approved(shop_case, incident)
    before = Entry.objects.count()
    with pytest.raises(Problem, match="approved already"):
        approve_announcement(announcement=made, by=shop_case.owner)
    assert Entry.objects.count() == before


def test_facts_that_moved_since_it_was_prepared_are_not_approved_over(shop_case, incident):
    made = prepared(shop_case, incident)
    state(shop_case, incident)
    with pytest.raises(Problem, match="prepare the announcement anew"):
        approve_announcement(announcement=made, by=shop_case.owner)


def test_the_papers_in_the_record_are_those_that_are_handed_out(shop_case, incident):
    made = approved(shop_case, incident)
    index = last_entry(incident).index
    members = container.read(case_file(incident.record_log())).members
    kept = {
        each.name.rpartition("/")[2]: bytes(each.data) for each in members if each.name.startswith(f"files/{index}/")
    }
    assert kept == documents(made)
    assert set(kept) == {"公表文.txt", "公表文.html", "公表文.pdf", "FAQ.txt", "FAQ.html", "電話対応.pdf"}


def test_what_was_approved_does_not_change_with_the_desk_or_the_facts(shop_case, incident):
    made = approved(shop_case, incident)
    before = documents(made)
    change_organisation(organisation=shop_case.organisation, by=shop_case.owner, desk_phone="0120-999-999")
    state(shop_case, incident)
    assert documents(Announcement.objects.get(id=made.id)) == before


# ---------------------------------------------------------------- published


def test_the_folder_is_the_site_with_the_page_where_its_address_says(shop_case, incident, published, tmp_path: Path):
    made = published(incident)
    papers, web = documents(made), tmp_path / "web"
    assert {str(path.relative_to(web)): path.read_bytes() for path in web.rglob("*") if path.is_file()} == {
        "news/oshirase.html": papers["公表文.html"],
        "news/oshirase.pdf": papers["公表文.pdf"],
        "news/oshirase.txt": papers["公表文.txt"],
        "news/oshirase-faq.html": papers["FAQ.html"],
        ".well-known/madoguchi.json": (web / ".well-known/madoguchi.json").read_bytes(),
    }
    assert made.published_at is not None
    assert payload(last_entry(incident))["signed"] is True


def test_the_call_script_is_for_the_staff_alone(incident, published, tmp_path: Path):
    script = documents(published(incident))["電話対応.pdf"]
    assert script not in [path.read_bytes() for path in (tmp_path / "web").rglob("*") if path.is_file()]


def test_it_is_not_published_before_its_approval(shop_case, incident, tmp_path: Path):
    made = prepared(shop_case, incident)
    with pytest.raises(Problem, match="not approved yet"):
        publish_announcement(announcement=made, by=shop_case.staff, folder=tmp_path / "web")
    assert not (tmp_path / "web").exists()
    assert current(incident) is None


def test_a_page_that_was_opened_before_the_approval_can_publish(shop_case, incident, tmp_path: Path):
    stale = prepared(shop_case, incident)
    approve_announcement(announcement=Announcement.objects.get(id=stale.id), by=shop_case.owner)
    assert publish_announcement(announcement=stale, by=shop_case.staff, folder=tmp_path / "web").published_at


def test_it_is_published_once(shop_case, incident, published, tmp_path: Path):
    made, before = published(incident), Entry.objects.count()
    with pytest.raises(Problem, match="published already"):
        publish_announcement(announcement=made, by=shop_case.staff, folder=tmp_path / "web")
    assert Entry.objects.count() == before
    assert Announcement.objects.get(id=made.id).jws == made.jws


def test_a_folder_that_cannot_be_written_to_leaves_it_unpublished(shop_case, incident, tmp_path: Path):
    made = approved(shop_case, incident)
    (tmp_path / "web").write_bytes(b"kept")
    before = Entry.objects.count()
    with pytest.raises(Problem, match="cannot be written to"):
        publish_announcement(announcement=made, by=shop_case.staff, folder=tmp_path / "web")
    made.refresh_from_db()
    assert (made.published_at, made.jws, made.statement_id) == (None, "", None)
    assert Entry.objects.count() == before


def test_another_page_of_the_site_is_never_overwritten(shop_case, incident, tmp_path: Path):
    home = tmp_path / "web" / "index.html"
    home.parent.mkdir()
    home.write_bytes(b"home")
    made = approved(shop_case, incident, url="https://minato.example/")
    with pytest.raises(Problem, match="another page"):
        publish_announcement(announcement=made, by=shop_case.staff, folder=tmp_path / "web")
    assert home.read_bytes() == b"home"
    assert not (tmp_path / "web" / ".well-known").exists()


def test_what_was_written_before_a_crash_is_no_hindrance(shop_case, incident, tmp_path: Path, monkeypatch):
    made = approved(shop_case, incident)
    with monkeypatch.context() as patch:
        patch.setattr("madoguchi.app.log.services.entry_written", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            publish_announcement(announcement=made, by=shop_case.staff, folder=tmp_path / "web")
    assert (tmp_path / "web/news/oshirase.html").exists()
    assert current(incident) is None
    again = Announcement.objects.get(id=made.id)
    assert publish_announcement(announcement=again, by=shop_case.staff, folder=tmp_path / "web").published_at


def test_a_domain_that_is_no_longer_ours_is_not_published_on(shop_case, incident, tmp_path: Path):
    made = approved(shop_case, incident)
    shop_case.has_domain("minato-do.example")
    with pytest.raises(Problem, match="official domain"):
        publish_announcement(announcement=made, by=shop_case.staff, folder=tmp_path / "web")


@pytest.mark.parametrize(
    "change",
    [{"approved_at": None}, {"statement_id": None}, {"jws": ""}, {"revision": 2}],
)
def test_the_database_too_refuses_what_cannot_be(incident, published, change: dict):
    made = published(incident)
    with pytest.raises(IntegrityError), transaction.atomic():
        Announcement.objects.filter(id=made.id).update(**change)


# ---------------------------------------------------------------- the next revision


def test_the_next_revision_tells_what_changed_and_takes_the_place_of_the_former(shop_case, incident, published):
    first = published(incident)
    state(shop_case, incident)
    second = published(incident)
    assert (second.revision, second.before, current(incident)) == (2, first, second)
    paper = text(second)
    for said in ("第2報", "前回の公表から変わったこと", "公開設定の誤りです。", "続報"):
        assert said in paper
    assert "前回の公表から変わったこと" not in text(first)
    assert payload(last_entry(incident))["revision"] == 2


def test_a_correction_says_what_was_wrong(shop_case, incident, published):
    published(incident)
    state(shop_case, incident, items=["name", "email"])
    said = "前回のお知らせで、対象の項目に誤りがありました。"
    paper = text(published(incident, correction=f" {said} "))
    assert said in paper
    assert "訂正" in paper


def test_there_is_nothing_to_correct_before_the_first(shop_case, incident):
    with pytest.raises(Problem, match="nothing was published yet") as caught:
        prepared(shop_case, incident, correction="誤りがありました。")
    assert caught.value.place == "correction"


def test_the_same_facts_are_not_announced_twice(shop_case, incident, published):
    published(incident)
    with pytest.raises(Problem, match="no fact has changed"):
        prepared(shop_case, incident)
    state(shop_case, incident, contactable="some")
    with pytest.raises(Problem, match="no fact has changed"):
        prepared(shop_case, incident, lang="en")


def test_a_page_that_moved_is_announced_again(shop_case, incident, published):
    published(incident)
    moved = published(incident, url="https://minato.example/important.html")
    assert (moved.revision, moved.url) == (2, "https://minato.example/important.html")


def test_the_page_of_the_former_revision_may_be_taken_over(shop_case, incident, published, tmp_path: Path):
    published(incident)
    state(shop_case, incident)
    second = published(incident)
    assert (tmp_path / "web/news/oshirase.html").read_bytes() == documents(second)["公表文.html"]


def test_an_approved_one_is_left_behind_by_a_newer_one(shop_case, incident, published, tmp_path: Path):
    older = approved(shop_case, incident)
    state(shop_case, incident)
    newer = approved(shop_case, incident)
    with pytest.raises(Problem, match="a newer announcement was approved"):
        publish_announcement(announcement=older, by=shop_case.staff, folder=tmp_path / "web")
    assert publish_announcement(announcement=newer, by=shop_case.staff, folder=tmp_path / "web").revision == 1


def test_one_that_was_written_before_the_former_was_published_is_written_anew(shop_case, incident, tmp_path: Path):
    first = approved(shop_case, incident)
    state(shop_case, incident)
    late = prepared(shop_case, incident)
    publish_announcement(announcement=first, by=shop_case.staff, folder=tmp_path / "web")
    with pytest.raises(Problem, match="another revision was published"):
        approve_announcement(announcement=late, by=shop_case.owner)
    assert prepared(shop_case, incident).before == first


# ---------------------------------------------------------------- at once


@pytest.mark.django_db(transaction=True)
def test_two_incidents_published_at_once_both_stand_in_the_sites_document(shop_case, tmp_path: Path):
    shop_case.has_domain(key=True)
    made = [
        approved(shop_case, shop_case.incident(f"事案{n}"), url=f"https://minato.example/{n}.html") for n in range(4)
    ]
    together, ended = threading.Barrier(8), []

    def publish(announcement: Announcement) -> None:
        try:
            together.wait()
            publish_announcement(announcement=announcement, by=shop_case.staff, folder=tmp_path / "web")
            ended.append("published")
        except Problem as problem:
            ended.append(problem.say("en"))
        finally:
            connection.close()

    # Each is published by two people at the same time, of whom one is told that it is done.
    threads = [threading.Thread(target=publish, args=(Announcement.objects.get(id=one.id),)) for one in [*made, *made]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(ended) == {"published": 4, "it is published already; nothing was changed": 4}
    site = wellknown.read((tmp_path / "web/.well-known/madoguchi.json").read_bytes(), "minato.example")
    assert set(site.announcements) == set(Announcement.objects.values_list("jws", flat=True))
    assert len(site.announcements) == 4

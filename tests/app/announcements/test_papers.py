"""The signed announcement says what the page says, and the site's document lists those that count."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from madoguchi.app.accounts.services import change_organisation
from madoguchi.app.announcements.papers import facts_of
from madoguchi.app.announcements.queries import documents, filings, holding, publication
from madoguchi.app.announcements.services import approve_announcement, prepare_announcement
from madoguchi.app.company.facts import read
from madoguchi.app.company.paper_facts import public_facts
from madoguchi.app.company.services import state_facts
from madoguchi.app.log.models import Entry
from madoguchi.app.log.queries import payload, public_keys
from madoguchi.app.notices.papers import HOLDS
from madoguchi.app.notices.services import print_notices
from madoguchi.app.reports.services import approve_report, file_report
from madoguchi.app.statements.models import StatementKey
from madoguchi.app.statements.services import make_key, revoke_key
from madoguchi.exchange import carry, letter_digest, open_statement, wellknown

DOMAIN = "minato.example"


def document(folder: Path) -> wellknown.WellKnown:
    """Return what a visitor reads at the domain that they know."""
    return wellknown.read((folder / "web/.well-known/madoguchi.json").read_bytes(), DOMAIN)


def opened(folder: Path) -> list:
    """Return the announcements that a visitor of the site accepts now."""
    site = document(folder)
    trusted = wellknown.trusted([site])
    return [open_statement(jws, trusted=trusted, now=timezone.now()).statement for jws in site.announcements]


def items(statement) -> dict[str, str]:
    return {item.key: item.tier for item in statement.body.items}


def test_a_visitor_of_the_site_accepts_it_and_finds_the_page_unchanged(incident, published, tmp_path, shop_case):
    made = published(incident)
    (statement,) = opened(tmp_path)
    body = statement.body
    assert (statement.type, statement.issuer, statement.id) == ("announcement", DOMAIN, str(made.statement_id))
    assert (body.url, body.published, body.revision, body.supersedes) == (
        shop_case.page,
        shop_case.today(),
        1,
        None,
    )
    page = (tmp_path / "web/news/oshirase.txt").read_text(encoding="utf-8")
    assert letter_digest(page) == body.letter_sha256
    assert (body.persons.value, body.persons.qualifier) == (5, "exact")
    assert body.incident.id == str(incident.id)
    assert body.not_leaked == ("card_security_code",)
    assert [(window.channel, window.value) for window in body.windows] == [("phone", "0120-000-000")]
    assert (body.dates.known_on.isoformat(), body.secondary_harm) == (shop_case.day(3), "unknown")


def test_an_item_is_proved_only_where_the_scan_saw_it(incident, published, tmp_path):
    made = published(incident)
    (statement,) = opened(tmp_path)
    assert set(items(statement)) == set(facts_of(made).items)
    assert set(items(statement).values()) == {"proved"}


def test_without_a_scan_an_item_is_as_certain_as_the_company_is(shop_case, published, tmp_path):
    shop_case.has_domain(key=True)
    published(shop_case.incident(certainty="suspected", persons={"confirmed": 0, "upper": 300}))
    published(shop_case.incident(items=["email"]), url=f"https://{DOMAIN}/other.html")
    suspected, certain = opened(tmp_path)
    assert items(suspected) == {"name": "possible"}
    assert (suspected.body.persons.value, suspected.body.persons.qualifier) == (300, "max")
    assert (items(certain), certain.body.persons) == ({"email": "proved"}, None)


def test_an_item_that_was_only_within_reach_is_possible(shop_case, published, tmp_path):
    shop_case.has_domain(key=True)
    incident = shop_case.incident()
    result = shop_case.files.result
    seen = {"proved": {"name": 5}, "possible": {"email": 2, "name": 1}, "population": {}}
    shop_case.take(incident, replace(result, summary={**result.summary, "items": seen}))
    published(incident)
    (statement,) = opened(tmp_path)
    assert (items(statement)["name"], items(statement)["email"]) == ("proved", "possible")


def test_the_site_lists_the_newest_revision_of_each_incident(shop_case, incident, published, tmp_path):
    first = published(incident)
    published(shop_case.incident("別の事案"), url=f"https://{DOMAIN}/other.html")
    state_facts(incident=incident, by=shop_case.manager, facts={"investigating": ["4", "5"]}, reason="")
    second = published(incident)
    other, newest = opened(tmp_path)
    assert other.body.revision == 1
    assert (newest.body.revision, newest.body.supersedes) == (2, str(first.statement_id))
    assert newest.id == str(second.statement_id)
    assert newest.body.incident == opened_of(first).body.incident


def opened_of(announcement):
    keys = {row.kid: row.key for row in StatementKey.objects.all()}
    return open_statement(announcement.jws, trusted={DOMAIN: keys}, now=timezone.now()).statement


def test_what_was_signed_stands_in_the_record_with_its_digest(incident, published):
    made = published(incident)
    entry = Entry.objects.filter(log=incident.record_log()).order_by("index").last()
    files = {each.name for each in entry.files.all()}
    assert files == {"madoguchi.json", carry.attachment(made.jws)[0]}
    said = payload(entry)
    assert (said["signed"], said["statement"]) == (True, str(made.statement_id))
    assert len(said["statement_sha256"]) == 64


def test_without_a_key_it_goes_unsigned_and_the_record_says_so(shop_case, published, tmp_path):
    shop_case.has_domain()
    incident = shop_case.incident(investigating=["4"])
    made = published(incident)
    entry = Entry.objects.filter(log=incident.record_log()).order_by("index").last()
    assert (made.statement_id, made.jws) == (None, "")
    assert payload(entry)["signed"] is False
    assert document(tmp_path).announcements == ()
    # Only the key of the case files is published: there is none to sign statements with.
    assert set(document(tmp_path).keyset) == {key["kid"] for key in public_keys(shop_case.organisation)["keys"]}
    assert document(tmp_path).windows


def test_the_first_that_is_signed_may_follow_one_that_was_not(shop_case, published, tmp_path):
    shop_case.has_domain()
    incident = shop_case.incident(investigating=["4"])
    unsigned = published(incident)
    make_key(organisation=shop_case.organisation, by=shop_case.owner)
    state_facts(incident=incident, by=shop_case.manager, facts={"investigating": []}, reason="")
    published(incident)
    (statement,) = opened(tmp_path)
    assert (statement.body.revision, statement.body.supersedes) == (2, str(unsigned.id))


def test_what_a_stolen_key_signed_is_listed_no_more(shop_case, incident, published):
    published(incident)
    organisation = shop_case.organisation
    assert len(holding(organisation, timezone.now())) == 1
    revoke_key(key=StatementKey.objects.get(), by=shop_case.owner, reason="compromised")
    assert holding(organisation, timezone.now()) == []


def test_what_a_replaced_key_signed_holds_until_its_own_end(shop_case, incident, published):
    published(incident)
    make_key(organisation=shop_case.organisation, by=shop_case.owner)
    now = timezone.now()
    assert len(holding(shop_case.organisation, now + HOLDS - timedelta(days=1))) == 1
    assert holding(shop_case.organisation, now + HOLDS + timedelta(days=1)) == []


def test_another_organisations_announcements_are_not_ours(shop_case, incident, published):
    from madoguchi.app.accounts.permission import System
    from madoguchi.app.accounts.services import create_organisation

    published(incident)
    other = create_organisation(by=System("setup"), name="よその店", domain="yoso.example")
    assert holding(other, timezone.now()) == []


# ---------------------------------------------------------------- facts that the rest of the house knows


def paper(shop, incident) -> str:
    made = prepare_announcement(incident=incident, by=shop.manager, url=shop.page)
    return documents(made)["公表文.txt"].decode()


def test_a_report_that_was_filed_is_told_with_its_day(shop_case, incident):
    assert filings(incident) == []
    report = approve_report(report=shop_case.report(incident), by=shop_case.owner)
    assert filings(incident) == []
    file_report(report=report, by=shop_case.manager, reception_number="R-1")
    assert filings(incident) == [{"to": "ppc", "state": "done", "date": shop_case.today()}]
    assert "個人情報保護委員会" in paper(shop_case, incident)


@pytest.mark.parametrize(
    ("key", "who"), [("police", "警察"), ("card_companies", "カード会社"), ("other_authorities", "監督官庁")]
)
def test_whom_else_the_company_told_is_in_its_own_words(shop_case, incident, key: str, who: str):
    assert "相談済みです。" not in paper(shop_case, incident)
    state_facts(incident=incident, by=shop_case.manager, facts={"others": {key: "相談済みです。"}}, reason="")
    told = paper(shop_case, incident)
    assert "相談済みです。" in told
    assert who in told


def test_how_people_are_told_follows_from_the_notices(shop_case, incident, tmp_path):
    assert "決まり次第" in paper(shop_case, incident)
    round_ = shop_case.round(incident)
    planned = paper(shop_case, incident)
    assert "個別にお知らせする予定です" in planned
    assert "ご連絡先が分からない" in planned
    print_notices(round_=round_, by=shop_case.manager, folder=tmp_path / "post")
    assert "順次" in paper(shop_case, incident)


def test_who_is_concerned_and_what_is_offered_are_told_where_stated(shop_case, incident):
    told = {"affected_group": "2026年に会員登録をされた方", "compensation_told": "500円分の商品券をお送りします。"}
    state_facts(incident=incident, by=shop_case.manager, facts=told, reason="決定")
    said = paper(shop_case, incident)
    assert all(text in said for text in told.values())


def test_the_page_is_dated_with_the_day_of_its_approval(shop_case, incident, monkeypatch):
    made = prepare_announcement(incident=incident, by=shop_case.manager, url=shop_case.page)
    prepared_on, tomorrow = shop_case.today(), timezone.now() + timedelta(days=1)
    assert facts_of(made).date == prepared_on
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    approved = approve_announcement(announcement=made, by=shop_case.owner)
    assert facts_of(approved).date == prepared_on + timedelta(days=1)


def test_a_desk_that_changed_is_news(shop_case, incident, published):
    published(incident)
    change_organisation(organisation=shop_case.organisation, by=shop_case.owner, desk_phone="0120-111-222")
    assert "0120-111-222" in paper(shop_case, incident)


def test_that_it_was_published_follows_from_the_announcements(shop_case, incident, published):
    assert publication(incident) == {}
    published(incident)
    state_facts(incident=incident, by=shop_case.manager, facts={"investigating": []}, reason="")
    published(incident)
    said = publication(incident)
    assert said == {"state": "done", "date": shop_case.today(), "methods": ["web"]}
    planned = read({"publication": {"state": "planned"}}, today=shop_case.today())
    known = {"date": shop_case.today(), "notices": {}, "filings": []}
    assert public_facts(planned, shop_case.organisation, **known).publication.state == "planned"
    assert public_facts(planned, shop_case.organisation, publication=said, **known).publication.state == "done"

"""A report is prepared by one person, approved by another, filed with its number, and followed by the next version."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from madoguchi.app.accounts.permission import Refused, System
from madoguchi.app.accounts.services import add_member, create_organisation, remove_member
from madoguchi.app.company.services import assess_duties, register_incident, state_facts
from madoguchi.app.log.models import Entry
from madoguchi.app.log.queries import case_file, payload
from madoguchi.app.notices.services import print_notices, queue_notices
from madoguchi.app.reports.models import Report
from madoguchi.app.reports.queries import destination, documents, last_approved, letter_facts
from madoguchi.app.reports.services import approve_report, file_report, prepare_report
from madoguchi.letters.report import difference
from madoguchi.problem import Problem
from madoguchi.record import container


def last_entry(incident) -> Entry:
    return Entry.objects.filter(log=incident.record_log()).order_by("index").last()


def text(report: Report) -> str:
    return next(content.decode() for name, content in documents(report).items() if name.endswith(".txt"))


@pytest.fixture
def incident(shop_case):
    made = shop_case.incident(publication={"state": "planned", "date": shop_case.day(-2)}, investigating=["4"])
    shop_case.take(made)
    return made


@pytest.fixture
def filed(shop_case, incident) -> Report:
    report = approve_report(report=shop_case.report(incident), by=shop_case.owner)
    return file_report(report=report, by=shop_case.manager, reception_number=" 令8-01234 ")


# ---------------------------------------------------------------- prepared


def test_a_report_says_what_the_facts_say(shop_case, incident):
    report = shop_case.report(incident)
    facts = letter_facts(report)
    assert (report.version, report.kind, facts.date) == (1, "prompt", shop_case.today())
    assert facts.overview.situations == ("2", "3")
    assert (facts.persons.confirmed, facts.persons.upper, facts.persons.with_card) == (5, 5, 1)
    assert (facts.reporter.name, facts.destination) == ("みなと堂", "個人情報保護委員会")
    paper = text(report)
    for said in ("みなと堂", "個人情報保護委員会", "名簿が外部に流出しました。", "港 七海", "5人"):
        assert said in paper


def test_to_whom_it_goes_is_the_laws_answer(shop_case, incident):
    assert destination(shop_case.assess(incident)) == "個人情報保護委員会"


def test_there_is_nothing_to_prepare_before_the_duties_are_assessed(shop_case, incident):
    with pytest.raises(Problem, match="assess them first"):
        prepare_report(incident=incident, by=shop_case.manager, kind="prompt", dated=shop_case.today())


def test_an_unknown_kind_is_a_problem_and_nothing_is_written(shop_case, incident):
    shop_case.assess(incident)
    with pytest.raises(Problem, match="kind"):
        prepare_report(incident=incident, by=shop_case.manager, kind="interim", dated=shop_case.today())
    assert not Report.objects.exists()


def test_a_report_cannot_be_dated_before_what_it_tells_of(shop_case, incident):
    shop_case.assess(incident)
    before = Entry.objects.count()
    with pytest.raises(Problem, match="after the report's own date"):
        prepare_report(
            incident=incident, by=shop_case.manager, kind="prompt", dated=shop_case.today() - timedelta(days=5)
        )
    assert not Report.objects.exists()
    assert Entry.objects.count() == before


def test_the_program_prepares_no_report_by_itself(shop_case, incident):
    shop_case.assess(incident)
    with pytest.raises(Refused):
        prepare_report(incident=incident, by=System("worker"), kind="prompt", dated=shop_case.today())


def test_facts_stated_later_do_not_change_a_prepared_report(shop_case, incident):
    report = shop_case.report(incident)
    before = documents(report)
    state_facts(incident=incident, by=shop_case.manager, facts={"summary": "別の話"}, reason="訂正")
    report.refresh_from_db()
    assert documents(report) == before


def test_a_draft_with_a_mistake_is_left_behind_by_the_next_version(shop_case, incident):
    draft = shop_case.report(incident)
    mended = shop_case.report(incident)
    assert (mended.version, mended.before) == (2, None)
    with pytest.raises(Problem, match="a newer version"):
        approve_report(report=draft, by=shop_case.owner)
    assert approve_report(report=mended, by=shop_case.owner).approved_at is not None
    assert shop_case.report(incident, "final").before == mended


def test_before_any_notice_is_prepared_the_report_says_that_one_is_planned(shop_case, incident):
    told = letter_facts(shop_case.report(incident)).notices
    assert (told.state, told.count) == ("planned", None)


# ---------------------------------------------------------------- approved


def test_a_second_person_approves(shop_case, incident):
    report = approve_report(report=shop_case.report(incident), by=shop_case.owner)
    assert (report.prepared_by, report.approved_by) == (shop_case.manager, shop_case.owner)
    assert report.approved_at > report.prepared_at
    assert payload(last_entry(incident))["alone"] is False


def test_who_prepared_it_may_not_while_another_may(shop_case, incident):
    report = shop_case.report(incident)
    with pytest.raises(Refused, match="ask another member"):
        approve_report(report=report, by=shop_case.manager)
    report.refresh_from_db()
    assert report.approved_at is None


def test_staff_may_not_approve_at_all(shop_case, incident):
    with pytest.raises(Refused, match="a staff may not"):
        approve_report(report=shop_case.report(incident), by=shop_case.staff)


def test_who_is_alone_approves_and_the_record_says_so(shop_case, incident):
    report = shop_case.report(incident)
    owner = shop_case.owner
    alone = prepare_after_leaving(shop_case, report)
    approved = approve_report(report=alone, by=owner)
    assert approved.approved_by == approved.prepared_by == owner
    assert payload(last_entry(incident))["alone"] is True


def prepare_after_leaving(shop_case, report: Report) -> Report:
    """Return the report of an owner who is alone: the manager, who prepared the one before, has left."""
    approve_report(report=report, by=shop_case.owner)
    remove_member(member=shop_case.manager, by=shop_case.owner)
    incident = report.incident
    return prepare_report(incident=incident, by=shop_case.owner, kind="supplement", dated=shop_case.today())


def test_a_one_person_shop_can_report(shop_case):
    setup = System("setup")
    organisation = create_organisation(by=setup, name="ひとり商店")
    owner = add_member(organisation=organisation, by=setup, email="only@hitori.example", role="owner")
    incident = register_incident(organisation=organisation, by=owner, title="流出", facts=shop_case.facts())
    assess_duties(incident=incident, by=owner, as_of=shop_case.today())
    report = prepare_report(incident=incident, by=owner, kind="prompt", dated=shop_case.today())
    assert approve_report(report=report, by=owner).approved_by == owner
    assert payload(last_entry(incident))["alone"] is True


def test_it_is_approved_once(shop_case, incident):
    report = approve_report(report=shop_case.report(incident), by=shop_case.owner)
    first, before = report.approved_at, Entry.objects.count()
    with pytest.raises(Problem, match="approved already"):
        approve_report(report=report, by=shop_case.owner)
    report.refresh_from_db()
    assert report.approved_at == first
    assert Entry.objects.count() == before


def test_the_papers_in_the_record_are_those_that_are_handed_out(shop_case, incident):
    report = approve_report(report=shop_case.report(incident), by=shop_case.owner)
    entry = last_entry(incident)
    members = {member.name: bytes(member.data) for member in container.read(case_file(incident.record_log())).members}
    kept = {
        name.rpartition("/")[2]: content
        for name, content in members.items()
        if name.startswith(f"files/{entry.index}/")
    }
    assert kept == documents(report)
    assert {name.rpartition(".")[2] for name in kept} == {"txt", "html", "pdf"}
    assert kept["速報-第1版.pdf"].startswith(b"%PDF-")


# ---------------------------------------------------------------- filed


def test_it_is_filed_with_the_number_received(incident, filed: Report):
    assert filed.reception_number == "令8-01234"
    assert filed.filed_at is not None
    assert payload(last_entry(incident))["reception_number"] == "令8-01234"


def test_it_is_not_filed_before_its_approval(shop_case, incident):
    report = shop_case.report(incident)
    with pytest.raises(Problem, match="not approved yet"):
        file_report(report=report, by=shop_case.manager, reception_number="R-1")
    report.refresh_from_db()
    assert (report.filed_at, report.reception_number) == (None, "")


def test_the_database_too_refuses_what_was_filed_without_approval(shop_case, incident):
    report = shop_case.report(incident)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(id=report.id).update(filed_at=report.prepared_at)


def test_a_page_that_was_opened_before_the_approval_can_file(shop_case, incident):
    stale = shop_case.report(incident)
    approve_report(report=Report.objects.get(id=stale.id), by=shop_case.owner)
    assert stale.approved_at is None
    assert file_report(report=stale, by=shop_case.manager, reception_number="R-1").filed_at is not None


def test_it_is_filed_once_and_the_first_number_stays(shop_case, filed: Report):
    with pytest.raises(Problem, match="filed already"):
        file_report(report=filed, by=shop_case.manager, reception_number="R-2")
    filed.refresh_from_db()
    assert filed.reception_number == "令8-01234"


@pytest.mark.parametrize(("number", "said"), [("", "missing"), ("  ", "missing"), ("1" * 101, "too long")])
def test_a_number_that_is_none_is_refused(shop_case, incident, number: str, said: str):
    report = approve_report(report=shop_case.report(incident), by=shop_case.owner)
    with pytest.raises(Problem, match=said):
        file_report(report=report, by=shop_case.manager, reception_number=number)
    report.refresh_from_db()
    assert report.filed_at is None


# ---------------------------------------------------------------- the final report


def test_the_final_report_tells_the_difference_and_keeps_the_number(shop_case, incident, filed: Report):
    state_facts(
        incident=incident,
        by=shop_case.manager,
        facts={
            "cause": {"kind": "misconfiguration", "detail": "公開設定の誤り"},
            "publication": {"state": "done", "date": shop_case.day(0), "methods": ["web"]},
            "investigating": [],
        },
        reason="調査完了",
    )
    final = shop_case.report(incident, "final")
    assert (final.version, final.before, final.reception_number) == (2, filed, "令8-01234")
    facts = letter_facts(final)
    assert facts.previous_date == shop_case.today()
    changed = {(change.item, change.field) for change in difference(letter_facts(filed), facts)}
    assert {("4", "原因の分類"), ("4", "詳細"), ("7", "状況"), ("7", "公表の日")} <= changed
    assert {item for item, _ in changed} <= {"4", "7"}
    paper = text(final)
    for said in ("令8-01234", "公開設定の誤り", "実施予定", "実施済"):
        assert said in paper
    assert letter_facts(final).data.items == letter_facts(filed).data.items
    approve_report(report=final, by=shop_case.owner)
    assert file_report(report=final, by=shop_case.manager, reception_number="令8-01234").reception_number == "令8-01234"
    assert last_approved(incident) == final


def test_what_an_earlier_version_said_stays_where_the_facts_leave_it_out(shop_case, incident, filed: Report):
    state_facts(incident=incident, by=shop_case.manager, facts={"events": ["leak"]}, reason="", clear=["summary"])
    final = shop_case.report(incident, "final")
    assert letter_facts(final).overview.summary == "名簿が外部に流出しました。"


def test_an_earlier_version_is_not_rewritten_by_a_later_one(shop_case, incident, filed: Report):
    before = documents(filed)
    state_facts(incident=incident, by=shop_case.manager, facts={"summary": "別の話"}, reason="訂正")
    approve_report(report=shop_case.report(incident, "final"), by=shop_case.owner)
    filed.refresh_from_db()
    assert documents(filed) == before
    assert filed.kind == "prompt"


def test_item_6_follows_from_the_notices_themselves(shop_case, incident, filed: Report, mail_server, tmp_path):
    round_ = shop_case.round(incident)
    draft = shop_case.report(incident, "supplement")
    planned = letter_facts(draft).notices
    assert (planned.state, planned.methods, planned.count) == ("planned", ("email", "post"), 4)
    approve_report(report=draft, by=shop_case.owner)
    print_notices(round_=round_, by=shop_case.manager, folder=tmp_path / "post")
    queue_notices(round_=round_, by=shop_case.manager)
    under_way = letter_facts(shop_case.report(incident, "final")).notices
    assert (under_way.state, under_way.count, under_way.date) == ("under_way", 2, shop_case.today())

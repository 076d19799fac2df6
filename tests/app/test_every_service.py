"""Each service of the application is run for real, and leaves exactly one entry, in exactly the right log.

A service without a scenario here fails the test: write one with the service.
"""

import importlib
from collections import Counter
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import pytest
from django.apps import apps
from django.utils import timezone

from madoguchi.app.accounts import services as accounts
from madoguchi.app.accounts.models import Member
from madoguchi.app.accounts.models import Role as MemberRole
from madoguchi.app.accounts.permission import Refused, System, ThePerson, table
from madoguchi.app.announcements import services as announcements
from madoguchi.app.company import services as company
from madoguchi.app.company.models import Person
from madoguchi.app.company.services.export import announce_export
from madoguchi.app.desk import services as desk
from madoguchi.app.desk.sealing import told
from madoguchi.app.due import services as due
from madoguchi.app.log.models import Entry, Log, Subject
from madoguchi.app.log.queries import payload
from madoguchi.app.mail import services as mail
from madoguchi.app.mail.bounce import Returned
from madoguchi.app.mail.models import IncomingMail, OutgoingMail, State
from madoguchi.app.notices import services as notices
from madoguchi.app.notices.models import Notice
from madoguchi.app.person import services as person
from madoguchi.app.person.services import export as person_export
from madoguchi.app.person.services import judgments
from madoguchi.app.reports import services as reports
from madoguchi.app.service import REGISTRY
from madoguchi.app.statements import services as statements
from madoguchi.app.statements.models import StatementKey
from madoguchi.exchange import wellknown


def import_all_services() -> None:
    """Import what every app of ours writes with, so that the registry is whole."""
    for app in apps.get_app_configs():
        if app.name.startswith("madoguchi.") and find_spec(f"{app.name}.services"):
            importlib.import_module(f"{app.name}.services")


import_all_services()
SPEAKING = sorted(name for name, each in REGISTRY.items() if each.kind)
SILENT = {
    "madoguchi.app.due.services.plan": due.BOOK_KEEPING,
    "madoguchi.app.due.services.cancel": due.BOOK_KEEPING,
    "madoguchi.app.due.services.claim": due.BOOK_KEEPING,
    "madoguchi.app.due.services.finish": due.BOOK_KEEPING,
    "madoguchi.app.due.services.push": due.BOOK_KEEPING,
    "madoguchi.app.mail.services.remember_place": "how far a mailbox was read is no fact of an incident or a case",
}


class Scenario(NamedTuple):
    """A service ready to be called, the log that its entry belongs to (None: a log that is yet to be), and a word of it."""

    call: partial
    log: Log | None
    says: str


SCENARIOS: dict[str, Callable[..., Scenario]] = {}


def scenario(service: Callable) -> Callable:
    """Make a function the scenario of ``service``."""

    def decorate(function: Callable[..., Scenario]) -> Callable[..., Scenario]:
        SCENARIOS[f"{service.__module__}.{service.__qualname__}"] = function
        return function

    return decorate


@scenario(accounts.create_organisation)
def organisation_created(shop, tmp_path) -> Scenario:
    return Scenario(partial(accounts.create_organisation, by=System("setup"), name="二号店"), None, "organisation")


@scenario(accounts.change_organisation)
def organisation_changed(shop, tmp_path) -> Scenario:
    of = shop.organisation
    call = partial(accounts.change_organisation, organisation=of, by=shop.owner, desk_hours="平日")
    return Scenario(call, of.record_log(), "changed")


@scenario(accounts.add_member)
def member_added(shop, tmp_path) -> Scenario:
    of = shop.organisation
    call = partial(accounts.add_member, organisation=of, by=shop.owner, email="new@minato.example", role="staff")
    return Scenario(call, of.record_log(), "member")


@scenario(accounts.change_role)
def role_changed(shop, tmp_path) -> Scenario:
    call = partial(accounts.change_role, member=shop.desk, by=shop.owner, role="staff")
    return Scenario(call, shop.organisation.record_log(), "to")


@scenario(accounts.remove_member)
def member_removed(shop, tmp_path) -> Scenario:
    call = partial(accounts.remove_member, member=shop.viewer, by=shop.owner)
    return Scenario(call, shop.organisation.record_log(), "member")


@scenario(company.register_incident)
def incident_registered(shop, tmp_path) -> Scenario:
    of = shop.organisation
    call = partial(company.register_incident, organisation=of, by=shop.staff, title="流出", facts=shop.facts())
    return Scenario(call, None, "title")


@scenario(company.state_facts)
def facts_stated(shop, tmp_path) -> Scenario:
    of = shop.incident()
    call = partial(company.state_facts, incident=of, by=shop.staff, facts={"events": ["loss"]}, reason="訂正")
    return Scenario(call, of.record_log(), "changed")


@scenario(company.close_incident)
def incident_closed(shop, tmp_path) -> Scenario:
    of = shop.incident()
    return Scenario(
        partial(company.close_incident, incident=of, by=shop.manager, reason="完了"), of.record_log(), "reason"
    )


@scenario(company.assess_duties)
def duties_assessed(shop, tmp_path) -> Scenario:
    of = shop.incident()
    call = partial(company.assess_duties, incident=of, by=shop.staff, as_of=shop.today())
    return Scenario(call, of.record_log(), "duties")


@scenario(company.add_evidence)
def evidence_added(shop, tmp_path) -> Scenario:
    of, path = shop.incident(), tmp_path / "dump.sql"
    path.write_text("INSERT INTO t VALUES (1);")
    call = partial(company.add_evidence, incident=of, by=shop.staff, kind="leak", path=path)
    return Scenario(call, of.record_log(), "sha256")


@scenario(announce_export)
def case_file_exported(shop, tmp_path) -> Scenario:
    of = shop.incident()
    call = partial(company.export_case_file, incident=of, by=shop.owner, to="顧問弁護士")
    return Scenario(call, of.record_log(), "to")


@scenario(company.take_scan)
def scan_taken(shop, tmp_path) -> Scenario:
    of = shop.incident()
    found, listed = shop.files.result, shop.files.contacts
    call = partial(company.take_scan, incident=of, by=shop.staff, result=found, contacts=listed)
    return Scenario(call, of.record_log(), "people")


@scenario(reports.prepare_report)
def report_prepared(shop, tmp_path) -> Scenario:
    of = shop.incident()
    shop.assess(of)
    call = partial(reports.prepare_report, incident=of, by=shop.staff, kind="prompt", dated=shop.today())
    return Scenario(call, of.record_log(), "version")


@scenario(reports.approve_report)
def report_approved(shop, tmp_path) -> Scenario:
    of = shop.incident()
    report = shop.report(of)
    return Scenario(partial(reports.approve_report, report=report, by=shop.owner), of.record_log(), "alone")


@scenario(reports.file_report)
def report_filed(shop, tmp_path) -> Scenario:
    of = shop.incident()
    report = reports.approve_report(report=shop.report(of), by=shop.owner)
    call = partial(reports.file_report, report=report, by=shop.staff, reception_number="R-1")
    return Scenario(call, of.record_log(), "reception_number")


@scenario(notices.prepare_round)
def round_prepared(shop, tmp_path) -> Scenario:
    of = shop.incident()
    shop.take(of)
    return Scenario(partial(notices.prepare_round, incident=of, by=shop.staff), of.record_log(), "channels")


@scenario(notices.approve_round)
def round_approved(shop, tmp_path) -> Scenario:
    of = shop.incident()
    shop.take(of)
    made = shop.round(of, approved=False)
    return Scenario(partial(notices.approve_round, round_=made, by=shop.owner), of.record_log(), "alone")


@scenario(notices.queue_notices)
def notices_queued(shop, tmp_path) -> Scenario:
    of = shop.incident()
    shop.take(of)
    made = shop.round(of)
    return Scenario(partial(notices.queue_notices, round_=made, by=shop.staff), of.record_log(), "notices")


@scenario(notices.print_notices)
def notices_printed(shop, tmp_path) -> Scenario:
    of = shop.incident()
    shop.take(of)
    made = shop.round(of)
    call = partial(notices.print_notices, round_=made, by=shop.staff, folder=tmp_path / "post")
    return Scenario(call, of.record_log(), "notices")


def a_queued_mail(shop) -> OutgoingMail:
    of = shop.incident()
    shop.take(of)
    notices.queue_notices(round_=shop.round(of), by=shop.manager)
    return OutgoingMail.objects.first()


@scenario(mail.record_deliveries)
def deliveries_recorded(shop, tmp_path) -> Scenario:
    row = a_queued_mail(shop)
    OutgoingMail.objects.filter(id=row.id).update(state=State.SENT, ended_at=timezone.now(), answer="250 ok")
    return Scenario(partial(mail.record_deliveries, log=row.log, by=System("mail")), row.log, "mails")


@scenario(mail.settle_unsure)
def unsure_settled(shop, tmp_path) -> Scenario:
    row = a_queued_mail(shop)
    OutgoingMail.objects.filter(id=row.id).update(state=State.UNSURE, ended_at=timezone.now())
    call = partial(mail.settle_unsure, mail=row, by=shop.manager, was_sent=True, reason="サーバーの記録")
    return Scenario(call, row.log, "was_sent")


def an_announcement(shop, *, approved: bool):
    shop.has_domain()
    made = announcements.prepare_announcement(incident=shop.incident(), by=shop.manager, url=shop.page)
    return announcements.approve_announcement(announcement=made, by=shop.owner) if approved else made


@scenario(announcements.prepare_announcement)
def announcement_prepared(shop, tmp_path) -> Scenario:
    shop.has_domain()
    of = shop.incident()
    call = partial(announcements.prepare_announcement, incident=of, by=shop.staff, url=shop.page)
    return Scenario(call, of.record_log(), "url")


@scenario(announcements.approve_announcement)
def announcement_approved(shop, tmp_path) -> Scenario:
    made = an_announcement(shop, approved=False)
    call = partial(announcements.approve_announcement, announcement=made, by=shop.owner)
    return Scenario(call, made.record_log(), "alone")


@scenario(announcements.publish_announcement)
def announcement_published(shop, tmp_path) -> Scenario:
    made = an_announcement(shop, approved=True)
    call = partial(announcements.publish_announcement, announcement=made, by=shop.staff, folder=tmp_path / "web")
    return Scenario(call, made.record_log(), "signed")


@scenario(notices.reroute_returned)
def returned_notices_rerouted(shop, tmp_path) -> Scenario:
    row = a_queued_mail(shop)
    round_ = Notice.objects.get(id=row.subject).round
    told_by = mail.take_in(organisation=shop.organisation, by=System("mail"), raw=b"returned", source="imap")
    returned = Returned((row.message_id,), permanent=True, status="5.1.1", why="")
    mail.record_bounce(mail=row, by=System("mail"), told_by=told_by, returned=returned)
    return Scenario(partial(notices.reroute_returned, round_=round_, by=shop.staff), row.log, "to_post")


def a_mail(shop, reference: str = ""):
    """Return a mail of A2's that asks something and was kept."""
    raw = f"From: hanako@mail.example\r\n\r\n{reference} What data was affected?\r\n".encode()
    return mail.take_in(organisation=shop.organisation, by=System("mail"), raw=raw, source="imap")


def an_inquiry(shop, *, identified: bool = False, assigned: bool = True):
    """Return an inquiry of A2's about an incident whose notices are out."""
    of = shop.incident()
    scan = shop.take(of)
    code = shop.round(of).notices.get(person=shop.persons(scan)["A2"]).reference if identified else ""
    made = desk.receive(mail=a_mail(shop, code), by=System("sorting"))
    if assigned and not identified:
        desk.assign(inquiry=made, by=shop.desk, incident=of)
    return made, of


@scenario(desk.receive)
def inquiry_received(shop, tmp_path) -> Scenario:
    of = shop.incident()
    scan = shop.take(of)
    code = shop.round(of).notices.get(person=shop.persons(scan)["A2"]).reference
    return Scenario(partial(desk.receive, mail=a_mail(shop, code), by=shop.staff), of.record_log(), "held")


@scenario(desk.assign)
def inquiry_assigned(shop, tmp_path) -> Scenario:
    made, of = an_inquiry(shop, assigned=False)
    return Scenario(partial(desk.assign, inquiry=made, by=shop.staff, incident=of), of.record_log(), "incident")


@scenario(desk.send_code)
def code_sent(shop, tmp_path) -> Scenario:
    made, of = an_inquiry(shop)
    return Scenario(partial(desk.send_code, inquiry=made, by=shop.staff), of.record_log(), "sent")


@scenario(desk.return_code)
def code_returned(shop, tmp_path) -> Scenario:
    made, of = an_inquiry(shop)
    desk.send_code(inquiry=made, by=shop.desk)
    code = told(made.proofs.get(means="code_sent"))["code"]
    return Scenario(partial(desk.return_code, inquiry=made, by=shop.staff, code=code), of.record_log(), "held")


@scenario(desk.identify_by_hand)
def asker_identified(shop, tmp_path) -> Scenario:
    made, of = an_inquiry(shop)
    person = shop.persons(of.scans.get())["A2"]
    call = partial(desk.identify_by_hand, inquiry=made, by=shop.staff, person=person, means="document")
    return Scenario(call, of.record_log(), "means")


@scenario(desk.close_inquiry)
def inquiry_closed(shop, tmp_path) -> Scenario:
    made, of = an_inquiry(shop)
    return Scenario(
        partial(desk.close_inquiry, inquiry=made, by=shop.staff, reason="withdrawn"), of.record_log(), "reason"
    )


@scenario(desk.prepare_answer)
def answer_prepared(shop, tmp_path) -> Scenario:
    made, of = an_inquiry(shop, identified=True)
    return Scenario(partial(desk.prepare_answer, inquiry=made, by=shop.staff), of.record_log(), "states")


@scenario(desk.approve_answer)
def answer_approved(shop, tmp_path) -> Scenario:
    made, of = an_inquiry(shop, identified=True)
    change = {1: {"state": "unknown_yet"}}
    answer = desk.prepare_answer(inquiry=made, by=shop.manager, changes=change)
    return Scenario(partial(desk.approve_answer, answer=answer, by=shop.owner), of.record_log(), "alone")


@scenario(desk.send_answer)
def answer_sent(shop, tmp_path) -> Scenario:
    made, of = an_inquiry(shop, identified=True)
    answer = desk.prepare_answer(inquiry=made, by=shop.desk)
    return Scenario(partial(desk.send_answer, answer=answer, by=shop.staff), of.record_log(), "letter_sha256")


@scenario(mail.take_in)
def mail_taken_in(shop, tmp_path) -> Scenario:
    of = shop.organisation
    call = partial(mail.take_in, organisation=of, by=shop.manager, raw=b"Subject: a\r\n\r\nb", source="file")
    return Scenario(call, of.record_log(), "sha256")


@scenario(mail.record_bounce)
def bounce_recorded(shop, tmp_path) -> Scenario:
    row = a_queued_mail(shop)
    told_by = mail.take_in(organisation=shop.organisation, by=System("mail"), raw=b"returned", source="imap")
    returned = Returned((row.message_id,), permanent=True, status="5.1.1", why="")
    call = partial(mail.record_bounce, mail=row, by=shop.manager, told_by=told_by, returned=returned)
    return Scenario(call, row.log, "report_sha256")


@scenario(statements.make_key)
def key_made(shop, tmp_path) -> Scenario:
    shop.has_domain()
    call = partial(statements.make_key, organisation=shop.organisation, by=shop.owner)
    return Scenario(call, shop.organisation.record_log(), "key")


@scenario(statements.revoke_key)
def key_revoked(shop, tmp_path) -> Scenario:
    shop.has_domain(key=True)
    call = partial(statements.revoke_key, key=StatementKey.objects.get(), by=shop.owner, reason="superseded")
    return Scenario(call, shop.organisation.record_log(), "reason")


# ---------------------------------------------------------------- a person's services
# The case lies in the shop's own organisation, which no real home has: so a member is refused for the role alone.

ME = ThePerson()
KNOWN = {
    "company": "見本商店",
    "name": "青木 花子",
    "domains": [{"domain": "mihon.example", "known_from": "order_mail"}],
}


def a_case(shop):
    return person.open_case(organisation=shop.organisation, by=ME, facts=KNOWN)


def a_call(case, role: str = "other", **more):
    """Return a kept call, of which ``role`` says what it was."""
    told = {"channel": "phone", "incoming": True, "at": timezone.now(), "text": "原因は調査中です。", **more}
    return person.keep_memo(case=case, by=ME, role=role, **told)


def a_reply(case):
    a_call(case, "inquiry", incoming=False, text="1. 原因は何ですか。")
    reply = a_call(case, "reply")
    person.read_message(message=reply, by=ME)
    return reply


def of_a_case(service: Callable, says: str, arguments: Callable, call: Callable | None = None) -> None:
    """Make the scenario of a person's service: ``arguments`` makes them of a case, ``call`` is how it is called."""

    @scenario(service)
    def made(shop, tmp_path) -> Scenario:
        case = a_case(shop)
        return Scenario(partial(call or service, by=ME, **arguments(case)), case.record_log(), says)


def kept_mail(of) -> IncomingMail:
    return mail.take_in(organisation=of, by=ME, raw=b"From: a@mihon.example\r\n\r\nb", source="file")


def published(case) -> bytes:
    return wellknown.write(wellknown.WellKnown(domain="mihon.example", keys=(), updated=timezone.now()))


def a_letter(case):
    return person.prepare_letter(case=case, by=ME, kind="inquiry")


@scenario(person.open_case)
def case_opened(shop, tmp_path) -> Scenario:
    return Scenario(partial(person.open_case, organisation=shop.organisation, by=ME, facts=KNOWN), None, "facts")


@scenario(person.discard_mail)
def mail_discarded(shop, tmp_path) -> Scenario:
    of = shop.organisation
    return Scenario(partial(person.discard_mail, mail=kept_mail(of), by=ME), of.record_log(), "sha256")


of_a_case(person.state_case_facts, "changed", lambda case: {"case": case, "facts": {"name": "青木 華子"}})
of_a_case(person.tick_step, "step", lambda case: {"case": case, "step": "card_call"})
of_a_case(person.close_case, "reason", lambda case: {"case": case, "reason": "解決"})
of_a_case(
    person.file_mail, "sha256", lambda case: {"case": case, "mail": kept_mail(case.organisation), "role": "other"}
)
of_a_case(
    person.keep_memo,
    "channel",
    lambda case: {"case": case, "channel": "sms", "incoming": True, "at": timezone.now(), "text": "SMS"},
)
of_a_case(person.name_message, "from", lambda case: {"message": a_call(case), "role": "notice"})
of_a_case(judgments.keep_check, "verdict", lambda case: {"message": a_call(case)}, person.check_message)
of_a_case(person.read_message, "covers", lambda case: {"message": a_call(case, "notice")})
of_a_case(
    person.overrule,
    "to",
    lambda case: {"message": a_reply(case), "number": 1, "verdict": "refused", "reason": "断っている"},
)
of_a_case(person.keep_windows, "sources", lambda case: {"case": case, "answer": {"windows": []}})
of_a_case(person.keep_keys, "keys", lambda case: {"case": case, "domain": "mihon.example", "document": published(case)})
of_a_case(person.prepare_letter, "questions", lambda case: {"case": case, "kind": "inquiry"})
of_a_case(person.send_letter, "message_id", lambda case: {"letter": a_letter(case), "to": "desk@mihon.example"})
of_a_case(
    person.record_sent,
    "note",
    lambda case: {"letter": a_letter(case), "channel": "post", "at": timezone.now(), "to": "見本商店"},
)
of_a_case(
    person_export.announce_export,
    "to",
    lambda case: {"case": case, "to": "消費生活センター"},
    person.export_case_file,
)


def entries() -> Counter:
    return Counter(Entry.objects.values_list("log_id", flat=True))


def test_every_service_has_a_scenario():
    assert set(SCENARIOS) == set(SPEAKING)


def test_who_writes_without_an_entry_is_listed_with_the_reason():
    assert {name: each.because for name, each in REGISTRY.items() if not each.kind} == SILENT


@pytest.mark.parametrize("name", SPEAKING)
def test_a_service_leaves_exactly_one_entry_in_the_right_log(name: str, shop_case, mail_server, tmp_path: Path):
    call, log, says = SCENARIOS[name](shop_case, tmp_path)
    known, before = set(Log.objects.values_list("id", flat=True)), entries()
    call()
    new = entries() - before
    if log is None:
        (log_id,) = new
        assert log_id not in known
        log = Log.objects.get(id=log_id)
    assert new == {log.id: 1}
    entry = Entry.objects.filter(log=log).order_by("index").last()
    assert entry.kind == REGISTRY[name].kind
    assert entry.index == before[log.id]
    assert says in payload(entry)


# What has no incident and no case.
OF_THE_ORGANISATION = (
    "madoguchi.app.accounts.",
    "madoguchi.app.statements.",
    "madoguchi.app.mail.services.take_in",
    "madoguchi.app.person.services.messages.discard_mail",
)


@pytest.mark.parametrize("name", SPEAKING)
def test_what_is_about_an_incident_or_a_case_stands_in_its_log_and_the_rest_in_the_organisations(
    name: str, shop_case, mail_server, tmp_path: Path
):
    call = SCENARIOS[name](shop_case, tmp_path).call
    before = set(Entry.objects.values_list("id", flat=True))
    call()
    log = Entry.objects.exclude(id__in=before).get().log
    about = Subject.CASE if name.startswith("madoguchi.app.person.") else Subject.INCIDENT
    assert log.subject == (Subject.ORGANISATION if name.startswith(OF_THE_ORGANISATION) else about)


def refused(call: partial, by) -> Refused:
    """Return the refusal that ``by`` gets for ``call``, which leaves nothing behind."""
    before, people = Entry.objects.count(), Person.objects.count()
    with pytest.raises(Refused) as caught:
        call(**({"by": by} | ({"folder": Path("nowhere")} if "folder" in call.keywords else {})))
    assert (Entry.objects.count(), Person.objects.count()) == (before, people)
    assert not Path("nowhere").exists()
    return caught.value


@pytest.mark.parametrize("name", SPEAKING)
def test_every_role_that_the_table_does_not_name_is_refused_with_the_reason(
    name: str, shop_case, mail_server, tmp_path: Path
):
    rule, call = table().actions[REGISTRY[name].action], SCENARIOS[name](shop_case, tmp_path).call
    for role in [each for each in MemberRole.values if each not in rule.roles]:
        refusal = refused(call, getattr(shop_case, role))
        assert table().roles[role].ja in refusal.say("ja")
        assert rule.what.ja in refusal.say("ja")
        assert table().roles[rule.roles[0]].en in refusal.say("en")


def test_a_persons_services_are_for_the_person_and_a_companys_for_its_members():
    for name, each in REGISTRY.items():
        roles = set(table().actions[each.action].roles) if each.kind else set()
        if name.startswith("madoguchi.app.person."):
            assert roles <= {"person", "system"}
        elif each.action != "mail.take":  # the same inbox serves either side
            assert "person" not in roles


def test_the_desk_may_take_in_mail_and_answer_inquiries_and_a_viewer_may_write_nothing():
    may = {
        role: {each.action for each in REGISTRY.values() if each.kind and role in table().actions[each.action].roles}
        for role in ("desk", "viewer")
    }
    assert may == {"desk": {"mail.take", "inquiry.take", "inquiry.answer"}, "viewer": set()}


@pytest.mark.parametrize("name", [name for name in SPEAKING if REGISTRY[name].on])
def test_the_owner_of_another_organisation_is_refused(name: str, shop_case, mail_server, tmp_path: Path):
    call = SCENARIOS[name](shop_case, tmp_path).call
    other = accounts.create_organisation(by=System("setup"), name="よその店")
    stranger = accounts.add_member(organisation=other, by=System("setup"), email="o@yoso.example", role="owner")
    assert "another organisation" in refused(call, stranger).say("en")


@pytest.mark.parametrize("name", SPEAKING)
def test_who_has_left_is_refused(name: str, shop_case, mail_server, tmp_path: Path):
    call = SCENARIOS[name](shop_case, tmp_path).call
    Member.objects.filter(id=shop_case.manager.id).update(left_at=timezone.now())
    assert "no longer a member" in refused(call, shop_case.manager).say("en")

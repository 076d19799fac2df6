"""The company's stories as calls of its services; each call is what one press on a page does."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

from django.utils import timezone

from madoguchi import scope
from madoguchi.app.accounts.models import Member
from madoguchi.app.accounts.permission import System
from madoguchi.app.accounts.services import add_member, create_organisation
from madoguchi.app.announcements import services as announcements
from madoguchi.app.announcements.queries import documents as public_documents
from madoguchi.app.company import services as company
from madoguchi.app.company.models import Incident, Scan
from madoguchi.app.company.queries import assessment_in_words, current_facts
from madoguchi.app.days import legal_day
from madoguchi.app.demo import mailbox, shop
from madoguchi.app.demo.papers import write
from madoguchi.app.demo.places import Places
from madoguchi.app.demo.sample import Sample
from madoguchi.app.demo.sample.site import write_site
from madoguchi.app.demo.steps import step
from madoguchi.app.desk import services as desk
from madoguchi.app.desk.models import Inquiry, State
from madoguchi.app.desk.services.answers import paper_of
from madoguchi.app.log.queries import public_keys
from madoguchi.app.mail.models import Bounce
from madoguchi.app.notices import services as notices
from madoguchi.app.notices.papers import letter
from madoguchi.app.notices.queries import deliveries
from madoguchi.app.reports import services as reports
from madoguchi.app.reports.queries import documents
from madoguchi.app.statements.queries import well_known
from madoguchi.app.statements.services import make_key
from madoguchi.exchange import wellknown
from madoguchi.letters import render
from madoguchi.record.keys import read_trusted
from madoguchi.record.verify import verify
from madoguchi.text import dates

DEMO = System("demo")
TITLES = {"A": "バックアップの流出", "B": "決済ページの改ざん"}


def open_shop(places: Places) -> None:
    """Register the shop with its owner and its manager, make the key of its domain, put its site on the web."""
    with step("company.home") as told:
        organisation = create_organisation(by=DEMO, **shop.SHOP)
        (owner_mail, owner_name), (manager_mail, manager_name) = shop.OWNER, shop.MANAGER
        owner = add_member(organisation=organisation, by=DEMO, email=owner_mail, role="owner", name=owner_name)
        add_member(organisation=organisation, by=owner, email=manager_mail, role="manager", name=manager_name)
        make_key(organisation=organisation, by=owner)
        write_site(places.site, shop.SHOP, address=shop.SHOP["website"])
        published = places.site / wellknown.PATH.lstrip("/")
        published.parent.mkdir(exist_ok=True)
        published.write_bytes(well_known(organisation, announcements=[], now=timezone.now()))
        told.say(
            "お店のホームを作り、責任者・管理者と、公式ドメインの署名鍵を登録しました。",
            "the shop's home is made, with an owner, a manager and the signing key of its domain",
        )


def copied(places: Places) -> None:
    """Story A, the first days: the database was copied; scope, duties, prompt report, notices, announcement."""
    sample, (owner, manager), today = Sample.read(places.sample), _members(), legal_day(timezone.now())
    papers = places.papers("company", "A")
    with step("A.incident") as told:
        incident = company.register_incident(
            organisation=owner.organisation, by=manager, title=TITLES["A"], facts=shop.copied_as_remembered(today)
        )
        for kind, path in (("leak", sample.dump), ("people", sample.people), ("source", sample.access_log)):
            company.add_evidence(incident=incident, by=manager, kind=kind, path=path)
        told.say(
            "事案を登録し、証拠3点のハッシュを記録しました。",
            "the incident is registered, with the hashes of three files",
        )
    with step("A.scope") as told:
        found = scope.scan([sample.dump], sample.people)
        scan = _take(incident, manager, found, sample, papers / "1-scope")
        proved = {person.id for person in found.people if person.tier == "proved"}
        _must_be(proved, sample.in_dump)
        told.say(
            f"名簿{sample.listed:,}人のうち{len(proved):,}人の情報が、流出したファイルの中に確認されました。",
            f"of {sample.listed:,} people on the list, {len(proved):,} stand in the stolen file",
        )
    _assess(incident, manager, today, papers / "2-duties", "A.duties")
    _report(incident, owner, manager, today, "prompt", "DEMO-0001", papers / "3-prompt-report", "A.prompt_report")
    _notify(incident, owner, manager, papers / "4-notices", "A.notices", scan)
    _announce(places, incident, owner, manager, papers / "5-announcement", "A.announcement")


def returned_and_asked(places: Places) -> None:
    """Story A, the next days: a notice came back and goes by post; a customer's inquiry is answered."""
    _, manager = _members()
    papers = places.papers("company", "A")
    incident = _incident("A")
    with step("A.returned") as told:
        mailbox.take_in(places.mailbox("company"), manager.organisation, by=manager)
        if not Bounce.objects.filter(mail__log=incident.record_log()).exists():
            raise AssertionError("the notice to an address where nobody lives did not come back")
        round_ = incident.rounds.get()
        to_post = notices.reroute_returned(round_=round_, by=manager)
        while notices.print_notices(round_=round_, by=manager, folder=papers / "6-by-post"):
            pass
        told.say(
            f"届かずに戻った通知{to_post}通を郵送に切り替え、印刷用のPDFを作りました。",
            f"{to_post} notice(s) came back and are ready for the post as PDF",
        )
    _answer(incident, manager, papers / "7-answer", "A.answer")


def found_out(places: Places) -> None:
    """Story A, the end: the findings, the final report, the second announcement, the second answer, the case file."""
    (owner, manager), today = _members(), legal_day(timezone.now())
    papers, incident = places.papers("company", "A"), _incident("A")
    with step("A.facts") as told:
        sheet = company.state_facts(
            incident=incident, by=manager, facts=shop.copied_in_the_end(today), reason="外部調査の結果"
        )
        told.say(
            f"調査の結果を事実の第{sheet.version}版として記録しました。",
            f"the findings are version {sheet.version} of the facts",
        )
    _assess(incident, manager, today, papers / "8-duties-again", "A.duties_again")
    _report(incident, owner, manager, today, "final", "DEMO-0001", papers / "9-final-report", "A.final_report")
    _announce(places, incident, owner, manager, papers / "10-announcement-again", "A.announcement_again")
    mailbox.take_in(places.mailbox("company"), manager.organisation, by=manager)
    _answer(incident, manager, papers / "11-answer-again", "A.answer_again")
    _case_file(places, incident, owner, papers / "12-case-file", "A.case_file")


def skimmed(places: Places) -> None:
    """Story B: the card form was skimmed; no leaked list, only a window of reach."""
    sample, (owner, manager), today = Sample.read(places.sample), _members(), legal_day(timezone.now())
    papers = places.papers("company", "B")
    with step("B.incident") as told:
        incident = company.register_incident(
            organisation=owner.organisation, by=manager, title=TITLES["B"], facts=shop.skimmed_as_remembered(today)
        )
        for path in (sample.orders, sample.attempts, sample.sessions):
            company.add_evidence(incident=incident, by=manager, kind="source", path=path)
        told.say(
            "決済代行会社からの連絡を受けて、事案を登録しました。",
            "the payment company called; the incident is registered",
        )
    with step("B.facts") as told:
        window = shop.skimmed_window(sample.altered_from, sample.altered_to)
        earlier = current_facts(incident).model_dump(mode="json")["course"]
        window["course"] = [*window["course"], *earlier]
        company.state_facts(incident=incident, by=manager, facts=window, reason="ファイルの更新履歴の調査")
        told.say("改ざんされていた期間が分かり、事実に加えました。", "the days of the alteration are known and stated")
    with step("B.scope") as told:
        found = scope.scan([], sample.people, reach=sample.reach)
        scan = _take(incident, manager, found, sample, papers / "1-scope")
        _must_be({person.id for person in found.people if person.tier == "possible"}, sample.within_reach)
        told.say(
            f"改ざん中の決済ページを使った会員{len(found.people)}人に、漏えいのおそれがあります。",
            f"{len(found.people)} members were on the altered page in the window: possible",
        )
    _assess(incident, manager, today, papers / "2-duties", "B.duties")
    _report(incident, owner, manager, today, "prompt", "DEMO-0002", papers / "3-prompt-report", "B.prompt_report")
    _notify(incident, owner, manager, papers / "4-notices", "B.notices", scan)
    _announce(places, incident, owner, manager, papers / "5-announcement", "B.announcement")


def asked_about_cards(places: Places) -> None:
    """Story B, the next days: a customer's inquiry is answered, and the case file is made."""
    owner, manager = _members()
    papers, incident = places.papers("company", "B"), _incident("B")
    mailbox.take_in(places.mailbox("company"), manager.organisation, by=manager)
    _answer(incident, manager, papers / "6-answer", "B.answer")
    _case_file(places, incident, owner, papers / "7-case-file", "B.case_file")


def verify_the_persons(places: Places) -> None:
    """The shop's program verifies the case files that the person's program made."""
    with step("company.verifies") as told:
        entries = [mailbox.verified(places.papers("person", story)) for story in "AB"]
        told.say(
            f"本人の記録ファイル2つ（{entries[0]}件と{entries[1]}件）を、お店の側で検証しました。",
            f"the person's two case files ({entries[0]} and {entries[1]} entries) verify on the shop's side",
        )


PARTS = {
    "open": open_shop,
    "A1": copied,
    "A2": returned_and_asked,
    "A3": found_out,
    "B1": skimmed,
    "B2": asked_about_cards,
    "verify": verify_the_persons,
}


def _members() -> tuple[Member, Member]:
    """Return the owner and the manager."""
    by_email = {member.user.email: member for member in Member.objects.select_related("user", "organisation")}
    return by_email[shop.OWNER[0]], by_email[shop.MANAGER[0]]


def _incident(story: str) -> Incident:
    return Incident.objects.get(title=TITLES[story])


def _take(incident: Incident, by: Member, found: scope.Result, sample: Sample, folder: Path) -> Scan:
    folder.parent.mkdir(parents=True, exist_ok=True)
    scope.write(found, folder)
    return company.take_scan(incident=incident, by=by, result=found, contacts=scope.contacts(sample.people))


def _must_be(found: set[str], known: frozenset[str]) -> None:
    """Hold the scan against what the sample knows to be true: a demo that tells something wrong must not go on."""
    if found != known:
        raise AssertionError(f"the scan found {len(found)} people, {len(known)} are known to be affected")


def _assess(incident: Incident, by: Member, today: date, folder: Path, name: str) -> None:
    with step(name) as told:
        assessment = company.assess_duties(incident=incident, by=by, as_of=today)
        folder.mkdir(parents=True)
        (folder / "duties.txt").write_text(assessment_in_words(assessment), encoding="utf-8")
        (folder / "duties.json").write_text(
            json.dumps(assessment.answer, ensure_ascii=False, indent=2), encoding="utf-8"
        )
        due = {
            duty["id"]: date.fromisoformat(duty["due"])
            for duty in assessment.answer["duties"]
            if duty["status"] == "required" and duty["due"]
        }
        prompt, final = due["prompt_report"], due["final_report"]
        told.say(
            f"速報は{dates.say(prompt, 'ja')}まで（目安）、確報は{dates.say(final, 'ja')}まで、本人通知は速やかに必要です。",
            f"prompt report by {prompt} (guideline), final report by {final}, notices promptly",
        )


def _report(
    incident: Incident, owner: Member, manager: Member, today: date, kind: str, number: str, folder: Path, name: str
) -> None:
    with step(name) as told:
        report = reports.prepare_report(incident=incident, by=manager, kind=kind, dated=today)
        report = reports.approve_report(report=report, by=owner)
        report = reports.file_report(report=report, by=manager, reception_number=number)
        write(folder, documents(report))
        label = report.get_kind_display()
        told.say(
            f"{label}を作成し、別の人が承認し、受付番号を記録しました。",
            f"the {kind} report is prepared, approved by another, and filed",
        )


def _notify(incident: Incident, owner: Member, manager: Member, folder: Path, name: str, scan: Scan) -> None:
    with step(name) as told:
        round_ = notices.prepare_round(incident=incident, by=manager)
        round_ = notices.approve_round(round_=round_, by=owner)
        while notices.queue_notices(round_=round_, by=manager):
            pass
        mailbox.send_all()
        counts = deliveries(incident)
        sample = letter(round_.notices.order_by("number").first(), contact=None)
        write(
            folder,
            {
                "deliveries.json": json.dumps(counts).encode(),
                "見本.txt": render.text(sample).encode(),
                "見本.html": render.html(sample).encode(),
                "見本.pdf": render.pdf(sample),
            },
        )
        channels = Counter(round_.notices.values_list("channel", flat=True))
        told.say(
            f"本人通知{channels['email']:,}通を練習用の郵便局に届けました（{scan.people.count():,}人中）。",
            f"{counts.get('sent', 0):,} notices are delivered to the practice post office",
        )


def _announce(places: Places, incident: Incident, owner: Member, manager: Member, folder: Path, name: str) -> None:
    with step(name) as told:
        url = f"{shop.SHOP['website']}news/{incident.registered_at:%Y%m%d}-{str(incident.id)[:8]}.html"
        made = announcements.prepare_announcement(incident=incident, by=manager, url=url)
        made = announcements.approve_announcement(announcement=made, by=owner)
        made = announcements.publish_announcement(announcement=made, by=manager, folder=places.site)
        write(folder, public_documents(made))
        told.say(
            f"公表文（第{made.revision}報）、よくある質問、電話対応の手引きを作り、承認を受けて公開しました。",
            f"announcement {made.revision}, FAQ and call script are made, approved and published",
        )


def _answer(incident: Incident, by: Member, folder: Path, name: str) -> None:
    """Answer every inquiry of the incident whose asker is identified."""
    with step(name) as told:
        waiting = Inquiry.objects.filter(incident=incident, state=State.IDENTIFIED).order_by("received_at")
        if not waiting:
            raise AssertionError("no inquiry of an identified person arrived")
        for number, inquiry in enumerate(list(waiting), 1):
            answer = desk.send_answer(answer=desk.prepare_answer(inquiry=inquiry, by=by), by=by)
            paper = paper_of(answer)
            write(folder, {f"回答-{number}.txt": render.text(paper).encode(), f"回答-{number}.pdf": render.pdf(paper)})
        mailbox.send_all()
        told.say(
            "通知の番号と登録のアドレスで本人を確認し、承認済みの事実から回答を作り、署名を付けて送りました。",
            "the asker is identified by the notice's code and the address on the list, and answered from approved facts, signed",
        )


def _case_file(places: Places, incident: Incident, owner: Member, folder: Path, name: str) -> None:
    with step(name) as told:
        data = company.export_case_file(incident=incident, by=owner, to="demo")
        keys = {shop.DOMAIN: public_keys(owner.organisation)}
        write(folder, {places.case_file: data, "keys.json": json.dumps(keys, indent=2).encode()})
        verdict = verify(data, read_trusted(json.dumps(keys).encode(), file="keys.json"))
        if not verdict.whole:
            raise AssertionError(verdict.problems)
        told.say(
            f"事案の記録{verdict.entries}件を1つのファイルにまとめ、検証しました。",
            f"the record's {verdict.entries} entries are in one file, and it verifies",
        )

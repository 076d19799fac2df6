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
from madoguchi.app.company import services as company
from madoguchi.app.company.models import Incident, Scan
from madoguchi.app.company.queries import assessment_in_words, current_facts
from madoguchi.app.days import legal_day
from madoguchi.app.demo import shop
from madoguchi.app.demo.sample import Sample
from madoguchi.app.demo.steps import step
from madoguchi.app.due.worker import run_due
from madoguchi.app.log.queries import public_keys
from madoguchi.app.notices import services as notices
from madoguchi.app.notices.papers import letter
from madoguchi.app.notices.queries import deliveries
from madoguchi.app.reports import services as reports
from madoguchi.app.reports.queries import documents
from madoguchi.letters import render
from madoguchi.record.keys import read_trusted
from madoguchi.record.verify import verify
from madoguchi.text import dates

DEMO = System("demo")


def open_shop() -> tuple[Member, Member]:
    """Register the shop with its owner and its manager; return both."""
    organisation = create_organisation(by=DEMO, **shop.SHOP)
    (owner_mail, owner_name), (manager_mail, manager_name) = shop.OWNER, shop.MANAGER
    owner = add_member(organisation=organisation, by=DEMO, email=owner_mail, role="owner", name=owner_name)
    return owner, add_member(organisation=organisation, by=owner, email=manager_mail, role="manager", name=manager_name)


def copied(sample: Sample, owner: Member, manager: Member, papers: Path) -> None:
    """Story A: the database was copied."""
    today = legal_day(timezone.now())
    with step("A.incident") as told:
        incident = company.register_incident(
            organisation=owner.organisation,
            by=manager,
            title="バックアップの流出",
            facts=shop.copied_as_remembered(today),
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
    with step("A.facts") as told:
        sheet = company.state_facts(
            incident=incident, by=manager, facts=shop.copied_in_the_end(today), reason="外部調査の結果"
        )
        told.say(
            f"調査の結果を事実の第{sheet.version}版として記録しました。",
            f"the findings are version {sheet.version} of the facts",
        )
    _assess(incident, manager, today, papers / "5-duties-again", "A.duties_again")
    _report(incident, owner, manager, today, "final", "DEMO-0001", papers / "6-final-report", "A.final_report")
    _case_file(incident, owner, papers / "7-case-file", "A.case_file")


def skimmed(sample: Sample, owner: Member, manager: Member, papers: Path) -> None:
    """Story B: the card form was skimmed; no leaked list, only a window of reach."""
    today = legal_day(timezone.now())
    with step("B.incident") as told:
        incident = company.register_incident(
            organisation=owner.organisation,
            by=manager,
            title="決済ページの改ざん",
            facts=shop.skimmed_as_remembered(today),
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
    _case_file(incident, owner, papers / "5-case-file", "B.case_file")


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
        folder.mkdir(parents=True)
        for file, content in documents(report).items():
            (folder / file).write_bytes(content)
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
        while run_due(now=timezone.now()):
            pass
        counts = deliveries(incident)
        folder.mkdir(parents=True)
        (folder / "deliveries.json").write_text(json.dumps(counts), encoding="utf-8")
        sample = letter(round_.notices.order_by("number").first(), contact=None)
        (folder / "見本.txt").write_text(render.text(sample), encoding="utf-8")
        (folder / "見本.html").write_text(render.html(sample), encoding="utf-8")
        (folder / "見本.pdf").write_bytes(render.pdf(sample))
        channels = Counter(round_.notices.values_list("channel", flat=True))
        told.say(
            f"本人通知{channels['email']:,}通を練習用の郵便局に届けました（{scan.people.count():,}人中）。",
            f"{counts.get('sent', 0):,} notices are delivered to the practice post office",
        )


def _case_file(incident: Incident, owner: Member, folder: Path, name: str) -> None:
    with step(name) as told:
        data = company.export_case_file(incident=incident, by=owner, to="demo")
        folder.mkdir(parents=True)
        (folder / "case-file.zip").write_bytes(data)
        keys = {shop.DOMAIN: public_keys(owner.organisation)}
        (folder / "keys.json").write_text(json.dumps(keys, indent=2), encoding="utf-8")
        verdict = verify(data, read_trusted(json.dumps(keys).encode(), file="keys.json"))
        if not verdict.whole:
            raise AssertionError(verdict.problems)
        told.say(
            f"事案の記録{verdict.entries}件を1つのファイルにまとめ、検証しました。",
            f"the record's {verdict.entries} entries are in one file, and it verifies",
        )

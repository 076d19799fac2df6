"""The person's stories as calls of the person's services; each call is what one press on a page does."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from django.utils import timezone

from madoguchi import contacts, exchange, harm
from madoguchi.app.accounts.models import Organisation
from madoguchi.app.accounts.permission import ThePerson
from madoguchi.app.days import legal_day
from madoguchi.app.demo import mailbox, shop
from madoguchi.app.demo.papers import write
from madoguchi.app.demo.places import Places
from madoguchi.app.demo.steps import Told, step
from madoguchi.app.demo.visitor import visitor
from madoguchi.app.log.queries import public_keys
from madoguchi.app.mail import incoming
from madoguchi.app.mail.models import IncomingMail
from madoguchi.app.person import papers, services
from madoguchi.app.person.documents import as_json
from madoguchi.app.person.models import Case, Check, Message, Reading, Role
from madoguchi.app.person.paper_facts import situation
from madoguchi.app.person.queries import answers, current_facts, holding_place, steps, trusted_keys, windows
from madoguchi.app.person.sealing import told as unsealed
from madoguchi.app.person.services.letters import paper_of
from madoguchi.authenticity import read_dns
from madoguchi.contacts import site
from madoguchi.exchange import carry, wellknown
from madoguchi.intake import mail as mails
from madoguchi.law.doors import doors
from madoguchi.letters import render, tone
from madoguchi.reading import say
from madoguchi.reading.announcement import read_announcement
from madoguchi.record.keys import read_trusted
from madoguchi.record.verify import verify

ME = ThePerson()
CARD_CALL = (
    "カード会社の紛失・盗難窓口に電話し、カードの停止と再発行を頼んだ。"
    "明細は期間の初めまでさかのぼって確認する。再発行の手数料はかからないとのこと。"
)
WORDS = {
    "answered": "回答あり",
    "partly": "一部のみ",
    "refused": "回答を断る",
    "not_answered": "回答なし",
    "no_duty_to_answer": "答える義務なし",
}
VERDICTS = {"genuine": "【本物】", "fake": "【偽物】", "cannot_tell": "【判断できない】"}
WHEN = {"tonight": "【今夜】", "week": "【今週】", "month": "【今月】"}
# What one writes late at night; the calmer wording is offered, and taken.
IN_ANGER = "なぜ公開の場所にバックアップを置いたのですか。納得できる説明がなければSNSで拡散します。"
CALM = "バックアップが公開の場所に置かれていた理由を、お聞かせください。"


def alarmed(places: Places) -> None:
    """Story A, the evening of the mail: what to do tonight, is it true, what does it say, whom to ask; the inquiry."""
    me, out = _home("person.home"), places.papers("person", "A")
    case = _opened(places, me, out, "A", "データベースの流出の通知")
    notice = _noticed(case, out, "A")
    _tonight(case, notice, out / "1-tonight", "A.tonight")
    _checked(places, case, notice, out / "2-is-it-true", "A.is_it_true")
    _read(notice, out / "3-what-it-says", "A.what_it_says")
    _whom(places, case, out / "4-whom-to-ask", "A.whom_to_ask")
    with step("A.calm") as told:
        found = tone.findings(IN_ANGER)
        if not found or tone.findings(CALM):
            raise AssertionError("the tone of the draft was not seen")
        told.say(
            "夜中に書いた質問の、強い言い方に気づき、落ち着いた言い方に直しました。",
            "the threat in a question written at night is noticed, and the calmer wording taken",
        )
    _asked(case, out / "5-inquiry", "A.inquiry", own_questions=[CALM])


def answered(places: Places) -> None:
    """Story A: the reply is checked, judged per question, and what is left open is asked again."""
    case, out = _case("A"), places.papers("person", "A")
    _replied(places, case, out / "6-reply", "A.reply")
    with step("A.follow_up") as told:
        letter = services.prepare_letter(case=case, by=ME, kind="follow_up")
        _keep(letter, out / "7-follow-up")
        services.send_letter(letter=letter, by=ME, to=_desk(case))
        mailbox.send_all()
        count = len(unsealed(letter)["questions"])
        told.say(
            f"まだ答えのない{count}問だけを、根拠を添えてもう一度尋ねました。",
            f"the {count} questions that are still open are asked again, with their grounds",
        )


def settled(places: Places) -> None:
    """Story A: the second reply, the next door, the one page for an adviser, the case file."""
    case, out = _case("A"), places.papers("person", "A")
    _replied(places, case, out / "8-second-reply", "A.second_reply")
    with step("A.next_door") as told:
        today = legal_day(timezone.now())
        found = doors(situation(case, today=today), "ja")
        page = papers.one_page(case, date=today, wish="原因と再発防止の説明を書面でいただきたい")
        write(
            out / "9-next-door",
            {
                "次の相談先.txt": "\n\n".join(f"{door.name}\n{door.why}" for door in found).encode(),
                "一枚.pdf": render.pdf(page),
                "一枚.txt": render.text(page).encode(),
            },
        )
        told.say(
            f"次に相談できる窓口{len(found)}か所と、電話で読み上げられるA4一枚を用意しました。",
            f"{len(found)} next doors, and one page A4 that can be read out on the phone",
        )
    _case_file(places, case, out / "10-case-file", "A.my_case_file")


def cards(places: Places) -> None:
    """Story B: the card form was skimmed; the card company first, then the same questions."""
    me, out = Organisation.objects.get(), places.papers("person", "B")
    case = _opened(places, me, out, "B", "決済ページの改ざんの通知")
    notice = _noticed(case, out, "B")
    _tonight(case, notice, out / "1-tonight", "B.tonight")
    with step("B.card_company") as told:
        services.keep_memo(
            case=case,
            by=ME,
            channel="phone",
            incoming=False,
            at=timezone.now(),
            text=CARD_CALL,
            counterpart="カード会社の紛失・盗難窓口",
        )
        services.tick_step(case=case, by=ME, step="card_call")
        write(out / "1-tonight", {"カード会社への電話.txt": CARD_CALL.encode()})
        told.say(
            "カード会社にすぐ電話し、日時・相手・内容を記録しました。",
            "the card company is called at once; when, whom and what is noted",
        )
    _checked(places, case, notice, out / "2-is-it-true", "B.is_it_true")
    _read(notice, out / "3-what-it-says", "B.what_it_says")
    _whom(places, case, out / "4-whom-to-ask", "B.whom_to_ask")
    _asked(case, out / "5-inquiry", "B.inquiry")


def trapped(places: Places) -> None:
    """Story B: a fake "support" mail in the thread is found out, and the shop's own reply is judged."""
    case, out = _case("B"), places.papers("person", "B")
    with step("B.fake_support") as told:
        mailbox.take_in(places.mailbox("person"), case.organisation, by=ME)
        fake = next(message for message in case.messages.all() if _sender(message).endswith("-support.example"))
        verdict = services.check_message(message=fake, by=ME, dns=_dns(places))
        if verdict.verdict != "fake":
            raise AssertionError(f"the fake mail was found {verdict.verdict}")
        services.state_case_facts(case=case, by=ME, facts={"harm": ["phishing_received"]})
        answer = unsealed(verdict)["answer"]
        kept = {
            "届いたメール.eml": incoming.raw_of(fake.mail),
            "check.json": as_json(answer),
            "判定.txt": _verdict(answer).encode(),
        }
        write(out / "6-fake-support", kept)
        told.say(
            "やりとりに紛れ込んだ「サポート」からのメールを偽物と見分け、リンクを開かずに証拠として残しました。",
            "a mail from a false support that slipped into the thread is found to be fake, and kept as evidence unopened",
        )
    _replied(places, case, out / "7-reply", "B.reply", taken=True)
    _case_file(places, case, out / "8-case-file", "B.my_case_file")


def verify_the_shops(places: Places) -> None:
    """The person's program verifies the case files that the shop's program made."""
    with step("person.verifies") as told:
        entries = [mailbox.verified(places.papers("company", story)) for story in "AB"]
        told.say(
            f"お店の記録ファイル2つ（{entries[0]}件と{entries[1]}件）を、本人の側で検証しました。",
            f"the shop's two case files ({entries[0]} and {entries[1]} entries) verify on the person's side",
        )


PARTS: dict[str, Callable[[Places], None]] = {
    "A1": alarmed,
    "A2": answered,
    "A3": settled,
    "B1": cards,
    "B2": trapped,
    "verify": verify_the_shops,
}


def _home(name: str) -> Organisation:
    with step(name) as told:
        me = Organisation.objects.get()
        told.say(
            "本人のホームを、自分の計算機に作りました。外からは見えません。",
            "the person's home is made on their own computer; nobody else can look in",
        )
    return me


def _opened(places: Places, me: Organisation, out: Path, story: str, title: str) -> Case:
    """Open a case on what the person knew before: the shop's domain, from the mail about an order of long ago."""
    with step(f"{story}.case") as told:
        mailbox.take_in(places.mailbox("person"), me, by=ME)
        order = next(row for row in IncomingMail.objects.all() if "ご注文" in mails.read(incoming.raw_of(row)).subject)
        sender = mails.read(incoming.raw_of(order)).sender
        if sender is None:
            raise AssertionError("the order mail has no sender")
        customer = places.customer
        facts = {
            "title": title,
            "company": shop.SHOP["name"],
            "domains": [{"domain": sender.address.rpartition("@")[2], "known_from": "order_mail"}],
            "name": customer.name,
            "email": customer.email,
            "member_id": customer.number,
            "concerns": ["知らない相手に住所や電話番号を使われないか心配です。"],
        }
        case = services.open_case(organisation=me, by=ME, facts=facts)
        out.mkdir(parents=True, exist_ok=True)
        told.say(
            "相談を開き、以前の注文のメールから、お店の公式ドメインを決めました。",
            "a case is opened; the shop's domain is fixed from the mail about an earlier order",
        )
    return case


def _noticed(case: Case, out: Path, story: str) -> Message:
    """File the newest notice of the holding place in the case, with the code that stands in it."""
    with step(f"{story}.notice") as told:
        waiting = list(holding_place(case.organisation))
        mail = next(row for row in waiting if "お詫び" in mails.read(incoming.raw_of(row)).subject)
        message = services.file_mail(case=case, by=ME, mail=mail, role="notice")
        read = mails.read(incoming.raw_of(mail))
        (out / "届いた通知.eml").write_bytes(incoming.raw_of(mail))
        services.state_case_facts(
            case=case,
            by=ME,
            facts={
                "how": "mail",
                "noticed_on": legal_day(message.at),
                "notice_date": legal_day(message.at),
                "subject": read.subject,
            },
        )
        told.say(
            "届いた通知を、届いたまま相談に保管しました。",
            "the notice is kept in the case exactly as it arrived",
        )
    return message


def _tonight(case: Case, notice: Message, folder: Path, name: str) -> None:
    """Say what to do tonight, before anything is verified, from the items that the notice names."""
    with step(name) as told:
        text = unsealed(notice)["text"]
        facts = read_announcement(text).answer()["facts"]
        items = [each["key"] for each in facts["items"]]
        if not items:
            raise AssertionError("the notice names its items, and none was read")
        services.state_case_facts(case=case, by=ME, facts={"items": items, **_period(facts)})
        found = steps(case)
        risks = harm.risks(items, "ja")
        write(
            folder,
            {
                "今夜すること.txt": _by_time([each for each, _ in found]).encode(),
                "起こりうること.txt": "\n\n".join(risk.text for risk in risks).encode(),
            },
        )
        tonight = sum(1 for each, _ in found if each.when == "tonight")
        told.say(
            f"通知に書かれた{len(items)}項目から、今夜すること{tonight}つを先に示しました。",
            f"from the {len(items)} items of the notice: {tonight} things to do tonight, before anything else",
        )


def _checked(places: Places, case: Case, notice: Message, folder: Path, name: str) -> Check:
    """Is it really from the shop: by the signature of the mail, and by the signed notice under the published key."""
    with step(name) as told:
        domain = current_facts(case).domains[0].domain
        published = visitor(places)(f"https://{domain}{wellknown.PATH}")
        services.keep_keys(case=case, by=ME, domain=domain, document=published.body)
        check = services.check_message(message=notice, by=ME, dns=_dns(places))
        answer = unsealed(check)["answer"]
        write(folder, {"check.json": as_json(answer), "判定.txt": _verdict(answer).encode()})
        if check.verdict != "genuine":
            raise AssertionError([reason["id"] for reason in answer["reasons"]])
        told.say(
            "メールの署名と、公開された鍵による通知の署名を自分で確かめ、本物と分かりました。",
            "the mail's own signature and the signed notice are verified by us: it is genuine",
        )
    _reference(case, notice)
    return check


def _reference(case: Case, notice: Message) -> None:
    """Take the code of the notice over, from the statement whose signature holds."""
    mail = mails.read(incoming.raw_of(notice.mail))
    for jws in carry.find(mail.text, [(each.name, each.type, each.data) for each in mail.attachments]):
        opened = exchange.open_statement(jws, trusted=trusted_keys(case), now=notice.mail.taken_at)
        services.state_case_facts(case=case, by=ME, facts={"reference": opened.statement.body.reference})


def _read(notice: Message, folder: Path, name: str) -> Reading:
    with step(name) as told:
        reading = services.read_message(message=notice, by=ME)
        answer = unsealed(reading)["answer"]
        text = unsealed(notice)["text"]
        said = {"reading.json": as_json(answer), "書かれていること.txt": say.announcement(answer, text, "ja").encode()}
        write(folder, said)
        counted = Counter(answer["covers"].values())
        told.say(
            f"法の定める9項目のうち、書かれているのは{counted['stated']}、一部が{counted['partly']}、ないのが{counted['missing']}です。",
            f"of the law's nine items {counted['stated']} are stated, {counted['partly']} partly, {counted['missing']} are missing",
        )
    return reading


def _whom(places: Places, case: Case, folder: Path, name: str) -> None:
    with step(name) as told:
        domain = current_facts(case).domains[0].domain
        pages = site.pages(f"https://{domain}/", visitor(places))
        now = timezone.now()
        found = contacts.windows(pages, domain=domain, keys=trusted_keys(case), now=now)
        answer = contacts.answer(found)
        services.keep_windows(case=case, by=ME, answer=answer)
        listed = "\n\n".join(
            f"{each['name'] or ''} {each['value']}\n出どころ：{each['source']}" for each in answer["windows"]
        )
        write(folder, {"windows.json": as_json(answer), "窓口.txt": listed.encode()})
        best = windows(case)[0]
        told.say(
            f"お店の公式サイト{len(pages)}ページから窓口{len(found)}件を見つけました。最初は「{best['name'] or best['value']}」です。",
            f"{len(found)} windows on {len(pages)} pages of the shop's own site; the first is {best['value']}",
        )


def _asked(case: Case, folder: Path, name: str, own_questions: list[str] | None = None) -> None:
    with step(name) as told:
        letter = services.prepare_letter(case=case, by=ME, kind="inquiry", own_questions=own_questions or [])
        _keep(letter, folder)
        services.send_letter(letter=letter, by=ME, to=_desk(case))
        mailbox.send_all()
        count = len(unsealed(letter)["questions"])
        told.say(
            f"{count}の質問に一つずつ根拠を添えた問い合わせを、公式の窓口に送りました。",
            f"an inquiry of {count} questions, each with its ground, goes to the official window",
        )


def _replied(places: Places, case: Case, folder: Path, name: str, *, taken: bool = False) -> None:
    """Take the reply, check that it is the shop's and the answer to exactly this inquiry, and judge it."""
    with step(name) as told:
        if not taken:
            mailbox.take_in(places.mailbox("person"), case.organisation, by=ME)
        open_ = [m for m in case.messages.filter(incoming=True, role=Role.OTHER).order_by("kept_at") if m.mail]
        reply = next(message for message in open_ if _sender(message).endswith(f"@{shop.DOMAIN}"))
        asked = case.messages.filter(incoming=False, role__in=(Role.INQUIRY, Role.FOLLOW_UP)).order_by("at").last()
        services.name_message(message=reply, by=ME, role="reply", answers=asked)
        check = services.check_message(message=reply, by=ME, dns=_dns(places))
        if check.verdict != "genuine" or not _is_the_answer(case, reply, asked):
            raise AssertionError([reason["id"] for reason in unsealed(check)["answer"]["reasons"]])
        reading = services.read_message(message=reply, by=ME)
        verdicts = answers(reply)
        write(
            folder,
            {
                "回答.txt": unsealed(reply)["text"].encode(),
                "判定.json": as_json(verdicts),
                "判定.txt": say.reply(unsealed(reading)["answer"], unsealed(reply)["text"], "ja").encode(),
                "reading.json": as_json(unsealed(reading)["answer"]),
            },
        )
        _tell(told, verdicts)


def _tell(told: Told, verdicts: list[dict]) -> None:
    counted = Counter(each["verdict"] for each in verdicts)
    ja = "、".join(f"{WORDS[key]}{count}" for key, count in counted.items())
    en = ", ".join(f"{count} {key.replace('_', ' ')}" for key, count in counted.items())
    told.say(
        f"回答がこの問い合わせへの署名付きの回答であることを確かめ、質問ごとに判定しました：{ja}。",
        f"the reply is the signed answer to exactly this inquiry; question by question: {en}",
    )


def _is_the_answer(case: Case, reply: Message, asked: Message) -> bool:
    mail = mails.read(incoming.raw_of(reply.mail))
    question = exchange.open_inquiry(unsealed(asked.letter)["statement"], to=None, now=None)
    found = carry.find(mail.text, [(each.name, each.type, each.data) for each in mail.attachments])
    trusted = trusted_keys(case)
    opened = [exchange.open_statement(jws, trusted=trusted, now=reply.mail.taken_at) for jws in found]
    return any(exchange.is_answer_to(answer, question) for answer in opened)


def _case_file(places: Places, case: Case, folder: Path, name: str) -> None:
    with step(name) as told:
        data = services.export_case_file(case=case, by=ME, to="消費生活センター（demo）")
        keys = {"me.example": public_keys(case.organisation)}
        write(folder, {places.case_file: data, "keys.json": json.dumps(keys, indent=2).encode()})
        verdict = verify(data, read_trusted(json.dumps(keys).encode(), file="keys.json"))
        if not verdict.whole:
            raise AssertionError(verdict.problems)
        told.say(
            f"相談の記録{verdict.entries}件を、第三者が検証できる1つのファイルにまとめました。",
            f"the case's {verdict.entries} entries are in one file that a third party can verify",
        )


def _case(story: str) -> Case:
    """Return the case of a story: the person opened A's first."""
    return Case.objects.order_by("opened_at")["AB".index(story)]


def _desk(case: Case) -> str:
    return next(each["value"] for each in windows(case) if each["channel"] == "email")


def _dns(places: Places):
    return read_dns(places.dns.read_bytes(), file=places.dns.name)


def _sender(message: Message) -> str:
    return unsealed(message).get("counterpart", "")


def _period(facts: dict) -> dict:
    starts = [each["value"] for each in facts["dates"] if each["event"] == "occurred" and each["value"]]
    starts += [each["from"] for each in facts["period"] if each["from"]]
    return {"period_start": min(starts)} if starts else {}


def _by_time(found: list[harm.Step]) -> str:
    """Return the steps under a heading for each time, tonight's first."""
    blocks = []
    for when, heading in WHEN.items():
        lines = [f"・{each.text}" for each in found if each.when == when]
        blocks += ["\n".join([heading, *lines])] if lines else []
    return "\n\n".join(blocks)


def _verdict(answer: dict) -> str:
    """Return a verdict with what it means, then every reason."""
    reasons = "\n".join(f"・{reason['text']}" for reason in answer["reasons"])
    return f"{VERDICTS[answer['verdict']]}\n{answer['means']}\n\n理由\n{reasons}"


def _keep(letter, folder: Path) -> None:
    paper = paper_of(letter)
    write(folder, {"書面.txt": render.text(paper).encode(), "書面.pdf": render.pdf(paper)})

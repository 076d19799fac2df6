"""Is it from them, and what does it say: the answers of the rooms are kept as they were given; a human may correct them."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from madoguchi.app.accounts.permission import Actor
from madoguchi.app.mail.incoming import raw_of
from madoguchi.app.person.documents import as_json
from madoguchi.app.person.models import Check, Message, Overrule, Reading, Role
from madoguchi.app.person.queries import answers, asked_in, current_facts, official_phones, trusted_keys
from madoguchi.app.person.sealing import fill, told
from madoguchi.app.person.services.cases import must_be_open
from madoguchi.app.service import Done, service
from madoguchi.authenticity import Dns, Verdict, check_mail, check_text
from madoguchi.law import bodies
from madoguchi.letters.clean import clean
from madoguchi.problem import Problem
from madoguchi.reading.announcement import check_language, read_announcement
from madoguchi.reading.reply.read import read_reply
from madoguchi.text import phones

VERDICTS = ("answered", "partly", "refused", "not_answered", "no_duty_to_answer")
KINDS = {Role.NOTICE: "announcement", Role.ANNOUNCEMENT: "announcement", Role.REPLY: "reply"}


def check_message(*, message: Message, by: Actor, dns: Dns | None = None) -> Check:
    """Judge whether a message is from the case's company; return the `Check`.

    It is held against the official domains and phones that the person fixed, and the keys kept for those domains.
    ``dns`` looks up what a signature names; without it nothing is looked up, and a signature cannot be checked.
    """
    # Judged before the transaction of the service: a name server may be slow, and others would wait for it.
    facts = current_facts(message.case)
    official = [each.domain for each in facts.domains or ()]
    if not official:
        raise Problem(
            ja="比べる公式のドメインがまだありません。注文時のメールなど、以前から知っているものを登録してください。",
            en="there is no official domain to compare with; enter one that you knew before, from an order mail for instance",
            place="domains",
        )
    numbers = (phones.canonical(number) for number in official_phones(message.case))
    listed = frozenset(number for number in numbers if number)
    known, keys = {official[0]: listed} if listed else None, trusted_keys(message.case)
    if message.mail:
        raw, arrived = raw_of(message.mail), message.mail.taken_at
        verdict = check_mail(
            raw, official=official, dns=dns, keys=keys, phones=known, public=bodies.numbers(), now=arrived
        )
    else:
        verdict = check_text(
            told(message)["text"],
            official=official,
            keys=keys,
            phones=known,
            public=bodies.numbers(),
            now=message.kept_at,
        )
    return keep_check(message=message, by=by, verdict=verdict, official=official)


@service(kind="person:message:checked", action="case.change", on="message")
def keep_check(*, message: Message, by: Actor, verdict: Verdict, official: Sequence[str]) -> Done:
    """Keep the answer of `authenticity` about a message, and against which domains it was checked; return the `Check`."""
    must_be_open(message.case)
    answer = verdict.answer("ja")
    row = Check(case=message.case, message=message, at=timezone.now(), verdict=verdict.verdict)
    fill(row, {"answer": answer, "official": list(official)}).save(force_insert=True)
    payload = {
        "message": str(message.id),
        "verdict": verdict.verdict,
        "official": list(official),
        "reasons": [reason["id"] for reason in answer["reasons"]],
    }
    return Done(row, payload, files={"check.json": as_json(answer)})


@service(kind="person:message:read", action="case.change", on="message")
def read_message(*, message: Message, by: Actor, against_the_check: bool = False) -> Done:
    """Read what a message says: facts for a notice or announcement; for a reply the verdict per question too.

    Return the `Reading`. A message that the last check found fake is refused, unless the person reads it
    ``against_the_check``, which the entry says.
    """
    must_be_open(message.case)
    message.refresh_from_db(fields=["role", "answers"])
    kind = KINDS.get(Role(message.role))
    if kind is None:
        raise Problem(
            ja="読み取れるのは、通知・公表・回答です。この連絡の種類を確かめてください。",
            en="what is read are notices, announcements and replies; check what this message is",
            place=message.role,
        )
    last = message.checks.order_by("-at").first()
    if last and last.verdict == "fake" and not against_the_check:
        raise Problem(
            ja="この連絡は偽物と判定されています。書かれたことを会社の言葉として扱えません。公式の窓口に確かめてください。",
            en="this message was found to be fake; what it says is not taken as the company's, ask the official window",
        )
    text = told(message)["text"]
    if kind == "reply":
        questions = asked_in(message.answers) if message.answers else None
        answer = read_reply(text, questions).answer()
    else:
        check_language(text)
        answer = read_announcement(text).answer()
    row = Reading(case=message.case, message=message, at=timezone.now(), kind=kind)
    fill(row, {"answer": answer, "text": text}).save(force_insert=True)
    payload: dict[str, Any] = {"message": str(message.id), "kind": kind, "covers": answer["covers"]}
    if kind == "reply":
        payload["verdicts"] = [[each["question"], each["verdict"]] for each in answer["answers"]]
    if against_the_check:
        payload["against_the_check"] = True
    return Done(row, payload, files={"reading.json": as_json(answer)})


@service(kind="person:verdict:overruled", action="case.change", on="message")
def overrule(*, message: Message, by: Actor, number: int, verdict: str, reason: str) -> Done:
    """Correct the verdict on the ``number``-th answer (from 1) of a read reply, and say why; return the `Overrule`.

    It stays when the text is read again. `Problem` for a number or verdict that is none.
    """
    must_be_open(message.case)
    found = answers(message)
    if not 1 <= number <= len(found):
        raise Problem(
            ja=f"その番号の質問はありません（1から{len(found)}まで）。",
            en=f"there is no question of this number (1 to {len(found)})",
            place=str(number),
        )
    if verdict not in VERDICTS:
        raise Problem(
            ja=f"判定は {'、'.join(VERDICTS)} のどれかです。", en=f"one of {', '.join(VERDICTS)}", place=verdict
        )
    judged = found[number - 1]
    if not clean(reason).strip():
        raise Problem(
            ja="訂正の理由が書かれていません。回答のどこからそう読めるかを記入してください。",
            en="no reason is given; say what in the reply makes you read it so",
            place="reason",
        )
    told_why = {"verdict": verdict, "reason": clean(reason)}
    row = Overrule(case=message.case, message=message, at=timezone.now())
    fill(row, {**told_why, "question": judged["question"], "asked": judged["asked"]}).save(force_insert=True)
    payload = {"message": str(message.id), "number": number, "from": judged["verdict"], "to": verdict}
    return Done(row, {**payload, "reason": told_why["reason"]})

"""An answer is prepared from the approved facts, approved by a second person where a hand changed it, and sent signed."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from madoguchi import exchange
from madoguchi.app.accounts.models import Member
from madoguchi.app.accounts.permission import may_approve
from madoguchi.app.company.services.scans import contact_of
from madoguchi.app.days import legal_day
from madoguchi.app.desk import answering, approved, letters
from madoguchi.app.desk.models import Answer, Inquiry, State
from madoguchi.app.desk.outgoing import queue
from madoguchi.app.desk.queries import arrival_of, paper_of
from madoguchi.app.desk.sealing import fill
from madoguchi.app.desk.services.inquiries import must_be_open
from madoguchi.app.mail.message import deliverable
from madoguchi.app.service import Done, service
from madoguchi.app.statements.queries import signing_key
from madoguchi.exchange import carry
from madoguchi.letters import render
from madoguchi.letters.reply import AnswerLine
from madoguchi.problem import LANGS, Lang, Problem
from madoguchi.text import datafile

BY_HAND = frozenset({"state", "text", "citation"})


@service(kind="desk:answer:prepared", action="inquiry.answer", on="inquiry")
def prepare_answer(
    *, inquiry: Inquiry, by: Member, changes: Mapping[int, Mapping[str, Any]] | None = None, lang: Lang = "ja"
) -> Done:
    """Prepare the answer to an inquiry; return it.

    Every line comes from the identified person's exposures and the approved facts; whoever is not identified is told
    what the public is told. ``changes`` (by number of the question) are written by hand and say state, text and citation
    anew, and then a second person approves. `Problem` where nothing is approved yet, the incident is not known, or a
    change is of no question.
    """
    must_be_open(inquiry)
    if lang not in LANGS:
        raise Problem(
            ja=f"この言語の回答はありません。{'、'.join(LANGS)} のどれかにしてください。",
            en=f"there is no answer in this language; choose one of {', '.join(LANGS)}",
            place="lang",
        )
    now = timezone.now()
    lines = answering.lines(inquiry, today=legal_day(now))
    for number, change in (changes or {}).items():
        at = next((at for at, line in enumerate(lines) if line.number == number), None)
        if at is None:
            raise Problem(
                ja=f"{number}番の質問はありません。問い合わせの番号を確かめてください。",
                en=f"there is no question {number}; look at the numbers of the inquiry",
                place="changes",
            )
        lines[at] = _changed(lines[at], change)
    person = inquiry.person
    items = (approved.items(person) if person else None) or {}
    name = contact_of(person).name if person else None
    paper = letters.answer(inquiry, lines, items, today=legal_day(now), name=name, lang=lang)
    row = Answer(
        organisation_id=inquiry.organisation_id,
        inquiry=inquiry,
        person=person,
        prepared_by=by,
        prepared_at=now,
        by_hand=bool(changes),
    )
    kept = {
        "lines": [line.model_dump(mode="json", exclude_none=True, by_alias=True) for line in lines],
        "items": items,
        "paper": paper.model_dump(mode="json"),
    }
    fill(row, kept).save(force_insert=True)
    states = [[line.number, line.question or "own", line.state] for line in lines]
    payload = {"answer": str(row.id), "inquiry": str(inquiry.id), "states": states, "by_hand": row.by_hand}
    return Done(row, payload, about=inquiry)


@service(kind="desk:answer:approved", action="paper.approve", on="answer")
def approve_answer(*, answer: Answer, by: Member) -> Done:
    """Approve an answer that a hand changed; return it."""
    must_be_open(answer.inquiry)
    now = timezone.now()
    alone = may_approve(by, answer, prepared_by=answer.prepared_by, prepared_at=answer.prepared_at, now=now)
    alone.or_refuse()
    if not Answer.objects.filter(id=answer.id, approved_at=None).update(approved_by=by, approved_at=now):
        raise Problem(ja="すでに承認されています。", en="it is approved already; nothing was changed")
    answer.refresh_from_db()
    return Done(answer, {"answer": str(answer.id), "alone": alone.alone}, about=answer.inquiry)


@service(kind="desk:answer:sent", action="inquiry.answer", on="answer")
def send_answer(*, answer: Answer, by: Member) -> Done:
    """Put the answer into the outbox, to the address on the list and to no other; return it.

    One that tells nothing of anybody goes to where the asker wants it, and the inquiry stays open. A signed inquiry gets a signed answer. `Problem` where it went out before, waits for approval, is no longer the last
    word, or the list has no address that mail can be sent to: then it is printed and posted.
    """
    answer = Answer.objects.select_related("inquiry", "person").get(id=answer.id)
    inquiry = answer.inquiry
    must_be_open(inquiry)
    answer.refresh_from_db(fields=["approved_at", "sent_at"])  # now that everybody else waits
    _must_be_the_last_word(answer)
    if answer.by_hand and not answer.approved_at:
        raise Problem(
            ja="手で直した回答は、別の人の承認を受けてから送ってください。",
            en="an answer that was changed by hand is approved by a second person before it goes out",
        )
    address = _address(answer)
    now, paper = timezone.now(), paper_of(answer)
    said = letters.statement(answer, paper=paper, now=now)
    key = signing_key(inquiry.organisation, now)
    jws = exchange.sign(said, key) if said and key else None
    answer.mail = queue(
        inquiry, to=address, paper=paper, subject=answer.id, attachments=(carry.attachment(jws),) if jws else ()
    )
    answer.sent_at = now
    answer.save(update_fields=["mail", "sent_at"])
    if answer.person_id:
        inquiry.state = State.ANSWERED
        inquiry.save(update_fields=["state"])
    payload = {"answer": str(answer.id), "inquiry": str(inquiry.id), "message_id": answer.mail.message_id}
    digests = {"letter_sha256": exchange.letter_digest(render.text(paper))}
    if jws:
        digests["statement_sha256"] = exchange.statement_digest(jws)
    # Hashes alone: the answer is one person's, and an incident's case file goes to others.
    return Done(answer, payload | digests, about=inquiry)


def _address(answer: Answer) -> str:
    """Return where the answer goes: to the person on the list, or, where it names nobody, to where it is wanted."""
    if answer.person is None:
        asked = arrival_of(answer.inquiry)
        address = deliverable(asked.reply_to or asked.sender or "")
        if not address:
            raise Problem(
                ja="返信先のメールアドレスがありません。回答を印刷し、届いた方法でお返しください。",
                en="the inquiry names no address to answer to; print the answer and return it the way it came",
            )
        return address
    address = deliverable(contact_of(answer.person).email or "")
    if not address:
        raise Problem(
            ja="名簿にメールアドレスがありません。回答を印刷し、登録の住所に郵送してください。",
            en="the list has no mail address; print the answer and post it to the address on the list",
        )
    return address


def _changed(line: AnswerLine, change: Mapping[str, Any]) -> AnswerLine:
    """Return ``line`` as a hand has it: nothing of the draft stays but which question it answers."""
    if unknown := set(change) - BY_HAND:
        raise Problem(
            ja="手で直せるのは、state（状態）、text（文）、citation（根拠）だけです。",
            en="by hand only state, text and citation are changed",
            place=", ".join(sorted(unknown)),
        )
    kept = line.model_dump(include={"number", "question", "asked", "ground"}, exclude_none=True, by_alias=True)
    return datafile.check(AnswerLine, kept | dict(change))


def _must_be_the_last_word(answer: Answer) -> None:
    """Refuse what went out before, and what was overtaken: by an answer that went out meanwhile, or another person."""
    if answer.sent_at:
        raise Problem(
            ja="この回答は、すでに送られています。何も送っていません。",
            en="this answer went out already; nothing was sent",
        )
    if answer.person_id != answer.inquiry.person_id:
        raise Problem(
            ja="この回答を作った後に、問い合わせた方が別の方に改められています。回答を作り直してください。",
            en="after this answer was prepared, the asker was found to be somebody else; prepare it anew",
        )
    if answer.inquiry.answers.filter(sent_at__gte=answer.prepared_at).exists():
        raise Problem(
            ja="この回答を作った後に、別の回答が送られています。内容を確かめ、続きがあれば作り直してください。",
            en="another answer went out after this one was prepared; look at it, and prepare anew if there is more",
        )

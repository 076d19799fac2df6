"""The desk's letters: the code for identification, and the reply with its signed answer."""

from datetime import date, datetime, timedelta

from madoguchi import exchange
from madoguchi.app.days import legal_day
from madoguchi.app.desk.models import Answer, Inquiry
from madoguchi.app.desk.queries import arrival_of, items_of, lines_of
from madoguchi.app.statements.queries import desk_windows
from madoguchi.letters import facts as words
from madoguchi.letters import identification, render, reply
from madoguchi.letters.letter import Letter
from madoguchi.letters.reply import AnswerLine
from madoguchi.problem import Lang
from madoguchi.text import datafile
from madoguchi.text.language import LocalText

HOLDS = timedelta(days=1830)
NOT_YET = LocalText.model_validate(
    {
        "ja": "確認中です。分かり次第お知らせします。",
        "en": "We are looking into it and will tell you as soon as we know.",
        "ja-easy": "いま 調（しら）べています。分（わ）かったら お知（し）らせします。",
    }
)


def code(inquiry: Inquiry, number: str, *, today: date, lang: Lang = "ja") -> Letter:
    """Return the mail with the code ``number``."""
    facts = {"date": today, "organisation": inquiry.organisation.name, "desk": _desk(inquiry), "code": number}
    return identification.make(datafile.check(identification.CodeFacts, facts), lang)


def answer(
    inquiry: Inquiry, lines: list[AnswerLine], items: dict[str, list[str]], *, today: date, name: str | None, lang: Lang
) -> Letter:
    """Return the reply to an identified person called ``name``, whose ``items`` by tier leaked; no name: not identified."""
    organisation = inquiry.organisation
    facts = {
        "date": today,
        "organisation": organisation.name,
        "organisation_address": organisation.address,
        "responsible": organisation.desk_name,
        "person": name,
        "inquiry_date": legal_day(inquiry.received_at),
        "reference": _reference(inquiry),
        "answers": lines,
        "items": [key for keys in items.values() for key in keys],
        "desk": _desk(inquiry),
    }
    return reply.make(datafile.check(reply.ReplyFacts, facts), lang)


def statement(answer: Answer, *, paper: Letter, now: datetime) -> exchange.Answer | None:
    """Return the answer as the statement to be signed, beside the reply ``paper``.

    None where the inquiry was no signed one, or the organisation has no official domain to sign for.
    """
    inquiry, asked = answer.inquiry, arrival_of(answer.inquiry)
    if not (asked.statement and asked.sha256 and inquiry.organisation.domain):
        return None
    items = tuple(exchange.ItemTier(key=key, tier=tier) for tier, keys in items_of(answer).items() for key in keys)
    return exchange.Answer(
        issuer=inquiry.organisation.domain,
        issued=now,
        expires=now + HOLDS,
        id=str(answer.id),
        body=exchange.AnswerBody(
            organisation=inquiry.organisation.name,
            inquiry=asked.statement,
            inquiry_sha256=asked.sha256,
            reference=_reference(inquiry),
            answers=tuple(
                exchange.QuestionAnswer(
                    number=line.number,
                    key=line.question,
                    state=line.state,
                    text=words.told(line.text, paper.lang) if line.text else NOT_YET.say(paper.lang),
                    citation=line.citation,
                    items=items if line.question == "items" and line.state in ("answered", "partly") else None,
                )
                for line in lines_of(answer)
            ),
            windows=desk_windows(inquiry.organisation),
            letter_sha256=exchange.letter_digest(render.text(paper)),
        ),
    )


def _reference(inquiry: Inquiry) -> str | None:
    """Return the code of the person's own notice, where it was quoted; never that of another's."""
    notice, person = inquiry.notice, inquiry.person
    own = notice and person and bytes(notice.person.by_list_id) == bytes(person.by_list_id)
    return notice.reference if own else None


def _desk(inquiry: Inquiry) -> dict[str, str]:
    of = inquiry.organisation
    return {
        "name": of.desk_name,
        "phone": of.desk_phone,
        "hours": of.desk_hours,
        "email": of.desk_email,
        "web": of.website,
    }

"""For the person on the phone (電話対応の手引き): who may be told what, the answers of the FAQ, and what never to ask."""

from typing import Self

from pydantic import model_validator

from madoguchi import catalogue
from madoguchi.harm.steps import call
from madoguchi.letters import faq
from madoguchi.letters.account import Account
from madoguchi.letters.facts import Facts, Line
from madoguchi.letters.letter import Block, Heading, Letter, Lines, Note, Paragraph, Points, Table
from madoguchi.letters.public import PublicFacts
from madoguchi.letters.wording import Wording
from madoguchi.problem import Lang

_PRESSED = ("money", "misuse", "safety", "claim", "angry", "press", "threat")
_NEVER = ("ask", "guess", "assure", "promise", "others", "send")
_RECORD = ("when", "who", "how", "asked", "told", "promised")


class Staff(Facts):
    """How this desk works: the registered items by which it may identify a caller, and who takes a call over.

    ``identify_by`` are catalogue keys that the company holds of its people. Passwords, card and account numbers, My
    Number and what the law treats with special care are never asked for and are refused.
    """

    identify_by: tuple[str, ...] = ("name", "phone", "email", "address", "birth_date")
    hand_over: Line | None = None

    @model_validator(mode="after")
    def _may_be_asked(self) -> Self:
        known = catalogue.items()
        secret = [
            key
            for key in self.identify_by
            if key in known and (known[key].handling != "plain" or known[key].special_care)
        ]
        if secret:
            raise ValueError(
                f"{secret[0]} is never asked for on the phone / {secret[0]}は電話で尋ねてはならない項目です"
            )
        return self


def make(facts: PublicFacts, lang: Lang = "ja", *, staff: Staff | None = None) -> Letter:
    """Return the script in ``lang``, for staff only; `Problem` for an item that the catalogue does not have.

    Before identification only published facts may be said. Items that leaked identify nobody: whoever took them knows
    them too. Source of who may ask: 法第37条, 施行令第12条・第13条.
    """
    staff = staff or Staff()
    catalogue.check_keys(staff.identify_by)
    account, wording = Account(facts, lang), Wording("call_script", lang)
    title = wording.say("title", event=account.event)
    sections: tuple[tuple[str, list[Block]], ...] = (
        ("opening", _opening(facts, wording)),
        ("before", _before(wording)),
        ("identity", _identity(facts, staff, wording)),
        ("after", _after(wording)),
        ("answers", _answers(facts, wording)),
        ("never", _never(wording)),
        ("pressed", _pressed(staff, wording)),
        ("closing", _closing(wording)),
    )
    return Letter(
        kind="call_script",
        lang=lang,
        date=facts.date,
        sender=facts.company,
        subject=wording.say("subject", title=title, company=facts.company),
        title=title,
        opening=(Lines(texts=(account.date, facts.company), side="right"),),
        blocks=(
            Paragraph(text=wording.say("internal", date=account.date)),
            *(
                block
                for number, (key, blocks) in enumerate(sections, 1)
                for block in (Heading(text=f"{number}. {wording.say(f'heading.{key}')}"), *blocks)
            ),
        ),
    )


def _spoken(wording: Wording, key: str, **values: object) -> str:
    return wording.say("say_line", text=wording.say(f"say.{key}", **values))


def _opening(facts: PublicFacts, wording: Wording) -> list[Block]:
    desk = facts.desk.name or wording.say("our_desk")
    hello = _spoken(wording, "hello", company=facts.company, desk=desk, staff=wording.say("staff"))
    return [Points(texts=(hello, wording.say("opening.listen"), _spoken(wording, "name")), numbered=True)]


def _before(wording: Wording) -> list[Block]:
    said = [wording.say("before.may"), wording.say("before.may_not"), _spoken(wording, "only_published")]
    return [Points(texts=tuple(said))]


def _identity(facts: PublicFacts, staff: Staff, wording: Wording) -> list[Block]:
    leaked = [key for key in staff.identify_by if key in (facts.items or ())]
    safe = [key for key in staff.identify_by if key not in leaked]
    texts = [_spoken(wording, "reference")]
    # One item that did not leak is no proof by itself either.
    texts.append(wording.say("identity.ask", items=_names(safe, wording)) if len(safe) > 1 else "")
    texts.append(wording.say("identity.leaked", items=_names(leaked, wording)) if leaked else "")
    texts.append("" if len(safe) > 1 else wording.say("identity.only_leaked"))
    texts += [wording.say("identity.call_back"), _spoken(wording, "call_back")]
    texts += [wording.say("identity.no_match"), _spoken(wording, "no_match"), wording.say("identity.agent")]
    return [Points(texts=tuple(text for text in texts if text), numbered=True)]


def _names(keys: list[str], wording: Wording) -> str:
    return wording.join([catalogue.say(key, wording.lang) for key in dict.fromkeys(keys)])


def _after(wording: Wording) -> list[Block]:
    said = [wording.say("after.look"), wording.say("after.advice"), wording.say("after.not_found")]
    return [Points(texts=(*said, _spoken(wording, "not_found")))]


def _answers(facts: PublicFacts, wording: Wording) -> list[Block]:
    blocks: list[Block] = [
        Paragraph(text=wording.say("answers.open")),
        Paragraph(text=_spoken(wording, "open")),
    ]
    for number, entry in enumerate(faq.entries(facts, wording.lang), 1):
        blocks.append(Heading(text=f"Q{number}. {entry.question}", level=3))
        blocks += faq.shown(entry)
        if entry.state != "answered":
            blocks.append(Note(text=wording.say("answers.mark")))
    return blocks


def _never(wording: Wording) -> list[Block]:
    rules = [wording.say(f"never.{key}") for key in _NEVER]
    return [Points(texts=tuple(rules)), Paragraph(text=_spoken(wording, "stop"))]


def _pressed(staff: Staff, wording: Wording) -> list[Block]:
    police = call("police_advice", wording.lang)
    rows = tuple((wording.say(f"pressed.{key}"), _do(key, police.phone or police.name, wording)) for key in _PRESSED)
    to = wording.say("pressed.to", name=staff.hand_over) if staff.hand_over else wording.say("pressed.to_unknown")
    return [
        Table(rows=rows),
        Paragraph(text=_spoken(wording, "hand_over")),
        Paragraph(text=to),
    ]


def _do(key: str, police: str, wording: Wording) -> str:
    return wording.say(f"pressed.{key}_do", police=police)


def _closing(wording: Wording) -> list[Block]:
    return [
        Points(
            texts=(_spoken(wording, "sum_up"), wording.say("closing.number"), _spoken(wording, "goodbye")),
            numbered=True,
        ),
        Heading(text=wording.say("closing.record"), level=3),
        Points(texts=tuple(wording.say(f"closing.fields.{key}") for key in _RECORD)),
        Paragraph(text=wording.say("closing.no_feelings")),
    ]

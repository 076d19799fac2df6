"""What our letters say is read back whole by our reader: as text with its hard line ends, as a page, as a PDF."""

import datetime as dt
import re
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi import catalogue
from madoguchi.app.demo import shop
from madoguchi.intake import html, pdf
from madoguchi.intake.limits import Limits
from madoguchi.law import questions as law
from madoguchi.letters import faq, inquiry, notice, render, reply, statement
from madoguchi.letters.draft import draft
from madoguchi.letters.facts import Cause
from madoguchi.letters.inquiry import InquiryFacts
from madoguchi.letters.letter import Letter
from madoguchi.letters.notice import NoticeFacts
from madoguchi.letters.public import PublicFacts
from madoguchi.letters.reply import AnswerLine, ReplyFacts
from madoguchi.problem import LANGS, Lang
from madoguchi.reading import questions
from madoguchi.reading.announcement import read_announcement
from madoguchi.reading.questions import Asked
from madoguchi.reading.reply.read import Reply, read_reply
from madoguchi.text import datafile

CASES = Path(__file__).parent / "cases" / "own_letters"
LETTERS = datafile.read_yaml((CASES / "letters.yaml").read_text(encoding="utf-8"))
GIVEN = {"date": "2026-11-25", "company": "株式会社みほん商店"}
FORMS = {
    "text": render.text,
    "html": lambda letter: html.page(render.html(letter)).text,
    "pdf": lambda letter: pdf.text(render.pdf(letter), Limits()),
}
KEYS = [question.key for question in law.QUESTIONS]
VERDICTS = {"answered": "answered", "partly": "partly", "refused": "refused", "unknown_yet": "not_answered"}
FULL = datafile.read_yaml((Path(__file__).parents[1] / "letters/cases/full_statement.yaml").read_bytes())


def made(kind: str, facts: dict[str, Any]) -> Letter:
    if kind == "notice":
        return notice.make(datafile.check(NoticeFacts, GIVEN | facts))
    public = datafile.check(PublicFacts, GIVEN | facts)
    return statement.make(public) if kind == "statement" else faq.make(public)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def read(text: str) -> dict[str, Any]:
    """Return the facts of a letter as the cases write them."""
    answer = read_announcement(text).answer()
    facts: Any = answer["facts"]
    one = {name: facts[name] and facts[name]["value"] for name in ("organisation", "secondary_harm")}
    days = {(day["event"], day["value"]) for day in facts["dates"]}
    return one | {
        "items": sorted(item["key"] for item in facts["items"]),
        "not_leaked": sorted(item["key"] for item in facts["not_leaked"]),
        "dates": sorted(days - {("disclosed", facts["published"]["value"])}),
        "period": [(period["from"], period["to"]) for period in facts["period"]],
        "persons": [(count["value"], count["unit"], count["qualifier"]) for count in facts["persons"]],
        "cause": facts["cause"] and facts["cause"]["key"],
        "delay": facts["delay_reason"] is not None,
        "windows": [(w["channel"], w["value"], w["name"], w["hours"]) for w in facts["windows"]],
        "measures": [squeezed(measure["text"]) for measure in facts["company_measures"] if measure["done"]],
        "covers": answer["covers"],
    }


def as_read(value: Any) -> Any:
    """Return what a case expects in the reader's own form."""
    if isinstance(value, list):
        return [tuple(as_read(inner) for inner in entry) if isinstance(entry, list) else entry for entry in value]
    return value.isoformat() if isinstance(value, dt.date) else value


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("case", LETTERS, ids=[case["about"] for case in LETTERS])
def test_a_letter_is_read_as_it_was_written(case: dict[str, Any], form: str) -> None:
    found = read(FORMS[form](made(case["letter"], case["facts"])))
    for name, expected in case["read"].items():
        match name:
            case "covers":
                assert {key: found["covers"][key] for key in expected} == expected
            case "measures":
                assert all(any(squeezed(words) in told for told in found["measures"]) for words in expected)
            case "items" | "not_leaked" | "dates":
                assert found[name] == sorted(as_read(expected))
            case _:
                assert found[name] == as_read(expected)


@pytest.mark.parametrize("key", sorted(catalogue.items()))
def test_every_item_of_the_catalogue_is_read_on_the_side_on_which_it_was_written(key: str) -> None:
    leaked, safe = (read(render.text(made("notice", {side: [key]}))) for side in ("proved", "not_affected"))
    assert (leaked["items"], leaked["not_leaked"]) == ([key], [])
    assert (safe["items"], safe["not_leaked"]) == ([], [key])


ITEMS = st.lists(st.sampled_from(sorted(catalogue.items())), unique=True, max_size=9)
DAYS = st.lists(st.dates(dt.date(2024, 1, 1), dt.date(2026, 11, 1)), min_size=3, max_size=3).map(sorted)
CAUSES = [cause for cause in get_args(Cause) if cause not in {"other", "wrong_disposal"}]


@given(
    items=ITEMS,
    cuts=st.tuples(st.integers(0, 9), st.integers(0, 9)).map(sorted),
    days=DAYS,
    cause=st.sampled_from([None, *CAUSES]),
    harm=st.sampled_from([None, "none_seen", "seen", "possible"]),
    kind=st.sampled_from(["customers", "employees", "shareholders", "other"]),
    company=st.sampled_from(["株式会社みほん商店", "みほん雑貨店", "医療法人社団みほん会", "見本市"]),
    phone=st.sampled_from([None, "0120-000-000", "03-0000-0001"]),
)
def test_whatever_is_told_to_a_person_is_read_back(
    items: list[str],
    cuts: list[int],
    days: list[dt.date],
    cause: str | None,
    harm: str | None,
    kind: str,
    company: str,
    phone: str | None,
) -> None:
    proved, possible, safe = items[: cuts[0]], items[cuts[0] : cuts[1]], items[cuts[1] :]
    facts = {
        "company": company,
        "people_kind": kind,
        "proved": proved,
        "possible": possible,
        "not_affected": safe,
        "occurred": {"start": days[0], "end": days[1]},
        "discovered": days[2],
        "cause": cause,
        "secondary_harm": harm,
        "desk": {"phone": phone},
    }
    found = read(render.text(made("notice", facts)))
    assert found["organisation"] == company
    assert (found["items"], found["not_leaked"]) == (sorted([*proved, *possible]), sorted(safe))
    assert found["dates"] == sorted([("occurred", str(days[0])), ("discovered", str(days[2]))])
    assert found["period"] == ([(str(days[0]), str(days[1]))] if days[0] < days[1] else [])
    assert (found["cause"], found["secondary_harm"]) == (cause, harm)
    assert [window[:2] for window in found["windows"]] == ([("phone", phone)] if phone else [])
    assert found["persons"] == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("story", "items"),
    [
        (shop.copied_as_remembered, ["email", "name", "password_hash"]),
        (shop.skimmed_as_remembered, ["card_expiry", "card_number", "card_security_code"]),
    ],
)
def test_the_sample_shops_notice_is_read_back(story: Any, items: list[str], form: str) -> None:
    told = story(dt.date(2026, 11, 21))
    occurred = told.get("occurred")
    facts = {
        "date": dt.date(2026, 11, 22),
        "company": shop.SHOP["name"],
        "summary": told["summary"],
        "occurred": occurred,
        "discovered": told["known_on"],
        "proved": items,
        "not_affected": told.get("not_affected", []),
        "secondary_harm": told["secondary_harm"]["state"],
        "secondary_text": told.get("secondary_told"),
        "company_did": told["company_did"],
        "investigating": ["4"],
        "desk": {name: shop.SHOP[f"desk_{name}"] for name in ("name", "phone", "hours", "email")},
    }
    found = read(FORMS[form](made("notice", facts)))
    assert found["items"] == items
    assert found["not_leaked"] == sorted(told.get("not_affected", []))
    days = [("occurred", str(occurred))] if occurred else []
    assert found["dates"] == sorted([*days, ("discovered", str(told["known_on"]))])
    assert [window[:3] for window in found["windows"]] == [
        ("phone", shop.SHOP["desk_phone"], shop.SHOP["desk_name"]),
        ("email", shop.SHOP["desk_email"], shop.SHOP["desk_name"]),
    ]
    assert found["windows"][0][3] == "平日 9:00~17:30"
    for measure in told["company_did"]:
        assert any(squeezed(measure["ja"]).partition("。")[0] in done for done in found["measures"])


INQUIRY = {
    "date": "2026-12-05",
    "writer": {"name": "見本 花子", "email": "hanako@example.jp", "member_id": "A-1024"},
    "company": {"name": "株式会社みほん商店"},
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("short", [False, True])
@given(keys=st.lists(st.sampled_from(KEYS), min_size=1, unique=True))
def test_every_question_of_our_inquiry_is_found_with_its_key_and_number(
    lang: Lang, short: bool, keys: list[str]
) -> None:
    facts = datafile.check(InquiryFacts, INQUIRY | {"questions": keys})
    found = questions.of_letter(render.text(inquiry.make(facts, lang, short=short)))
    assert [(one.key, one.number) for one in found] == [(one.key, one.number) for one in inquiry.numbered(facts, lang)]


def replied(lines: list[AnswerLine], lang: Lang) -> tuple[str, Reply]:
    numbered = [line.model_copy(update={"number": number}).model_dump() for number, line in enumerate(lines, 1)]
    facts = {"date": "2026-11-28", "organisation": "株式会社みほん商店", "answers": numbered}
    text = render.text(reply.make(datafile.check(ReplyFacts, facts), lang))
    asked = [
        Asked(line.question, law.question(line.question or "").text.say(lang), number)
        for number, line in enumerate(lines, 1)
    ]
    return text, read_reply(text, asked)


def expected(line: AnswerLine) -> str:
    verdict = VERDICTS[line.state]
    return "no_duty_to_answer" if verdict == "not_answered" and line.ground == "courtesy" else verdict


WHO = {
    "proved": {"proved": ["name", "email"], "possible": ["card_number"]},
    "possible": {"possible": ["card_number"]},
    "none": {},
}


@pytest.mark.parametrize("lang", ["ja", "ja-easy"])
@pytest.mark.parametrize("public", ["full", "bare"])
@pytest.mark.parametrize("who", WHO)
def test_each_drafted_answer_is_judged_as_the_state_in_which_it_was_written(who: str, public: str, lang: Lang) -> None:
    facts = datafile.check(PublicFacts, FULL if public == "full" else GIVEN)
    lines = list(draft(facts, KEYS, **WHO[who]))
    text, found = replied(lines, lang)
    assert [(one.question, one.verdict) for one in found.answers] == [(line.question, expected(line)) for line in lines]
    overview = text.index("1. ")
    for one in found.answers:
        quoted = text[slice(*one.span)] if one.span else ""
        assert "ご質問：" not in quoted
        assert one.span is None or one.span[0] > text.index("23. ", overview), f"{one.question}: the overview's line"


@pytest.mark.parametrize("key", KEYS)
def test_a_refusal_of_ours_is_read_as_one_with_its_reason(key: str) -> None:
    others = [other for other in ("affected", "cause", "persons") if other != key]
    lines = [
        AnswerLine(question=key, state="refused", text="調査に支障があるためです。", citation="法第33条第2項第2号"),
        *(AnswerLine(question=other, state="unknown_yet") for other in others),
    ]
    _, found = replied(lines, "ja")
    want = "answered" if key == "reason" else "refused"  # why not: that is said
    assert found.answers[0].verdict == want
    assert [one.verdict for one in found.answers[1:]] == ["not_answered"] * len(others)


def test_what_a_draft_leaves_open_about_prevention_is_no_answer() -> None:
    lines = list(draft(datafile.check(PublicFacts, GIVEN), ["prevention", "affected"]))
    text, found = replied(lines, "ja")
    assert "再発防止策は、原因の調査を踏まえて決定し" in squeezed(text)
    assert found.answers[0].verdict == "not_answered"

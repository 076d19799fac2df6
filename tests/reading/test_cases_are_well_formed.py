"""The cases of `madoguchi read` say what they mean: known words, quotes that stand in their text, items of the catalogue.

They look at the cases only (`cases/README.md`), never at the reader. A window's number or address must stand in its text.
"""

import datetime
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from madoguchi import catalogue
from madoguchi.law import questions as law
from madoguchi.text import datafile

CASES = Path(__file__).parent / "cases"
ANNOUNCEMENTS = sorted((CASES / "announcements").glob("*.yaml"))
BLIND = sorted((CASES / "announcements_blind").glob("*.yaml"))
REPLIES = sorted((CASES / "replies").glob("*.yaml"))
POLICIES = sorted((CASES / "policies").glob("*.yaml"))

WORDS = {
    "event": set(
        "occurred discovered access_confirmed leak_possible leak_confirmed vendor_notified card_company_contacted"
        " payment_stopped contained police_reported investigation_finished reported disclosed".split()
    ),
    "precision": {"day", "part_of_month", "month", "year"},
    "unit": {"person", "record", "account", "message"},
    "qualifier": {"exact", "max", "about", "total"},
    "channel": {"form", "email", "phone", "post"},
    "verdict": {"answered", "partly", "refused", "not_answered", "no_duty_to_answer"},
    "cause": set(
        "unauthorised_access vulnerability password_list phishing ransomware skimming misdelivery misconfiguration loss"
        " theft insider vendor other".split()
    ),
    "secondary_harm": {"none_seen", "seen", "possible"},
    "cover": {"stated", "partly", "missing"},
}
# The keys and their grounds are law's; what is none of its questions is asked as a courtesy.
GROUNDS: dict[str, set[str]] = {"courtesy": {"other"}}
for _question in law.QUESTIONS:
    GROUNDS.setdefault(_question.ground, set()).add(_question.key)
NINE = set("overview items persons cause secondary_harm response publication prevention reference".split())
ARTICLE_32 = set(
    "name_address_representative purposes request_procedure fees safety_measures complaint_desk certified_body".split()
)
FACT = {  # the keys that an entry of each kind may have
    "organisation": {"value", "quote"},
    "published": {"value", "quote"},
    "dates": {"event", "value", "to", "precision", "quote"},
    "period": {"from", "to", "of", "quote"},
    "persons": {"value", "unit", "qualifier", "of", "quote"},
    "affected_group": {"quote"},
    "cause": {"key", "quote"},
    "secondary_harm": {"value", "quote"},
    "company_measures": {"quote", "done"},
    "delay_reason": {"quote"},
    "windows": {"channel", "value", "name", "hours", "quote"},
}
SINGLE = {"organisation", "published", "cause", "secondary_harm", "delay_reason"}
ITEM_LISTS = {"items", "not_leaked"}
KINDS = set(FACT) | ITEM_LISTS


def text_of(case: Path) -> str:
    return case.with_suffix(".txt").read_text(encoding="utf-8")


def read(case: Path) -> dict[str, Any]:
    value = datafile.read_yaml(case.read_text(encoding="utf-8"), file=case.name)
    assert isinstance(value, dict)
    assert isinstance(value.pop("about"), str)
    return value


def any_of(value: Any) -> list[Any]:
    """Return a field's right values: a list says that any of them is right."""
    return value if isinstance(value, list) else [value]


def same_digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", text))


def check_day(value: Any) -> None:
    assert value is None or isinstance(value, datetime.date), f"{value!r} is not a day"


def check_quotes(entry: dict[str, Any], text: str) -> None:
    for quote in any_of(entry.get("quote", [])):
        assert quote
        assert quote in text, f"{quote!r} does not stand in the text"


def check_entry(kind: str, entry: dict[str, Any], text: str) -> None:
    assert set(entry) <= FACT[kind], f"{kind}: {sorted(set(entry) - FACT[kind])}"
    check_quotes(entry, text)
    for field in ("event", "precision", "unit", "qualifier", "channel"):
        for word in any_of(entry.get(field, [])):
            assert word in WORDS[field], f"{kind}: {field} {word!r}"
    if kind == "cause":
        assert set(any_of(entry["key"])) <= WORDS["cause"]
    elif kind == "secondary_harm":
        assert set(any_of(entry["value"])) <= WORDS["secondary_harm"]
    elif kind in ("published", "dates"):
        for value in [*any_of(entry["value"]), *any_of(entry.get("to"))]:
            check_day(value)
        assert kind == "published" or "event" in entry
    elif kind == "period":
        for value in [*any_of(entry["from"]), *any_of(entry["to"])]:
            check_day(value)
    elif kind == "persons":
        assert all(isinstance(value, int) for value in any_of(entry["value"]))
        catalogue.check_keys([key for key in any_of(entry.get("of", [])) if key is not None])
    elif kind == "company_measures":
        assert entry["quote"]
        assert isinstance(entry["done"], bool)
    elif kind == "windows":
        check_window(entry, text)
    elif kind == "affected_group":
        assert entry["quote"]


def check_window(window: dict[str, Any], text: str) -> None:
    assert set(window) <= FACT["windows"]
    check_quotes(window, text)
    assert window["channel"] in WORDS["channel"]
    value = window["value"]
    if window["channel"] == "phone":
        assert same_digits(value) in same_digits(text), f"{value} does not stand in the text"
    elif value is not None:
        shown = unicodedata.normalize("NFKC", value)
        assert shown in unicodedata.normalize("NFKC", text), f"{value} does not stand in the text"


def check_facts(facts: dict[str, Any], text: str) -> None:
    assert set(facts) <= KINDS, sorted(set(facts) - KINDS)
    for kind, value in facts.items():
        if kind in ITEM_LISTS:
            catalogue.check_keys(value)
            assert len(set(value)) == len(value), f"{kind}: one key twice"
        elif kind in SINGLE:
            if value is not None:
                check_entry(kind, value, text)
        else:
            for entry in value:
                check_entry(kind, entry, text)


def check_also_right(also: dict[str, Any], text: str, covers: set[str]) -> None:
    also = dict(also)
    for matter, words in also.pop("covers", {}).items():
        assert matter in covers
        assert set(any_of(words)) <= WORDS["cover"]
    assert set(also) <= KINDS, sorted(set(also) - KINDS)
    for kind, entries in also.items():
        assert isinstance(entries, list), f"also_right.{kind} is a list"
        if kind in ITEM_LISTS:
            catalogue.check_keys(entries)
        else:
            for entry in entries:
                check_entry(kind, entry, text)


def check_unchecked(names: list[str], covers: set[str], kinds: set[str]) -> None:
    known = kinds | {"covers"} | {f"covers.{matter}" for matter in covers}
    assert set(names) <= known, sorted(set(names) - known)


def names(cases: list[Path]) -> list[str]:
    return [case.stem for case in cases]


@pytest.mark.parametrize("case", [*ANNOUNCEMENTS, *BLIND], ids=names([*ANNOUNCEMENTS, *BLIND]))
def test_an_announcement_says_every_kind_of_fact_in_known_words(case: Path) -> None:
    value, text = read(case), text_of(case)
    assert set(value) <= {"facts", "covers", "also_right", "unchecked"}
    unchecked = value.get("unchecked", [])
    check_unchecked(unchecked, NINE, KINDS)
    check_facts(value["facts"], text)
    assert set(value["facts"]) | set(unchecked) >= KINDS, "every kind of fact is stated, null, [] or unchecked"
    if "covers" not in unchecked:
        assert set(value["covers"]) == NINE
        assert set(value["covers"].values()) <= WORDS["cover"]
    check_also_right(value.get("also_right", {}), text, NINE)


@pytest.mark.parametrize("case", [*ANNOUNCEMENTS, *BLIND], ids=names([*ANNOUNCEMENTS, *BLIND]))
def test_no_item_of_an_announcement_is_both_right_and_merely_allowed(case: Path) -> None:
    value = read(case)
    for kind in ITEM_LISTS:
        required = set(value["facts"].get(kind, []))
        assert not required & set(value.get("also_right", {}).get(kind, []))


@pytest.mark.parametrize("case", REPLIES, ids=names(REPLIES))
def test_a_reply_has_a_known_verdict_and_the_right_ground_for_each_question(case: Path) -> None:
    value, text = read(case), text_of(case)
    assert set(value) == {"answers"}
    inquiry = case.with_name(f"{case.stem}.inquiry.txt")
    asked = inquiry.read_text(encoding="utf-8") if inquiry.exists() else text
    assert value["answers"]
    for answer in value["answers"]:
        assert set(answer) <= {"question", "asked", "ground", "verdict", "quote"}, sorted(answer)
        grounds = any_of(answer["ground"])
        assert set(any_of(answer["question"])) <= set().union(*(GROUNDS[ground] for ground in grounds))
        assert set(any_of(answer["verdict"])) <= WORDS["verdict"]
        assert "other" not in any_of(answer["question"]) or "asked" in answer
        assert answer.get("asked", "") in asked
        check_quotes(answer, text)


@pytest.mark.parametrize("case", REPLIES, ids=names(REPLIES))
def test_only_a_courtesy_question_carries_no_duty_and_a_said_answer_is_quoted(case: Path) -> None:
    for answer in read(case)["answers"]:
        verdicts = set(any_of(answer["verdict"]))
        assert "no_duty_to_answer" not in verdicts or "courtesy" in any_of(answer["ground"])
        assert not verdicts & {"answered", "partly", "refused"} or answer.get("quote"), answer["question"]


@pytest.mark.parametrize("case", POLICIES, ids=names(POLICIES))
def test_a_policy_is_described_by_the_matters_of_article_32(case: Path) -> None:
    value, text = read(case), text_of(case)
    lists = {"purposes", "safety_measures", "third_parties"}
    assert set(value) <= lists | {"items", "windows", "covers", "also_right", "unchecked"}
    also = value.get("also_right", {})
    assert set(also) <= lists | {"items", "windows", "covers"}
    check_unchecked(value.get("unchecked", []), ARTICLE_32, lists | {"items", "windows"})
    for part in (value, also):
        catalogue.check_keys(part.get("items", []))
        for window in part.get("windows", []):
            check_window(window, text)
        for kind in lists:
            for entry in part.get(kind, []):
                assert set(entry) == {"quote"}
                check_quotes(entry, text)
    assert set(value["covers"]) == ARTICLE_32
    assert set(value["covers"].values()) <= WORDS["cover"]
    for matter, words in also.get("covers", {}).items():
        assert matter in ARTICLE_32
        assert set(any_of(words)) <= WORDS["cover"]


def test_every_text_has_its_expectation_and_the_set_is_large_enough_to_measure() -> None:
    for folder, cases, least in (
        ("announcements", ANNOUNCEMENTS, 40),
        ("announcements_blind", BLIND, 24),
        ("replies", REPLIES, 25),
        ("policies", POLICIES, 12),
    ):
        texts = {path.stem for path in (CASES / folder).glob("*.txt") if not path.stem.endswith(".inquiry")}
        assert texts == set(names(cases))
        assert len(cases) >= least


def test_no_text_names_a_reachable_address() -> None:
    for path in CASES.rglob("*.txt"):
        text = unicodedata.normalize("NFKC", path.read_text(encoding="utf-8"))
        for host in re.findall(r"(?:https?://|@)([A-Za-z0-9.-]+[A-Za-z0-9])", text):
            assert host.split("@")[-1].endswith(".example"), f"{path.name}: {host}"

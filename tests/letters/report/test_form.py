"""The rows of the form: the law's fields, each of them, with their unknowns."""

from typing import Any, get_args

import pytest

from madoguchi.law.report import ITEMS
from madoguchi.letters.facts import Cause
from madoguchi.letters.report.facts import ReportFacts
from madoguchi.letters.report.form import MARK, form
from madoguchi.problem import LANGS, Lang, Problem
from madoguchi.text import datafile


def facts(**values: Any) -> ReportFacts:
    return datafile.check(ReportFacts, {"kind": "prompt", "date": "2026-11-24"} | values)


def test_every_field_of_the_laws_nine_items_is_on_the_form() -> None:
    rows = {(row.item, row.field) for row in form(facts(), "ja")}
    wanted = {(item.number, f"{item.key}.{field.key}") for item in ITEMS for field in item.fields}
    assert wanted - rows == set()


def test_the_items_stand_in_the_order_of_the_rule() -> None:
    numbers = [row.item for row in form(facts(), "ja")]
    assert list(dict.fromkeys(numbers)) == list("0123456789")
    assert numbers == sorted(numbers)


def test_a_field_that_our_sources_do_not_confirm_is_marked() -> None:
    marked = {row.field for row in form(facts(), "ja") if row.label.endswith(MARK)}
    for item in ITEMS:
        for field in item.fields:
            confirmed = field.confirmed and (field.options_confirmed or not field.options)
            assert (f"{item.key}.{field.key}" in marked) != confirmed, field.key


def test_of_a_report_of_which_nothing_is_known_only_its_kind_and_day_are_known() -> None:
    known = [row.field for row in form(facts(), "ja") if row.known]
    assert known == ["head.kind", "head.date"]
    assert {row.text for row in form(facts(), "ja") if not row.known} == {"未確認"}


def test_a_report_of_which_everything_is_known_has_no_unknown(prompt_facts: dict[str, Any]) -> None:
    more = {
        "investigating": [],
        "reporter": prompt_facts["reporter"] | {"kind": "business", "corporate_number": "0000000000000"},
        "persons": {"confirmed": 1, "upper": 2, "with_card": 1},
        "cause": {"actor": "reporter", "kind": "skimming", "detail": "改ざん"},
        "publication": {"state": "planned", "date": "2026-12-01", "methods": ["web"]},
        "prevention": {"done": [], "planned": []},
        "others": dict.fromkeys(
            [
                "self_protection",
                "police",
                "other_authorities",
                "certified_body",
                "card_companies",
                "desk",
                "compensation",
            ],
            "なし",
        ),
    }
    assert [row for row in form(facts(**(prompt_facts | more)), "ja") if not row.known] == []


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("cause", get_args(Cause))
def test_every_cause_has_words(cause: str, lang: Lang) -> None:
    rows = {row.field: row for row in form(facts(cause={"kind": cause}), lang)}
    assert rows["cause.class"].known
    assert "_" not in rows["cause.class"].text
    assert lang == "en" or rows["cause.class"].text != cause


@pytest.mark.parametrize("lang", LANGS)
def test_every_answer_that_the_facts_allow_has_words(every_answer: list[dict[str, Any]], lang: Lang) -> None:
    for given in every_answer:
        known = [row for row in form(facts(**given), lang) if row.known]
        assert len(known) > 2, given
        assert not [row for row in known if "{" in row.text or "_" in row.text], given


def test_the_last_day_of_the_plans_is_known_only_when_each_has_one() -> None:
    plans = [{"text": "一", "date": "2027-03-31"}, {"text": "二", "date": "2027-01-31"}]
    rows = {row.field: row for row in form(facts(prevention={"planned": plans}), "ja")}
    assert rows["prevention.complete_by"].text.startswith("2027年3月31日")
    rows = {row.field: row for row in form(facts(prevention={"planned": [*plans, {"text": "三"}]}), "ja")}
    assert not rows["prevention.complete_by"].known


def test_an_item_that_is_not_in_the_catalogue_is_refused() -> None:
    with pytest.raises(Problem, match="card_number"):
        form(facts(data={"items": ["card_numbr"]}), "ja")

"""A privacy policy is read, and held against the matters of article 32(1), as the cases say."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.law.matters import MATTERS
from madoguchi.reading.policy.read import read_policy
from madoguchi.text import datafile

FOLDER = Path(__file__).parents[1] / "cases" / "policies_by_style"


def _cases() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for case in datafile.read_yaml(path.read_text(encoding="utf-8"), file=path.name):
            yield pytest.param(case, id=f"{path.stem}: {case['about']}")


CASES = list(_cases())


@pytest.mark.parametrize("case", CASES)
def test_the_matters_are_stated_as_the_case_says(case: dict[str, Any]) -> None:
    covers = read_policy(case["policy"]).answer()["covers"]
    for key, expected in case["covers"].items():
        assert covers[key] in (expected if isinstance(expected, list) else [expected]), key


@pytest.mark.parametrize("case", CASES)
def test_the_sentences_of_the_case_are_found(case: dict[str, Any]) -> None:
    text, answer = case["policy"], read_policy(case["policy"]).answer()
    for kind in ("purposes", "safety_measures", "third_parties"):
        told = [text[slice(*one["span"])] for one in answer[kind]]
        for quote in case.get(kind, []):
            assert any(quote in sentence for sentence in told), (kind, quote)
        assert case.get(kind) != [] or not told, kind


@pytest.mark.parametrize("case", [case for case in CASES if "items" in case.values[0]])
def test_what_is_collected_is_found_and_nothing_else(case: dict[str, Any]) -> None:
    found = {one["key"] for one in read_policy(case["policy"]).answer()["items"]}
    assert found <= set(case["items"])
    assert len(found) >= len(case["items"]) - 1  # 診療の記録: a writing that the catalogue does not have


def test_all_matters_of_the_law_are_answered() -> None:
    assert list(read_policy("").answer()["covers"]) == [matter.key for matter in MATTERS]
    assert set(read_policy("").answer()["covers"].values()) == {"missing"}


def test_following_the_guideline_alone_states_no_measure() -> None:
    told = "■安全管理\nガイドラインに従い、適切に管理します。\n"
    assert read_policy(told).covers["safety_measures"].cover == "partly"
    assert read_policy(told + "書類は施錠して保管しています。\n").covers["safety_measures"].cover == "stated"


def test_the_desk_of_a_certified_body_is_not_the_companys() -> None:
    told = "■認定個人情報保護団体\n一般社団法人みほん協会 電話 03-0000-0099\n"
    assert read_policy(told).windows == ()
    assert read_policy(told).covers["certified_body"].cover == "stated"


def test_a_matter_shows_the_sentence_that_states_it() -> None:
    told = "■手数料\n開示の手数料は1件300円です。\n"
    covered = read_policy(told).covers["fees"]
    assert covered.span is not None
    assert told[slice(*covered.span)] == "開示の手数料は1件300円です。"


@given(
    st.text(
        alphabet=st.sampled_from(
            "第1条()、。\n 目的のため開示手数料円苦情電話03-1234-5678氏名を取得します安全管理暗号化"
        ),
        max_size=160,
    )
)
def test_any_text_is_read_and_spans_lie_within_it(text: str) -> None:
    answer = read_policy(text).answer()
    for kind in ("purposes", "items", "safety_measures", "windows", "third_parties"):
        assert all(0 <= one["span"][0] <= one["span"][1] <= len(text) for one in answer[kind])

"""Replies and policies written by somebody who does not know the rules: how many verdicts are right."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from madoguchi.reading import questions
from madoguchi.reading.policy.read import read_policy
from madoguchi.reading.reply.read import read_reply
from madoguchi.text import datafile

CASES = Path(__file__).parents[1] / "cases"


def any_of(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def replies() -> Iterator[tuple[str, bool]]:
    for path in sorted((CASES / "replies").glob("*.yaml")):
        case = datafile.read_yaml(path.read_text(encoding="utf-8"), file=path.name)
        letter = path.with_name(f"{path.stem}.inquiry.txt")
        asked = questions.of_letter(letter.read_text(encoding="utf-8")) if letter.exists() else None
        left = list(read_reply(path.with_suffix(".txt").read_text(encoding="utf-8"), asked).answers)
        for expected in case["answers"]:
            found = next((one for one in left if one.question in any_of(expected["question"])), None)
            if found:
                left.remove(found)
            right = bool(found) and found.verdict in any_of(expected["verdict"])
            yield f"{path.stem} {expected['question']}: {found and found.verdict}", right


def policies() -> Iterator[tuple[str, bool]]:
    for path in sorted((CASES / "policies").glob("*.yaml")):
        case = datafile.read_yaml(path.read_text(encoding="utf-8"), file=path.name)
        found = read_policy(path.with_suffix(".txt").read_text(encoding="utf-8")).answer()["covers"]
        also = case.get("also_right", {}).get("covers", {})
        for key, expected in case["covers"].items():
            if f"covers.{key}" not in case.get("unchecked", []):
                yield f"{path.stem} {key}: {found[key]}", found[key] in [*any_of(expected), *any_of(also.get(key, []))]


def test_most_verdicts_on_others_replies_are_right() -> None:
    judged = list(replies())
    wrong = [what for what, right in judged if not right]
    assert len(wrong) <= 0.08 * len(judged), wrong


def test_most_matters_of_others_policies_are_right() -> None:
    judged = list(policies())
    wrong = [what for what, right in judged if not right]
    assert len(wrong) <= 0.04 * len(judged), wrong

"""What is said when we cannot go on: one line, its place in the reader's language."""

import pytest

from madoguchi.problem import LANGS, Problem


@pytest.mark.parametrize(
    ("place", "japanese"),
    [
        ("line 12", "12行目"),
        ("line 12, column 5", "12行目・5文字目"),
        ("byte 900", "900バイト目"),
        ("list.csv line 3", "list.csv 3行目"),
        ("people_in[0]", "people_in[0]"),
        ("deadline 5", "deadline 5"),
        ("known_on", "known_on"),
    ],
)
def test_a_place_is_said_as_japanese_says_it(place: str, japanese: str) -> None:
    problem = Problem(ja="直してください。", en="mend it", easy="なおしてください。", file="a.yaml", place=place)
    assert problem.say("ja") == f"a.yaml: {japanese}: 直してください。"
    assert problem.say("ja-easy") == f"a.yaml: {japanese}: なおしてください。"


@pytest.mark.parametrize("place", ["line 12, column 5", "byte 900", "known_on"])
def test_english_keeps_the_place_as_it_is(place: str) -> None:
    problem = Problem(ja="直してください。", en="mend it", file="a.yaml", place=place)
    assert problem.say("en") == f"a.yaml: {place}: mend it"
    assert str(problem) == problem.say("en")


def test_easy_japanese_falls_back_on_japanese() -> None:
    assert Problem(ja="直してください。", en="mend it").say("ja-easy") == "直してください。"


def test_what_is_not_known_is_left_out() -> None:
    assert Problem(ja="あ", en="a").say("en") == "a"
    assert Problem(ja="あ", en="a", place="line 1").say("ja") == "1行目: あ"


def test_a_problem_is_one_line_in_every_language() -> None:
    problem = Problem(ja="長い\n話", en="a long\nstory", file="a b\n.yaml", place="line 1")
    assert all("\n" not in problem.say(lang) for lang in LANGS)


def test_a_file_and_a_place_are_filled_in_and_never_overwritten() -> None:
    problem = Problem(ja="あ", en="a", place="items[0]").at(file="a.yaml", place="x")
    assert (problem.file, problem.place) == ("a.yaml", "items[0]")
    assert problem.at(file="b.yaml").file == "a.yaml"

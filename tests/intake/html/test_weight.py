"""Pages that would hold up a parser."""

import pytest

from madoguchi.intake.html import page
from madoguchi.intake.limits import Limits
from madoguchi.problem import Problem


@pytest.mark.parametrize("tag", ["<div>", "<b>", "<span>", "<blockquote>", "<ul>", "<table><tr><td>"])
def test_nesting_ten_thousand_deep_is_read(tag: str) -> None:
    assert page(tag * 10_000 + "底").text.endswith("底")


@pytest.mark.parametrize(
    "markup",
    [
        "a" * (Limits().page_bytes + 1),
        "<div>" * 300_000,
        "<div>" * 20_000 + "<div></div>" * 100_000,
        "".join(f"<font size={n}>" for n in range(10_000)) + "<p>x" * 10_000,
        "<a " + " ".join(f"x{n}='>'" for n in range(300_000)) + ">x",
        "<svg><script><a " + " ".join(f"x{n}" for n in range(300_000)) + ">x",
        "<!----!><a " + " ".join(f"x{n}" for n in range(300_000)) + ">x",
    ],
    ids=["large", "deep", "wide", "formatting", "attributes", "attributes in a drawing", "attributes after a comment"],
)
def test_what_would_hold_up_a_parser_is_refused(markup: str) -> None:
    with pytest.raises(Problem):
        page(markup)


def test_long_scripts_and_comments_weigh_nothing() -> None:
    words = " ".join(f"if (a<b{n})" for n in range(5_000))
    assert page(f"<script>{words}</script><!-- {words} --><p>x</p>").text == "x"


def test_a_long_page_of_open_paragraphs_is_read() -> None:
    assert page("<p>あ" * 50_000).text.count("あ") == 50_000

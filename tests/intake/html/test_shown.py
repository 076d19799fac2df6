"""Pages as a browser shows them."""

import contextlib
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.intake.html import Form, page, resolve
from madoguchi.problem import Problem

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "pages.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_text_is_what_a_browser_shows(case: dict[str, str]) -> None:
    assert page(case["html"]).text == case["text"]


def test_the_title_is_one_line() -> None:
    assert page("<title>\n 個人情報 &amp;\n 窓口 </title><svg><title>図</title></svg>").title == "個人情報 & 窓口"


def test_a_links_span_is_its_text() -> None:
    found = page(
        "<p>詳しくは <a href='/a'> <b>こちら</b>の\n窓口 </a>へ</p><ul><li><a href='b'>次</a></ul>",
        "https://a.example/x/",
    )
    assert [(link.href, link.text) for link in found.links] == [
        ("https://a.example/a", "こちらの窓口"),
        ("https://a.example/x/b", "次"),
    ]
    assert all(found.text[slice(*link.span)] == link.text for link in found.links)


def test_a_link_without_text_has_an_empty_span() -> None:
    (link,) = page("前<a href='/a'><img src=x></a>後").links
    assert link.text == ""
    assert link.span == (1, 1)


def test_a_hidden_link_is_no_link() -> None:
    assert page("<p hidden><a href='/a'>x</a></p><a>y</a>").links == ()


@pytest.mark.parametrize(
    ("href", "to"),
    [
        ("../c", "https://a.example/c"),
        ("//b.example/", "https://b.example/"),
        ("?q=1", "https://a.example/d/e?q=1"),
        (" https:\\\\b.example\\x\n", "https://b.example/x"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("tel:03-0000-0000", "tel:03-0000-0000"),
        ("https://[bad", "https://[bad"),
    ],
)
def test_links_are_followed_as_browsers_follow_them(href: str, to: str) -> None:
    assert resolve("https://a.example/d/e", href) == to


def test_the_pages_own_base_counts() -> None:
    found = page("<base href='/shop/'><a href='contact'>x</a>", "https://a.example/deep/er")
    assert found.links[0].href == "https://a.example/shop/contact"


def test_data_blocks_stand_as_they_are_written() -> None:
    markup = '<script type="application/LD+json; charset=utf-8"> {"a": "</p>"} </script><script>x</script>'
    assert page(markup).data == ('{"a": "</p>"}',)


def test_headings_forms_and_frames() -> None:
    found = page(
        "<h1> 窓口 </h1><p>x</p><h3><a href=/a>電話</a></h3><h2></h2><iframe src='/f'></iframe>"
        "<form action='send'><input name=a><input type=EMAIL><textarea></textarea><select></select></form>",
        "https://a.example/c/",
    )
    assert [found.text[slice(*span)] for span in found.headings] == ["窓口", "電話"]
    assert found.forms == (Form("https://a.example/c/send", ("text", "email", "textarea", "select")),)
    assert found.frames == ("https://a.example/f",)


def test_what_frames_every_page_is_known() -> None:
    found = page(
        "<header>看板</header><div class='l-footer x'>足</div><main><header>題</header>本文</main><ul id=gnav><li>案内</ul>"
    )
    assert [found.text[slice(*span)] for span in found.margins] == ["看板", "足", "案内"]


PIECES = st.sampled_from(
    "<p> </p> <b> </b> <a href='x'> </a> <table> <tr> <td> </td> </table> <ul> <li> </ul> <ol> </ol> <br> <pre> </pre> <svg> </svg> "
    "<script> </script> <!-- --> <select> </select> <ruby> <rt> </ruby> <template> </template> <textarea> </textarea> 電話 03 \n \xa0 & < > \" '".split(
        " "
    )
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=40).map("".join))
def test_any_text_is_a_page_and_its_spans_hold(markup: str) -> None:
    found = page(markup, "https://a.example/")
    for link in found.links:
        start, end = link.span
        assert 0 <= start <= end <= len(found.text)
        assert found.text[start:end] == link.text
    assert found.text == found.text.strip("\n\t")
    assert "\n\n\n" not in found.text


@given(st.binary(max_size=300))
def test_any_bytes_are_a_page_or_a_problem(data: bytes) -> None:
    with contextlib.suppress(Problem):
        assert isinstance(page(data).text, str)


def test_kept_spaces_before_the_first_word_are_no_cell() -> None:
    assert page("<pre>\t 電話\t03-1234-5678\n  受付").text == "電話\t03-1234-5678\n  受付"

"""Pages as a browser shows them."""

import contextlib
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.intake.html import Form, page, resolve
from madoguchi.intake.limits import Limits
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


JAPANESE = "<p>個人情報お問い合わせ窓口 ①㈱髙</p>"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("Shift_JIS", "cp932"),
        ("x-sjis", "cp932"),
        ("utf-8", "utf-8"),
        ("", "utf-8"),
        ("", "cp932"),
        ("utf-8", "cp932"),  # declared wrongly
        ("shift_jis", "utf-8"),  # saved again by a browser, the declaration kept
        ("UTF-16", "utf-8"),  # who can read this is not in UTF-16
    ],
)
def test_bytes_are_read_in_the_encoding_they_are_in(declared: str, encoding: str) -> None:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    assert page((meta + JAPANESE).encode(encoding)).text == "個人情報お問い合わせ窓口 ①㈱髙"


def test_other_encodings_and_marks() -> None:
    assert page("<meta charset=euc-jp><p>電話の受付時間</p>".encode("euc_jp")).text == "電話の受付時間"
    assert page("<meta charset=iso-2022-jp><p>電話の受付時間</p>".encode("iso2022_jp")).text == "電話の受付時間"
    assert page(b"\xff\xfe" + "<p>電話</p>".encode("utf-16-le")).text == "電話"
    assert page("<meta charset='windows-1252'><p>caf\u00e9</p>".encode("cp1252")).text == "caf\u00e9"
    assert page(b"").text == ""


def test_a_picture_is_no_page() -> None:
    with pytest.raises(Problem):
        page(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)


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

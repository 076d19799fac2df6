"""A letter as PDF: tagged, its typeface inside, the same words and the same bytes."""

import datetime as dt
import io
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from madoguchi.letters import notice, render, report
from madoguchi.letters.clean import GETA
from madoguchi.letters.letter import Letter, Paragraph, Table
from madoguchi.letters.render import typeface
from madoguchi.problem import LANGS, Lang
from madoguchi.text import datafile


def read(data: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(data))


def squeezed(text: str) -> str:
    """Words without what each renderer adds: spaces, line ends, bullets and page numbers."""
    return re.sub(r"[\s\u200b・■◇]", "", text)


def words(data: bytes) -> str:
    pages = [page.extract_text() for page in read(data).pages]
    footer = r"(\d+\s*/\s*\d+\s*ページ|Page\s*\d+\s*of\s*\d+)\s*$"
    return squeezed("".join(re.sub(footer, "", page) for page in pages))


@pytest.fixture
def a_notice(notice_facts: dict[str, Any]) -> Letter:
    return notice.make(datafile.check(notice.NoticeFacts, notice_facts))


@pytest.fixture
def a_report(prompt_facts: dict[str, Any], final_facts: dict[str, Any]) -> Letter:
    before, after = (datafile.check(report.ReportFacts, facts) for facts in (prompt_facts, final_facts))
    return report.make(after, before=before)


def texts_of(letter: Letter) -> list[str]:
    """Return every text of a letter, each line and cell on its own."""

    def walk(value: Any) -> list[str]:
        if isinstance(value, str):
            return value.split("\n")
        if isinstance(value, dict):
            return [text for key, inner in value.items() if key not in ("kind", "side") for text in walk(inner)]
        return [text for inner in value for text in walk(inner)] if isinstance(value, list | tuple) else []

    blocks = [walk(block.model_dump()) for block in (*letter.opening, *letter.blocks)]
    return [letter.title, *(text for texts in blocks for text in texts)]


@pytest.mark.parametrize("lang", LANGS)
def test_text_html_and_pdf_of_a_notice_say_the_same_words(notice_facts: dict[str, Any], lang: Lang) -> None:
    letter = notice.make(datafile.check(notice.NoticeFacts, notice_facts), lang)
    said_by_each(letter)


def test_text_html_and_pdf_of_a_report_say_the_same_words(a_report: Letter) -> None:
    said_by_each(a_report)


def said_by_each(letter: Letter) -> None:
    page = render.html(letter).partition("<main>")[2]
    in_html = squeezed(unescape(re.sub(r"<[^>]+>", "", page)))
    in_pdf, in_text = words(render.pdf(letter)), squeezed(render.text(letter))
    wanted = [squeezed(text) for text in texts_of(letter)]
    for carried in (in_html, in_pdf, in_text):
        assert [text for text in wanted if text not in carried] == []
    # Nothing is added either: HTML and PDF hold the letter's words and no others (a PDF repeats a table's head overleaf).
    assert len(in_html) == sum(len(text) for text in wanted)
    heads = [squeezed("".join(block.head)) for block in letter.blocks if isinstance(block, Table) and block.head]
    overleaf = sum(len(head) * (in_pdf.count(head) - 1) for head in heads)
    assert len(in_pdf) == len(in_html) + overleaf


def test_the_same_facts_are_the_same_bytes(a_notice: Letter, a_report: Letter) -> None:
    first = render.pdf(a_notice)
    render.pdf(a_report)
    assert render.pdf(a_notice) == first


def test_letters_of_different_days_or_people_are_different_bytes(a_notice: Letter) -> None:
    later = a_notice.model_copy(update={"date": a_notice.date + dt.timedelta(days=1)})
    assert render.pdf(later) != render.pdf(a_notice)


def test_a_batch_is_the_same_letters_one_by_one_in_order(a_notice: Letter, a_report: Letter) -> None:
    batch = render.pdfs(letter for letter in (a_notice, a_report, a_notice))
    assert next(batch) == render.pdf(a_notice)
    assert list(batch) == [render.pdf(a_report), render.pdf(a_notice)]


def test_threads_may_print_at_the_same_time(a_notice: Letter, a_report: Letter) -> None:
    alone = [render.pdf(a_notice), render.pdf(a_report)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(render.pdf, [a_notice, a_report] * 4))
    assert together == alone * 4


@pytest.mark.parametrize(("lang", "tag"), [("ja", "ja"), ("en", "en"), ("ja-easy", "ja")])
def test_the_pdf_is_tagged_and_names_its_language_and_title(notice_facts: dict[str, Any], lang: Lang, tag: str) -> None:
    letter = notice.make(datafile.check(notice.NoticeFacts, notice_facts), lang)
    reader = read(render.pdf(letter))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"].split("-")[0] == tag
    assert reader.metadata is not None
    assert reader.metadata.title == letter.title
    assert reader.metadata.author == "株式会社みほん商店"
    assert reader.metadata.creation_date == dt.datetime(2026, 11, 25, tzinfo=dt.UTC)


def test_the_tags_hold_headings_lists_and_tables(a_report: Letter) -> None:
    root = read(render.pdf(a_report)).trailer["/Root"]
    found: set[str] = set()

    def walk(node: Any) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            found.add(str(node.get("/S", "")))
            walk(node.get("/K", []))

    walk(root["/StructTreeRoot"]["/K"])
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TR", "/TH", "/TD"} <= found


def test_every_font_is_inside_the_pdf_and_is_ours(a_report: Letter) -> None:
    names = set()
    for page in read(render.pdf(a_report)).pages:
        for font in page["/Resources"]["/Font"].values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            assert {"/FontFile3", "/FontFile2"} & descendant["/FontDescriptor"].get_object().keys()
            assert "/ToUnicode" in font.get_object()
            names.add(str(font.get_object()["/BaseFont"]))
    assert names
    assert all("NotoSansCJKjp" in name for name in names)


def test_pages_are_a4_and_numbered(a_report: Letter) -> None:
    pages = read(render.pdf(a_report)).pages
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
        assert f"{number}/{len(pages)}ページ" in re.sub(r"\s", "", page.extract_text())


@pytest.mark.parametrize(
    "typed",
    [
        '#import "@preview/x:1.0.0": *',
        '#read("/etc/passwd")',
        "$ x^2 $ *b* _i_ `c` <label> @ref // c /* c */",
        "= 見出し",
        "- 点\\n+ 点",
        "] #panic() [",
        "<script>alert(1)</script>",
        "{{ 7*7 }} {page} {codes}",
        "--- ... \"q\" 'q' ~",
        "\\u{1F600} \\",
    ],
)
def test_what_was_typed_is_drawn_and_never_obeyed(every_block: Callable[[str], Letter], typed: str) -> None:
    data = render.pdf(every_block(typed))
    assert words(data).count(squeezed(typed)) >= 9
    root = read(data).trailer["/Root"]
    assert "/OpenAction" not in root
    assert all("/Annots" not in page for page in read(data).pages)


def test_rare_kanji_are_drawn(every_block: Callable[[str], Letter]) -> None:
    assert words(render.pdf(every_block("髙橋﨑子𠮷野濵"))).count("髙橋﨑子𠮷野濵") >= 9


def test_what_the_typeface_lacks_is_seen_to_be_missing(every_block: Callable[[str], Letter]) -> None:
    drawn = words(render.pdf(every_block("山田😀ש様")))
    assert f"山田{GETA}{GETA}様" in drawn
    assert "書体にない文字です（U+05E9、U+1F600）" in drawn


def test_a_direction_mark_does_not_turn_the_words_around(every_block: Callable[[str], Letter]) -> None:
    assert words(render.pdf(every_block("口座\u202e1234567\u202c番"))).count("口座1234567番") >= 9


@pytest.mark.parametrize("char", ["a", "あ", "ー", "」", "é", "（", "。", "㍿", "っ", "１"])
def test_a_name_of_two_thousand_characters_stays_on_the_page(every_block: Callable[[str], Letter], char: str) -> None:
    letter = every_block("x").model_copy(update={"blocks": (Paragraph(text=char * 2000),)})
    reader = read(render.pdf(letter))
    drawn = "\n".join(page.extract_text() for page in reader.pages)
    assert drawn.count(char) >= 2000
    # The text is 162 mm wide and the narrowest of these are 1.7 mm: a line that holds more has left the page.
    assert max(len(squeezed(line)) for line in drawn.split("\n")) <= 95


def test_every_character_of_the_typeface_can_be_printed(every_block: Callable[[str], Letter]) -> None:
    text = "".join(map(chr, sorted(typeface.characters())))
    letter = every_block("x").model_copy(update={"blocks": (Paragraph(text=text),)})
    assert render.pdf(letter).startswith(b"%PDF-1.7")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(min_size=1, max_size=200))
def test_any_text_at_all_can_be_printed(every_block: Callable[[str], Letter], typed: str) -> None:
    assert render.pdf(every_block(typed)).startswith(b"%PDF-1.7")

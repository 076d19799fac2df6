"""What a company sent, whatever it came as, made into text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from madoguchi.intake import document
from madoguchi.problem import Problem

TEXT = "不正アクセスに関するお詫びとお知らせ\n株式会社みほん\n氏名が漏えいした可能性があります。\n"
PAGE = f"<!doctype html><html><head><title>お知らせ</title><style>p{{}}</style></head><body><p>{TEXT}</p><a href='https://mihon.example/contact'>窓口</a></body></html>"
MAIL = (
    "From: info@mihon.example\r\nTo: me@home.example\r\nSubject: =?utf-8?B?44GK55+l44KJ44Gb?=\r\nMIME-Version: 1.0\r\n"
    "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + TEXT.replace("\n", "\r\n")
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp", "iso2022_jp", "utf-16"])
def test_a_text_is_read_in_every_encoding_of_japan(encoding: str) -> None:
    found = document.read(TEXT.replace("\n", "\r\n").encode(encoding), "notice.txt")
    assert (found.kind, found.text, found.links, found.mail) == ("text", TEXT, (), None)


def test_a_page_is_its_visible_text_and_its_links() -> None:
    found = document.read(PAGE.encode(), "saved")
    assert found.kind == "html"
    assert "氏名が漏えいした可能性があります。" in found.text
    assert "p{}" not in found.text
    assert [link.href for link in found.links] == ["https://mihon.example/contact"]


def test_a_page_in_the_charset_it_declares_is_read() -> None:
    page = PAGE.replace("<head>", '<head><meta charset="shift_jis">').encode("cp932")
    assert "お詫びとお知らせ" in document.read(page, "a.html").text


def test_a_piece_of_markup_without_its_head_is_a_page() -> None:
    assert document.read("<p>氏名が漏えいしました。</p><p>住所も漏えいしました。</p>".encode(), "-").kind == "html"
    assert document.read("<p>氏名が漏えいしました。".encode(), "a.html").kind == "html"


def test_a_mail_is_its_text_with_the_mail_beside_it() -> None:
    found = document.read(MAIL.encode(), "-")
    assert found.kind == "mail"
    assert found.text.strip() == TEXT.strip()
    assert found.mail is not None
    assert found.mail.subject == "お知らせ"


def test_content_outweighs_the_name() -> None:
    assert document.read(PAGE.encode(), "notice.txt").kind == "html"
    assert document.read(TEXT.encode(), "notice.pdf").kind == "text"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "空"),
        (b" \r\n\t", "空"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "画像"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 50, "画像"),
        (b"PK\x03\x04" + b"\0" * 50, "アーカイブ"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 50, "Outlook"),
        (b"<html><body><script>x()</script></body></html>", "文章が入っていません"),
    ],
)
def test_what_holds_no_text_is_refused_with_its_name_and_what_to_do(data: bytes, word: str) -> None:
    with pytest.raises(Problem) as raised:
        document.read(data, "given.bin")
    assert raised.value.file == "given.bin"
    assert word in raised.value.say("ja")


@settings(max_examples=60)
@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_but_a_problem(data: bytes) -> None:
    if data.startswith(b"%PDF-"):
        return  # a process each; `test_pdf.py` has them
    try:
        assert document.read(data).text
    except Problem as problem:
        assert problem.say("ja")  # noqa: PT017 - the file may also open

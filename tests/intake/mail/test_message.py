"""Mails as they really arrive: charsets of Japan, broken heads, many parts, mails in mails. The strings are made up."""

import base64
import dataclasses
import tarfile
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.intake import mail
from madoguchi.intake.limits import Limits
from madoguchi.intake.mail import Mailbox

HEAD = b"From: Mihon <info@mihon.example>\nTo: taro@user.example\nSubject: test\n"


def body(content_type: str, data: bytes, extra: str = "") -> bytes:
    return HEAD + f"MIME-Version: 1.0\nContent-Type: {content_type}\n{extra}\n".encode() + data


def multipart(kind: str, *parts: bytes, boundary: str = "b") -> bytes:
    mark = f"--{boundary}".encode()
    inner = b"".join(mark + b"\n" + part + b"\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"\n\n'.encode() + inner + mark + b"--\n"


def plain(text: str) -> bytes:
    return b"Content-Type: text/plain; charset=utf-8\n\n" + text.encode()


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("iso-2022-jp", "iso2022_jp"),
        ("ISO-2022-JP", "iso2022_jp_3"),
        ("shift_jis", "cp932"),
        ("Windows-31J", "cp932"),
        ("x-sjis", "cp932"),
        ("euc-jp", "euc_jp"),
        ("utf-8", "utf-8"),
        ("us-ascii", "utf-8"),
        ("us-ascii", "cp932"),
        ("iso-8859-1", "cp932"),
        ("utf-8", "cp932"),
        ("shift_jis", "utf-8"),
        ("utf-8", "iso2022_jp"),
        ("shift_jis", "iso2022_jp"),
        ("no-such-charset", "euc_jp"),
    ],
)
def test_the_text_is_read_whatever_its_label_says(label, codec):
    text = "お客様の個人情報が漏えいした可能性がございます。お問い合わせは窓口までお願いいたします。"
    assert mail.read(body(f"text/plain; charset={label}", text.encode(codec))).text == text


def test_a_missing_charset_is_told_by_content():
    text = "ご迷惑をおかけし、深くお詫び申し上げます。"
    assert mail.read(HEAD + b"\n" + text.encode("iso2022_jp")).text == text
    assert mail.read(HEAD + b"\n" + text.encode("cp932")).text == text


def test_half_width_kana_and_numbers_in_circles_are_read_in_iso_2022_jp():
    data = b"\x1b$B-!\x1b(B \x1b(I6E\x1b(B"
    assert mail.read(body("text/plain; charset=iso-2022-jp", data)).text == "① ｶﾅ"


def test_western_text_stays_western():
    assert mail.read(body("text/plain; charset=iso-8859-1", "Café Zürich, déjà vu".encode("latin-1"))).text.startswith(
        "Café Zürich"
    )


def test_utf_7_and_utf_16_are_read():
    assert mail.read(body("text/plain; charset=utf-7", "窓口".encode("utf-7"))).text == "窓口"
    data = base64.b64encode("窓口".encode("utf-16"))
    assert mail.read(body("text/plain; charset=utf-16", data, "Content-Transfer-Encoding: base64\n")).text == "窓口"


def word(text: str, charset: str, codec: str) -> str:
    return f"=?{charset}?B?{base64.b64encode(text.encode(codec)).decode()}?="


@pytest.mark.parametrize(
    ("raw", "subject"),
    [
        (word("お知らせ", "ISO-2022-JP", "iso2022_jp"), "お知らせ"),
        (word("髙橋様①", "Shift_JIS", "cp932"), "髙橋様①"),
        (f"{word('重要な', 'UTF-8', 'utf-8')}\n {word('お知らせ', 'UTF-8', 'utf-8')}", "重要なお知らせ"),
        (f"Re: {word('件', 'utf-8', 'utf-8')} no 2", "Re: 件 no 2"),
        ("=?UTF-8?Q?=E7=AA=93=E5=8F?= =?UTF-8?Q?=A3?=", "窓口"),
        ("=?utf-8?B?56qT5Y?= =?utf-8?B?+j?=", "窓口"),
        ("=?utf-8?Q?a_b?=", "a b"),
        ("=?utf-8*ja?Q?=E7=AA=93?=", "窓"),
        ("=?no-such?Q?abc?=", "abc"),
        ("=?utf-8?B?not base64!?= rest", None),
        ("=?broken", "=?broken"),
    ],
)
def test_encoded_words_are_read(raw, subject):
    found = mail.read(f"Subject: {raw}\n\nx".encode()).subject
    assert found == subject if subject is not None else found.endswith("rest")


@pytest.mark.parametrize("codec", ["utf-8", "cp932", "iso2022_jp", "euc_jp"])
def test_raw_8_bit_heads_are_read(codec):
    data = "Subject: 個人情報の取り扱いについてのお知らせ\nFrom: 見本商店 <info@mihon.example>\n\nx".encode(codec)
    found = mail.read(data)
    assert found.subject == "個人情報の取り扱いについてのお知らせ"
    assert found.sender == Mailbox("見本商店", "info@mihon.example")


@pytest.mark.parametrize(
    ("raw", "boxes"),
    [
        ("a@b.example", [("", "a@b.example")]),
        ("<a@b.example>", [("", "a@b.example")]),
        ('"Mihon, Inc." <a@b.example>, c@d.example', [("Mihon, Inc.", "a@b.example"), ("", "c@d.example")]),
        ("a@b.example (Mihon)", [("Mihon", "a@b.example")]),
        ('"info@mihon.example" <x@evil.example>', [("info@mihon.example", "x@evil.example")]),
        ("info@mihon.example <x@evil.example>", [("info@mihon.example", "x@evil.example")]),
        ("a@b.example <c@d.example> <e@f.example>", [("a@b.example", "e@f.example")]),
        ("friends: a@b.example, c@d.example;", [("", "a@b.example"), ("", "c@d.example")]),
        (f'"{word("窓口", "utf-8", "utf-8")}" <a@b.example>', [("窓口", "a@b.example")]),
        (
            f"{word('x <a@official.example>,', 'utf-8', 'utf-8')} <c@d.example>",
            [("x <a@official.example>,", "c@d.example")],
        ),
        ("undisclosed-recipients:;", []),
        ("", []),
        ('"unclosed <a@b.example>', [("", "unclosed<a@b.example>")]),
    ],
)
def test_mailboxes_are_cut_apart_before_their_names_are_read(raw, boxes):
    assert [tuple(box) for box in mail.read(f"To: {raw}\n\n".encode()).to] == boxes


def test_an_empty_return_path_is_nobody():
    assert mail.read(b"Return-Path: <>\n\n").return_path is None
    assert mail.read(b"Return-Path: <b@c.example>\n\n").return_path == Mailbox("", "b@c.example")


def test_dates_ids_and_threads_are_read():
    found = mail.read(
        b"Date: Sat, 21 Nov 2026 10:00:00 +0900\nMessage-ID:\n <1@a.example>\nIn-Reply-To: <0@a.example>\n"
        b"References: <z@a.example>\n\t<0@a.example>\n\n"
    )
    assert found.date is not None
    assert found.date.astimezone(UTC) == datetime(2026, 11, 21, 1, tzinfo=UTC)
    assert (found.message_id, found.in_reply_to) == ("<1@a.example>", "<0@a.example>")
    assert found.references == ("<z@a.example>", "<0@a.example>")


@pytest.mark.parametrize("date", ["", "yesterday", "Sat, 99 Nov 2026 10:00:00 +0900", "21 Nov 99999 1:1:1 +9999999"])
def test_a_date_that_is_none_is_none(date):
    assert mail.read(f"Date: {date}\n\n".encode()).date is None


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_every_kind_of_line_end_is_read(end):
    data = (HEAD + multipart("mixed", plain("一\n二"))).replace(b"\n", end)
    found = mail.read(data)
    assert found.text == "一\n二"
    assert found.raw == data


def test_an_mbox_line_and_empty_lines_before_the_head_are_passed_over():
    assert mail.read(b"\nFrom info@mihon.example Sat Nov 21 10:00:00 2026\n" + HEAD + b"\nx").subject == "test"


def test_of_alternatives_the_plain_one_is_the_text_and_all_links_are_kept():
    html = b'Content-Type: text/html; charset=utf-8\n\n<p>Hello <a href="https://other.example/x">here</a></p>'
    found = mail.read(HEAD + multipart("alternative", plain("see https://mihon.example/a."), html))
    assert found.text == "see https://mihon.example/a."
    assert [link.href for link in found.links] == ["https://mihon.example/a", "https://other.example/x"]
    start, end = found.links[0].span
    assert found.text[start:end] == "https://mihon.example/a"
    assert found.html is not None
    assert found.page == "Hello here"
    assert found.attachments == ()


def test_an_html_mail_is_shown_as_a_browser_shows_it():
    found = mail.read(body("text/html; charset=utf-8", "<style>p{}</style><p>お知らせ<br>二行目</p>".encode()))
    assert found.text.split() == ["お知らせ", "二行目"]


def test_a_footer_after_the_html_does_not_hide_it():
    html = b"Content-Type: text/html\n\n<p>the letter</p>"
    found = mail.read(HEAD + multipart("mixed", html, plain("footer of the list")))
    assert "the letter" in found.text
    assert "footer of the list" in found.text


def test_a_forwarded_mail_is_an_attachment_that_can_be_read():
    inner = HEAD.replace(b"test", b"inner") + b"\ninner text"
    part = b"Content-Type: message/rfc822\n\n" + inner
    found = mail.read(HEAD + multipart("mixed", plain("see below"), part))
    assert found.text == "see below"
    assert [(a.name, a.type) for a in found.attachments] == [("inner.eml", "message/rfc822")]
    assert mail.read(found.attachments[0].data).text == "inner text"


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="a.json"', "a.json"),
        ("attachment; filename*=UTF-8''%E7%AA%93.pdf", "窓.pdf"),
        ("attachment; filename*0*=UTF-8''%E7%AA; filename*1*=%93; filename*2=\".pdf\"", "窓.pdf"),
        ("attachment; filename=\"plain.pdf\"; filename*=iso-2022-jp''%1B%24BAk%1B%28B.pdf", "窓.pdf"),
        (f'attachment; filename="{word("窓.pdf", "utf-8", "utf-8")}"', "窓.pdf"),
        ("attachment; filename=窓.pdf", "窓.pdf"),
        ('attachment; filename="..\\\\..\\\\evil.exe"', "evil.exe"),
        ('attachment; filename="/etc/passwd"', "passwd"),
        ("attachment", ""),
    ],
)
def test_names_of_attachments_are_read_and_never_hold_a_folder(disposition, name):
    part = f"Content-Type: application/pdf\nContent-Disposition: {disposition}\n\nx".encode()
    assert [a.name for a in mail.read(HEAD + multipart("mixed", plain("t"), part)).attachments] == [name]


def test_transfer_encodings_are_taken_off_even_when_careless():
    encoded = base64.b64encode("窓口のご案内".encode())
    broken = encoded[:10] + b"\n *" + encoded[10:]
    assert (
        mail.read(body("text/plain; charset=utf-8", broken, "Content-Transfer-Encoding: BASE64\n")).text
        == "窓口のご案内"
    )
    quoted = b"=E7=AA=93=\n=E5=8F=A3 100=25 =XX"
    assert mail.read(
        body("text/plain; charset=utf-8", quoted, "Content-Transfer-Encoding: quoted-printable\n")
    ).text.startswith("窓口 100%")


def test_an_unknown_transfer_encoding_is_a_flaw():
    found = mail.read(body("text/plain", b"abc", "Content-Transfer-Encoding: x-odd\n"))
    assert found.text == "abc"
    assert [flaw.left_out for flaw in found.flaws] == [True]


def test_soft_line_breaks_are_taken_out():
    data = "これは長い \n文です。\n> 引用 \n-- \n署名".encode()
    found = mail.read(body("text/plain; charset=utf-8; format=flowed; delsp=yes", data))
    assert found.text == "これは長い文です。\n> 引用\n-- \n署名"


def test_a_multipart_without_its_boundary_is_read_as_text():
    found = mail.read(body("multipart/mixed", b"--x\nhello\n--x--"))
    assert "hello" in found.text
    assert len(found.flaws) == 1


def test_a_cut_mail_keeps_what_came():
    found = mail.read((HEAD + multipart("mixed", plain("一"), plain("二")))[:-6])
    assert found.text == "一\n二"
    assert "cut off" in found.flaws[0].en


def test_a_thousand_sibling_parts_are_read_up_to_the_limit():
    found = mail.read(HEAD + multipart("mixed", *[plain(str(n)) for n in range(5_000)]))
    assert len(found.text.split()) == Limits().mail_parts
    assert [flaw.left_out for flaw in found.flaws] == [True]


def test_a_thousand_nested_parts_are_read_up_to_the_limit():
    data = plain("the bottom")
    for level in range(1_000):
        data = multipart("mixed", plain(f"level {level}"), data, boundary=f"b{level}")
    found = mail.read(HEAD + data)
    assert "the bottom" not in found.text
    assert "level 999" in found.text
    assert any(flaw.left_out for flaw in found.flaws)


def test_a_thousand_mails_in_mails_cost_one_reading_each():
    data = HEAD + b"\nthe bottom"
    for level in range(300):
        data = HEAD + multipart("mixed", b"Content-Type: message/rfc822\n\n" + data, boundary=f"b{level}")
    assert [a.type for a in mail.read(data).attachments] == ["message/rfc822"]


def test_parts_of_the_same_boundary_inside_each_other_end():
    data = multipart("mixed", multipart("mixed", plain("x")))
    assert "x" in mail.read(HEAD + data).text


def test_a_page_that_is_too_large_is_kept_as_an_attachment():
    limits = Limits()
    data = b"<p>" + b"x" * (limits.page_bytes + 10)
    found = mail.read(body("text/html", data))
    assert found.text == ""
    assert found.attachments[0].data == data
    assert found.flaws[0].left_out


def test_many_header_fields_are_read_up_to_the_limit():
    data = b"".join(b"X-A: 1\n" for _ in range(50)) + b"Subject: late\n\nbody"
    found = mail.read(data, dataclasses.replace(Limits(), mail_fields=10))
    assert (found.subject, found.text) == ("", "body")


def test_a_line_that_is_no_field_ends_the_head():
    assert mail.read(b"Subject: a\nthis is text\nFrom: b@c.example\n\n").text.startswith("this is text")


@pytest.mark.parametrize("data", [b"", b"\n", b"\x00" * 100, b"\xff\xfe" * 50, b":", b"a:\n b\n c"])
def test_what_is_no_mail_is_an_empty_one(data):
    assert mail.read(data).sender is None


LINES = st.sampled_from(
    [
        b"From: =?utf-8?B?",
        b"?= <a@b>",
        b"\n",
        b"\r\n",
        b"\r",
        b"Content-Type: multipart/alternative; boundary=b",
        b"Content-Type: message/rfc822",
        b"Content-Type: text/html; charset=iso-2022-jp",
        b"Content-Transfer-Encoding: base64",
        b"Content-Disposition: attachment; filename*0*=x''%",
        b"--b",
        b"--b--",
        b" folded",
        b"\x1b$B!!",
        b"\x82\xa0",
        b"<a href='https://[x'>",
        b"https://[",
        b"Subject: =?a?Q?=?= =?b?B?====?=",
        b'To: (((<<<>>>,,,;;:"',
    ]
)


@given(st.lists(LINES | st.binary(max_size=12), max_size=40))
def test_no_bytes_make_the_reader_fail(pieces):
    data = b"".join(pieces)
    found = mail.read(data)
    assert found.raw == data
    assert all(found.text[slice(*link.span)] == link.text for link in found.links if found.html is None)


def test_every_real_mail_is_read(shared):
    emails = shared / "data" / "emails"
    count = 0
    for path in sorted(emails.rglob("*")):
        if path.suffix == ".gz":
            with tarfile.open(path) as archive:
                for member in archive:
                    if member.isfile() and count < 1_500:
                        mail.read(archive.extractfile(member).read())
                        count += 1
        elif path.is_file():
            assert mail.read(path.read_bytes()).raw
            count += 1
    assert count > 200


def test_real_japanese_mails_hold_no_unreadable_character(shared):
    for path in (shared / "data" / "emails" / "japanese_mail").iterdir():
        found = mail.read(path.read_bytes())
        assert ("\ufffd" in found.text + found.subject) is False, path.name


def test_an_address_that_is_only_the_words_of_a_link_is_no_link_of_its_own():
    page = '<p><a href="https://there.example/">https://here.example/</a> と https://alone.example/</p>'
    found = mail.read(f"Content-Type: text/html; charset=utf-8\n\n{page}".encode())
    assert [link.href for link in found.links] == ["https://alone.example/", "https://there.example/"]

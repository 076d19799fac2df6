"""The encoding of a page."""

import pytest

from madoguchi.intake.html import page
from madoguchi.intake.html.charset import decoded, named
from madoguchi.problem import Problem

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


def test_what_came_with_the_bytes_outweighs_the_page() -> None:
    markup = "<meta charset=utf-8>é".encode("latin-1")
    assert decoded(markup, "ISO-8859-1").endswith("é")
    assert decoded("窓口の電話番号".encode("euc_jp"), "x-euc-jp") == "窓口の電話番号"


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Shift_JIS", "cp932"),
        (" 'UTF-8' ", "utf-8"),
        ("utf-16", "utf-8"),
        ("big5", "big5"),
        ("utf-7", None),
        ("base64", None),
        ("nonsense", None),
        ("", None),
        (None, None),
    ],
)
def test_labels_are_read_as_browsers_read_them(label: str | None, name: str | None) -> None:
    assert named(label) == name

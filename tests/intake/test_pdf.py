"""The text of a PDF, or why there is none."""

from functools import cache
from io import BytesIO

import pypdf
import pytest
import typst

from madoguchi.intake import pdf
from madoguchi.intake.limits import Limits
from madoguchi.letters.render import typeface
from madoguchi.problem import Problem

NOTICE = "不正アクセスに関するお詫びとお知らせ\n\n令和8年10月5日 株式会社みほん電器 髙橋\n\n氏名が漏えいした可能性があります。"


@cache
def made(text: str) -> bytes:
    source = f'#set text(font: "Noto Sans CJK JP", lang: "ja")\n{text}'
    return bytes(typst.compile(source.encode(), font_paths=[str(typeface.folder())], ignore_system_fonts=True))


def changed(data: bytes, change: object) -> bytes:
    writer = pypdf.PdfWriter(clone_from=BytesIO(data))
    change(writer)  # type: ignore[operator]
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_the_words_of_a_pdf_come_out() -> None:
    found = "".join(pdf.text(made(NOTICE)).split())
    for words in ("お詫びとお知らせ", "令和8年10月5日", "株式会社みほん電器", "氏名が漏えいした可能性があります。"):
        assert words in found


def test_pages_follow_each_other_with_plain_line_ends() -> None:
    found = pdf.text(made("一頁目の文章です。これは見本です。\n\n#pagebreak()\n二頁目の文章です。これも見本です。"))
    assert found.index("一頁目") < found.index("二頁目")
    assert "\r" not in found


@pytest.mark.parametrize("method", ["RC4-128", "AES-256"])
def test_a_pdf_locked_by_a_password_is_refused_with_what_to_do(method: str) -> None:
    locked = changed(made(NOTICE), lambda writer: writer.encrypt("secret", algorithm=method))
    with pytest.raises(Problem) as raised:
        pdf.text(locked)
    assert "パスワード" in raised.value.say("ja")


def test_a_pdf_that_only_forbids_copying_opens() -> None:
    guarded = changed(made(NOTICE), lambda writer: writer.encrypt("", owner_password="owner", algorithm="RC4-128"))
    assert "漏えい" in pdf.text(guarded)


def test_scanned_pages_are_told_from_text() -> None:
    with pytest.raises(Problem) as raised:
        pdf.text(made("#rect(width: 10cm, height: 10cm)"))
    assert "画像" in raised.value.say("ja")
    assert "打ち込" in raised.value.say("ja")


@pytest.mark.parametrize("keep", [5, 300, -40])
def test_a_broken_or_cut_pdf_is_a_problem_and_nothing_else(keep: int) -> None:
    data = made(NOTICE)[:keep]
    try:
        assert "漏えい" in pdf.text(data)  # a file cut only at its end may still open
    except Problem as problem:
        assert problem.say("ja")  # noqa: PT017 - the file may also open


def test_noise_behind_the_first_bytes_is_a_problem() -> None:
    with pytest.raises(Problem):
        pdf.text(b"%PDF-1.7\n" + bytes(range(256)) * 40)


def test_a_pdf_too_large_is_refused_before_it_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_LARGEST", 100)
    with pytest.raises(Problem) as raised:
        pdf.text(made(NOTICE))
    assert "大きすぎ" in raised.value.say("ja")


def test_the_limits_of_the_caller_hold() -> None:
    with pytest.raises(Problem) as raised:
        pdf.text(made(NOTICE), Limits(memory_bytes=1024 * 1024 * 1024, wall_seconds=0))
    assert "秒" in raised.value.say("ja")

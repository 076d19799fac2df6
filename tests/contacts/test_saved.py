"""Folders of saved pages."""

import datetime as dt
import os
from pathlib import Path

import pytest

from madoguchi.contacts.saved import pages
from madoguchi.problem import Problem


def put(folder: Path, name: str, text: str = "<p>x") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "markup", "url"),
    [
        (
            "a.html",
            "<!-- saved from url=(0028)https://www.a.example/privacy/ -->\n<p>x",
            "https://www.a.example/privacy/",
        ),
        (
            "a.html",
            "<!--\n Page saved with SingleFile \n url: https://a.example/p \n saved date: x\n--><p>",
            "https://a.example/p",
        ),
        ("a.html", "<!-- Mirrored from www.a.example/p.html by HTTrack -->", "https://www.a.example/p.html"),
        ("a.html", "<link rel=canonical href='https://a.example/c'>", "https://a.example/c"),
        ("a.html", "<meta property='og:url' content='//a.example/o'>", "https://a.example/o"),
        ("a.html", "<base href='https://a.example/b/'>", "https://a.example/b/"),
        ("www.a.example/privacy/index.html", "<p>x", "https://www.a.example/privacy/"),
        ("www.a.example/law.html", "<link rel=canonical href='/law'>", "https://www.a.example/law.html"),
        ("saved/a.co.jp/p", "<p>x", "https://a.co.jp/p"),
        ("privacy.html", "<p>x", ""),
    ],
)
def test_a_pages_address(tmp_path: Path, name: str, markup: str, url: str) -> None:
    put(tmp_path, name, markup)
    (page,) = pages(tmp_path)
    assert page.url == url
    assert page.file == name
    assert not page.live


def test_the_folder_itself_may_be_named_like_the_host(tmp_path: Path) -> None:
    put(tmp_path, "www.a.example/index.html")
    assert pages(tmp_path / "www.a.example")[0].url == "https://www.a.example/"


def test_only_pages_are_read_and_nothing_out_of_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    put(tmp_path, "out.html")
    for name in ("b.htm", "a.html", ".well-known/security.txt", ".well-known/madoguchi.json", "c.mhtml"):
        put(folder, name)
    for name in ("a_files/frame.html", "x.png", "note.txt", "data.json", "README"):
        put(folder, name, "plain")
    (folder / "link.html").symlink_to(tmp_path / "out.html")
    assert [page.file for page in pages(folder)] == [
        "a.html",
        "b.htm",
        ".well-known/madoguchi.json",
        ".well-known/security.txt",
    ]


def test_a_page_counts_as_seen_when_its_file_was_written(tmp_path: Path) -> None:
    path = put(tmp_path, "a.html")
    evening = dt.datetime(2026, 11, 20, 23, 30, tzinfo=dt.UTC).timestamp()
    os.utime(path, (evening, evening))
    assert pages(tmp_path)[0].seen_on == dt.date(2026, 11, 21)


def test_a_page_saved_as_one_file(tmp_path: Path) -> None:
    text = (
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://a.example/privacy\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; boundary="B"\r\n\r\n--B\r\nContent-Type: text/html; charset=utf-8\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>=E7=AA=93=E5=8F=A3</p>\r\n--B--\r\n"
    )
    put(tmp_path, "a.mhtml", text)
    (page,) = pages(tmp_path)
    assert page.url == "https://a.example/privacy"
    assert "窓口" in str(page.markup)


def test_a_folder_without_a_page_is_a_problem(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    for folder in (tmp_path, tmp_path / "none", tmp_path / "a.txt"):
        with pytest.raises(Problem):
            pages(folder)

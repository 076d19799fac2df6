"""`madoguchi contacts` on folders of saved pages."""

import json
from pathlib import Path

import pytest

from madoguchi.cli import run

PRIVACY = (
    "<!-- saved from url=(0034)https://www.sakura.example/privacy/ --><title>個人情報保護方針</title><h1>個人情報保護方針</h1>"
    "<h2>お問い合わせ窓口</h2><p>お客様相談室<br>電話 03-1234-5678（平日9:00～17:00）<br>privacy@sakura.example</p>"
)


def test_the_answer_is_the_contracts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "privacy.html").write_text(PRIVACY, "utf-8")
    assert run(["contacts", str(tmp_path), "--json"]) == 0
    (mail, phone) = json.loads(capsys.readouterr().out)["windows"]
    assert list(mail) == ["channel", "value", "name", "hours", "for", "grade", "source", "quote", "seen_on"]
    assert mail["value"] == "privacy@sakura.example"
    assert mail["source"] == "https://www.sakura.example/privacy/"
    assert {**phone, "quote": "", "seen_on": ""} == {
        "channel": "phone",
        "value": "03-1234-5678",
        "name": "お客様相談室",
        "hours": "平日9:00～17:00",
        "for": "privacy",
        "grade": "privacy_page",
        "source": "https://www.sakura.example/privacy/",
        "quote": "",
        "seen_on": "",
    }


@pytest.mark.parametrize(("lang", "word"), [("ja", "記録"), ("en", "record"), ("ja-easy", "窓口（まどぐち）")])
def test_a_person_reads_it_in_their_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, word: str
) -> None:
    (tmp_path / "privacy.html").write_text(PRIVACY, "utf-8")
    assert run(["contacts", str(tmp_path), "--lang", lang]) == 0
    out = capsys.readouterr().out
    assert word in out
    assert out.index("privacy@sakura.example") < out.index("03-1234-5678")


def test_no_window_is_an_answer_that_says_where_to_look(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.html").write_text("<p>こんにちは", "utf-8")
    assert run(["contacts", str(tmp_path)]) == 0
    assert "特定商取引法" in capsys.readouterr().out
    assert run(["contacts", str(tmp_path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"windows": []}


def test_what_is_no_site_is_one_line_and_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "leer").mkdir()
    (tmp_path / "a.txt").write_text("x")
    for site in (tmp_path / "leer", tmp_path / "a.txt", tmp_path / "nowhere"):
        assert run(["contacts", str(site)]) == 2
        shown = capsys.readouterr()
        assert shown.out == ""
        assert str(site) in shown.err
        assert shown.err.count("\n") == 1


@pytest.mark.parametrize(
    "site",
    [
        "http://127.0.0.1/",
        "https://10.0.0.1/",
        "http://[::1]/",
        "http://2130706433/",
        "ftp://a.example/",
        "https://a:b@a.example/",
    ],
)
def test_an_address_inside_the_users_network_is_refused(site: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["contacts", site]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("site", ["", " ", "ftp://www.sakura.example/", "-", "https://[::1"])
def test_what_names_no_site_is_refused_in_one_line(site: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["contacts", site, "--json"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1

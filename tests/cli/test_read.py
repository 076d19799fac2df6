"""`madoguchi read`: the contract's command on texts, pages, mails, and what was asked."""

import io
import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from madoguchi import exchange
from madoguchi.cli import run

NOTICE = (
    "2026年10月5日\n株式会社みほん電器\n不正アクセスについて\n8月5日に不正アクセスを確認しました。\n"
    "最大948名の氏名が漏えいした可能性があります。\nお問い合わせ：総務課 電話03-0000-0001\n"
)
REPLY = (
    "見本様の情報のうち漏えいしたものは、氏名とメールアドレスです。\n"
    "原因につきましては、お答えを差し控えさせていただきます。\n"
)
LETTER = "お尋ねします。\n1. 私の情報は漏えいの対象ですか。\n2. 漏えいした項目を教えてください。\n3. 原因を教えてください。\n"
POLICY = "個人情報保護方針\n株式会社みほん\n利用目的：商品の発送のため\n当社は、氏名、住所を取得します。\n"


def written(folder: Path, text: str | bytes, name: str = "given.txt") -> str:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return str(path)


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert run(["read", *arguments, "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    found = json.loads(out)
    assert isinstance(found, dict)
    return found


def test_an_announcement_is_answered_as_the_contract_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, written(tmp_path, NOTICE), "--kind", "announcement")
    assert set(found) >= {"kind", "facts", "covers"}
    facts = found["facts"]
    assert facts["organisation"] == {"value": "株式会社みほん電器", "span": [11, 20]}
    assert {(d["event"], d["value"]) for d in facts["dates"]} == {
        ("access_confirmed", "2026-08-05"),
        ("disclosed", "2026-10-05"),
    }
    assert facts["persons"][0]["value"] == 948
    assert facts["windows"][0]["value"] == "03-0000-0001"


def test_the_same_facts_come_from_a_page_and_a_mail(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = "<!doctype html><html><body>" + "".join(f"<p>{line}</p>" for line in NOTICE.splitlines()) + "</body></html>"
    mail = f"From: a@mihon.example\nTo: b@home.example\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{NOTICE}"
    plain = answer(capsys, written(tmp_path, NOTICE), "--kind", "announcement")["facts"]
    for text, name in ((page, "a.html"), (mail, "a.eml")):
        facts = answer(capsys, written(tmp_path, text, name), "--kind", "announcement")["facts"]
        assert [d["value"] for d in facts["dates"]] == [d["value"] for d in plain["dates"]]
        assert [i["key"] for i in facts["items"]] == [i["key"] for i in plain["items"]]


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(NOTICE.encode())))
    assert answer(capsys, "-", "--kind", "announcement")["facts"]["published"]["value"] == "2026-10-05"


@pytest.mark.parametrize("lang", ["ja", "en", "ja-easy"])
@pytest.mark.parametrize(("text", "kind"), [(NOTICE, "announcement"), (POLICY, "policy"), (REPLY, "reply")])
def test_a_person_is_answered_in_three_languages(
    text: str, kind: str, lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--inquiry", written(tmp_path, LETTER, "letter.txt")] if kind == "reply" else []
    assert run(["read", written(tmp_path, text), "--kind", kind, "--lang", lang, *arguments]) == 0
    out, err = capsys.readouterr()
    assert len(out.splitlines()) >= 3
    assert err == ""


def test_a_reply_is_judged_by_the_questions_of_a_letter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    letter = written(tmp_path, LETTER, "letter.txt")
    found = answer(capsys, written(tmp_path, REPLY), "--kind", "reply", "--inquiry", letter)
    assert {a["question"]: a["verdict"] for a in found["answers"]} == {
        "affected": "answered",
        "items": "answered",
        "cause": "refused",
    }


def test_a_reply_is_judged_by_a_signed_inquiry(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = Ed25519PrivateKey.generate()
    public = exchange.PublicKey.of(key)
    now = datetime(2026, 11, 21, 9, tzinfo=UTC)
    inquiry = exchange.Inquiry(
        id="00000000-0000-4000-8000-000000000001",
        issuer=exchange.issuer(public.key),
        issued=now,
        expires=now + timedelta(days=90),
        body=exchange.InquiryBody(
            to="mihon.example",
            person=exchange.Person(name="見本 花子"),
            questions=(
                exchange.Question(number=1, key="items", ground="notice_item", text="漏えいした項目は何ですか。"),
            ),
            key=public,
            letter_sha256=exchange.letter_digest(LETTER),
        ),
    )
    letter = written(tmp_path, LETTER + "\n" + exchange.carry.block(exchange.sign(inquiry, key)), "letter.txt")
    found = answer(capsys, written(tmp_path, REPLY), "--kind", "reply", "--inquiry", letter)
    (one,) = found["answers"]
    assert (one["question"], one["ground"], one["number"]) == ("items", "notice_item", 1)
    assert one["asked"] == "漏えいした項目は何ですか。"
    assert one["verdict"] in {"answered", "partly"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["missing.txt", "--kind", "announcement"], "見つかりません"),
        (["{notice}", "--kind", "announcement", "--inquiry", "{notice}"], "--kind reply"),
        (["{picture}", "--kind", "announcement"], "画像"),
        (["{reply}", "--kind", "reply", "--inquiry", "{silent}"], "質問が見つかりません"),
        (["-", "--kind", "reply", "--inquiry", "-"], "標準入力"),
        (["{english}", "--kind", "announcement"], "日本語の文章ではない"),
    ],
)
def test_what_cannot_be_used_is_one_line_that_says_what_to_do(
    arguments: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = {
        "notice": written(tmp_path, NOTICE, "notice.txt"),
        "reply": written(tmp_path, REPLY, "reply.txt"),
        "english": written(tmp_path, "We are writing to tell you about an incident. " * 20, "english.txt"),
        "silent": written(tmp_path, "お世話になっております。\n", "silent.txt"),
        "picture": written(tmp_path, b"\x89PNG\r\n\x1a\n" + b"\0" * 9, "a.png"),
    }
    assert run(["read", *(argument.format(**names) for argument in arguments)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert words in err
    assert len(err.strip().splitlines()) == 1


def test_the_kind_must_be_named(tmp_path: Path) -> None:
    assert run(["read", written(tmp_path, NOTICE)]) == 2
    assert run(["read", written(tmp_path, NOTICE), "--kind", "poem"]) == 2

"""The signed notice: it proves exactly the letter it was made for, by a key that was known before."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from madoguchi import exchange
from madoguchi.authenticity import check_mail, check_text
from madoguchi.exchange import Notice
from madoguchi.record import keys

OFFICIAL = ["mihon-zakka.co.jp"]
LETTER = "お客様各位\n\nお客様の氏名とメールアドレスが漏えいした可能性がございます。\n照会番号: ABCDE-23456\n"
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def private() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.generate()


@pytest.fixture(scope="module")
def trusted(private) -> exchange.Trusted:
    key = keys.public(private)
    return {"mihon-zakka.co.jp": {key.kid: key}}


def notice(private, letter: str = LETTER, issuer: str = "mihon-zakka.co.jp", **more) -> str:
    times = {"issued": NOW - timedelta(days=1), "expires": NOW + timedelta(days=90), **more}
    body = {
        "organisation": "見本雑貨",
        "incident": {"id": "i-1", "title": "通販サイトへの不正アクセス"},
        "reference": "ABCDE-23456",
        "lang": "ja",
        "letter_sha256": exchange.letter_digest(letter),
        "items": [],
    }
    return exchange.sign(Notice.model_validate({"issuer": issuer, "id": str(uuid4()), "body": body, **times}), private)


def mail(
    jws: str,
    letter: str = LETTER,
    *,
    html: str | None = None,
    sender: str = "info@mihon-zakka.co.jp",
    extra: str | None = None,
) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "taro@user.example", "重要なお知らせ"
    message.set_content(letter)
    if html is not None:
        message.add_alternative(html, subtype="html")
    name, kind, data = exchange.carry.attachment(jws)
    message.add_attachment(data, maintype=kind.split("/")[0], subtype=kind.split("/")[1], filename=name)
    if extra is not None:
        message.add_attachment(b"x", maintype="application", subtype="pdf", filename=extra)
    return message.as_bytes()


def verdict(data: bytes, trusted, now=NOW) -> tuple[str, set[str]]:
    found = check_mail(data, official=OFFICIAL, keys=trusted, now=now)
    return found.verdict, {reason.id for reason in found.reasons}


def test_a_signed_notice_is_genuine_without_any_other_signature(private, trusted):
    word, ids = verdict(mail(notice(private)), trusted)
    assert word == "genuine"
    assert "notice_valid" in ids


def test_a_notice_with_the_same_words_as_a_page_is_genuine(private, trusted):
    page = "".join(f"<p>{line}</p>" for line in LETTER.splitlines())
    assert verdict(mail(notice(private), html=page), trusted)[0] == "genuine"


def test_a_page_that_says_something_else_holds_it_back(private, trusted):
    word, ids = verdict(mail(notice(private), html="<p>こちらの番号へお電話ください</p>"), trusted)
    assert word == "cannot_tell"
    assert "notice_other_letter" in ids


def test_the_same_statement_on_another_letter_proves_nothing(private, trusted):
    word, ids = verdict(mail(notice(private), LETTER + "至急お振り込みください。\n"), trusted)
    assert word == "cannot_tell"
    assert "notice_other_letter" in ids


def test_another_attachment_is_not_covered(private, trusted):
    word, ids = verdict(mail(notice(private), extra="bill.pdf"), trusted)
    assert word == "cannot_tell"
    assert "notice_more" in ids


def test_a_link_elsewhere_holds_it_back(private, trusted):
    letter = LETTER + "https://stranger.example/\n"
    word, ids = verdict(mail(notice(private, letter), letter), trusted)
    assert word == "cannot_tell"
    assert {"notice_valid", "link_elsewhere"} <= ids


def test_a_forged_sender_holds_it_back(private, trusted):
    assert verdict(mail(notice(private), sender="x@stranger.example"), trusted)[0] == "cannot_tell"
    assert verdict(mail(notice(private), sender="x@mihon-zakka-help.com"), trusted)[0] == "fake"


def test_its_time_is_kept(private, trusted):
    word, ids = verdict(mail(notice(private)), trusted, now=NOW + timedelta(days=200))
    assert word == "cannot_tell"
    assert "notice_expired" in ids


def test_a_key_that_came_with_nothing_but_the_message_proves_nothing(trusted):
    word, ids = verdict(mail(notice(Ed25519PrivateKey.generate())), trusted)
    assert word == "cannot_tell"
    assert "notice_refused" in ids


def test_without_keys_the_reader_is_told_so(private):
    word, ids = verdict(mail(notice(private)), None)
    assert word == "cannot_tell"
    assert "notice_no_key" in ids


def test_a_known_key_of_another_company_is_that_company_s(private):
    key = keys.public(private)
    other = {"other.example": {key.kid: key}}
    assert "notice_refused" in verdict(mail(notice(private)), other)[1]
    word, ids = verdict(mail(notice(private, issuer="other.example")), other)
    assert word == "cannot_tell"
    assert "notice_not_official" in ids


def test_a_block_in_a_pasted_text_proves_the_letter_around_it(private, trusted):
    pasted = LETTER + "\n" + exchange.carry.block(notice(private))
    found = check_text(pasted, official=OFFICIAL, keys=trusted, now=NOW)
    assert found.verdict == "genuine"
    changed = check_text(pasted.replace("メール", "電話"), official=OFFICIAL, keys=trusted, now=NOW)
    assert changed.verdict == "cannot_tell"


def test_a_statement_whose_signature_is_broken_is_said_so(private, trusted):
    head, _, signature = notice(private).rpartition(".")
    other = signature[:10] + ("A" if signature[10] != "A" else "B") + signature[11:]
    word, ids = verdict(mail(f"{head}.{other}"), trusted)
    assert word == "cannot_tell"
    assert "notice_refused" in ids

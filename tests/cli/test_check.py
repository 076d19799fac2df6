"""`madoguchi check`: the contract's command on mails, mailboxes, texts, addresses and numbers. All names are made up."""

import base64
import io
import json
import sys
from email.message import EmailMessage
from pathlib import Path

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from madoguchi.cli import run

OFFICIAL = ("--official", "mihon-zakka.co.jp")


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=1024)


@pytest.fixture
def dns(tmp_path: Path, key: rsa.RSAPrivateKey) -> str:
    public = base64.b64encode(key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()
    records = {"s._domainkey.mihon-zakka.co.jp": {"TXT": [f"v=DKIM1; k=rsa; p={public}"]}}
    path = tmp_path / "dns.json"
    path.write_text(json.dumps(records), encoding="utf-8")
    return str(path)


@pytest.fixture
def signed(key: rsa.RSAPrivateKey) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "info@mihon-zakka.co.jp", "taro@user.example", "お知らせ"
    message.set_content("お問い合わせは 0120-111-222 まで。")
    mail = message.as_bytes()
    private = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    return dkim.sign(mail, b"s", b"mihon-zakka.co.jp", private) + mail


def written(folder: Path, name: str, data: bytes) -> str:
    path = folder / name
    path.write_bytes(data)
    return str(path)


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict]:
    code = run(["check", *words, "--json"])
    out, err = capsys.readouterr()
    assert err == ""
    return code, json.loads(out)


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert run(["check", *words, "--json"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    return err


@pytest.mark.parametrize("name", ["a.eml", "a.msg", "a.txt", "a"])
def test_a_mail_is_genuine_under_any_name(name, tmp_path, capsys, signed, dns):
    code, found = asked(capsys, written(tmp_path, name, signed), *OFFICIAL, "--dns", dns)
    assert (code, found["verdict"]) == (0, "genuine")
    assert found["reasons"][0]["id"] == "dkim_aligned"
    assert found["reasons"][0]["weighs"] == "for"


def test_what_the_file_answers_is_not_asked_of_the_network(tmp_path, capsys, signed, dns):
    code, _ = asked(capsys, written(tmp_path, "a.eml", signed), *OFFICIAL, "--dns", dns, "--online")
    assert code == 0


def test_one_byte_changed_is_not_genuine(tmp_path, capsys, signed, dns):
    changed = signed[:-5] + bytes([signed[-5] ^ 1]) + signed[-4:]
    code, found = asked(capsys, written(tmp_path, "a.eml", changed), *OFFICIAL, "--dns", dns)
    assert (code, found["verdict"]) == (1, "cannot_tell")


def test_without_dns_and_network_it_cannot_be_told(tmp_path, capsys, signed):
    code, found = asked(capsys, written(tmp_path, "a.eml", signed), *OFFICIAL)
    assert (code, found["verdict"]) == (1, "cannot_tell")


def test_numbers_are_compared_with_the_list(tmp_path, capsys, signed, dns):
    file = written(tmp_path, "a.eml", signed)
    good = written(tmp_path, "p.json", b'{"mihon-zakka.co.jp": ["0120-111-222"]}')
    other = written(tmp_path, "q.json", b'{"mihon-zakka.co.jp": ["03-1234-5678"]}')
    assert asked(capsys, file, *OFFICIAL, "--dns", dns, "--phones", good)[0] == 0
    assert asked(capsys, file, *OFFICIAL, "--dns", dns, "--phones", other)[0] == 1
    assert asked(capsys, "tel:0120-111-222", *OFFICIAL, "--phones", good)[0] == 0
    assert asked(capsys, "tel:0120-111-222", *OFFICIAL)[1]["verdict"] == "cannot_tell"


def test_an_mbox_tells_of_each_mail_and_the_worst(tmp_path, capsys, signed, dns):
    start = b"From x@y.example Sat Nov 21 10:00:00 2026\n"
    box = (
        start
        + signed.replace(b"\r\n", b"\n")
        + b"\n"
        + start
        + b"From: a@b.example\nSubject: s\n\nhttps://mihon-zakka-login.com/\n"
    )
    for name in ("a.mbox", "a"):
        code, found = asked(capsys, written(tmp_path, name, box), *OFFICIAL, "--dns", dns)
        assert (code, found["verdict"]) == (1, "fake")
        assert [message["verdict"] for message in found["messages"]] == ["genuine", "fake"]


def test_an_sms_is_at_best_not_told(tmp_path, capsys):
    code, found = asked(
        capsys, written(tmp_path, "sms.txt", "お知らせ https://www.mihon-zakka.co.jp/".encode("cp932")), *OFFICIAL
    )
    assert (code, found["verdict"]) == (1, "cannot_tell")
    code, found = asked(capsys, written(tmp_path, "sms.txt", b"https://mihon-zakka-login.com/"), *OFFICIAL)
    assert (code, found["verdict"]) == (1, "fake")


@pytest.mark.parametrize(
    "words",
    [
        ("https://a.mihon-zakka.co.jp/", "--official", "other.example", "mihon-zakka.co.jp"),
        ("https://a.mihon-zakka.co.jp/", "--official", "other.example", "--official", "mihon-zakka.co.jp"),
        ("https://a.mihon-zakka.co.jp/", "--official=mihon-zakka.co.jp"),
        ("--official", "other.example", "mihon-zakka.co.jp", "--lang", "en", "https://a.mihon-zakka.co.jp/"),
        ("--official", "other.example", "mihon-zakka.co.jp", "https://a.mihon-zakka.co.jp/"),
        ("www.mihon-zakka.co.jp/news/a.html", *OFFICIAL),
        ("--lang", "en", "www.mihon-zakka.co.jp", "--official", "https://www.mihon-zakka.co.jp/"),
    ],
)
def test_several_official_domains_in_any_writing(words, capsys):
    assert asked(capsys, *words)[1]["verdict"] == "genuine"


def test_standard_input_is_told_by_its_content(monkeypatch, capsys, signed, dns):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(signed)))
    assert asked(capsys, "-", *OFFICIAL, "--dns", dns)[1]["verdict"] == "genuine"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("お知らせ".encode())))
    assert asked(capsys, *OFFICIAL, "-")[1]["reasons"][0]["id"] == "no_signature"


def test_outlook_s_own_format_is_refused_with_the_way_out(tmp_path, capsys):
    file = written(tmp_path, "a.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert ".eml" in refused(capsys, file, *OFFICIAL)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.eml", b""),
        ("a.txt", b" \n"),
        ("a.eml", b"just text without a head"),
        ("a.mbox", b"x"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(name, data, tmp_path, capsys):
    assert name in refused(capsys, written(tmp_path, name, data), *OFFICIAL)


def test_a_letter_that_begins_with_from_is_a_letter(tmp_path, capsys):
    what = written(tmp_path, "a.txt", "From our company to you.\n\n見本です。\n".encode())
    code, found = asked(capsys, what, *OFFICIAL)
    assert (code, found["verdict"]) == (1, "cannot_tell")
    assert "messages" not in found


def test_a_wrong_official_domain_is_told_without_naming_the_file(tmp_path, capsys, signed):
    told = refused(capsys, written(tmp_path, "a.eml", signed), "--official", "co.jp")
    assert "a.eml" not in told
    assert "co.jp" in told


def test_nothing_to_check_is_told_as_such(capsys):
    assert "tel:" in refused(capsys, "", *OFFICIAL)


def test_a_misspelt_key_of_the_dns_file_names_the_right_one(tmp_path, capsys, signed):
    dns = written(tmp_path, "d.json", b'{"s._domainkey.mihon-zakka.co.jp": {"TX": []}}')
    assert "TXT" in refused(capsys, written(tmp_path, "a.eml", signed), *OFFICIAL, "--dns", dns)


@pytest.mark.parametrize("what", ["missing.eml", "missing.txt", "nothing", "tel:12", "javascript:x.y", "x" * 5_000])
def test_what_is_neither_file_nor_address_is_refused(what, capsys):
    assert refused(capsys, what, *OFFICIAL)


@pytest.mark.parametrize("official", [(), ("--official",), ("--official", "co.jp"), ("--official", "")])
def test_an_official_domain_is_needed(official, capsys):
    assert refused(capsys, "https://mihon-zakka.co.jp/", *official)


@pytest.mark.parametrize("option", ["--dns", "--keys", "--phones"])
def test_a_wrong_file_beside_it_is_named(option, tmp_path, capsys):
    file = written(tmp_path, "wrong.json", b"[1]")
    assert "wrong.json" in refused(capsys, "https://mihon-zakka.co.jp/", *OFFICIAL, option, file)
    assert "gone.json" in refused(capsys, "https://mihon-zakka.co.jp/", *OFFICIAL, option, str(tmp_path / "gone.json"))


def test_a_page_and_a_folder(tmp_path, capsys):
    page = b'<html><body><a href="https://mihon-zakka-login.com/">https://mihon-zakka.co.jp/</a></body></html>'
    assert asked(capsys, written(tmp_path, "a.html", page), *OFFICIAL)[1]["verdict"] == "fake"
    assert refused(capsys, str(tmp_path), *OFFICIAL)


def test_the_answer_for_a_person_is_text(capsys):
    assert run(["check", "https://mihon-zakka.com/", *OFFICIAL, "--lang", "en"]) == 1
    out = capsys.readouterr().out
    assert "Fake" in out
    assert "mihon-zakka.com" in out


def test_the_mail_of_others_from_the_shared_folder(shared, tmp_path, capsys):
    folder = shared / "data" / "emails" / "dkim_and_auth"
    public = "".join(
        line for line in (folder / "mimekit_gmail.pub").read_text().splitlines() if not line.startswith("-")
    )
    records = {"20120113._domainkey.gmail.com": {"TXT": [f"v=DKIM1; k=rsa; p={public}"]}}
    file = written(tmp_path, "dns.json", json.dumps(records).encode())
    mail = str(folder / "mimekit_gmail.msg")
    assert asked(capsys, mail, "--official", "gmail.com", "--dns", file)[1]["verdict"] == "genuine"
    assert asked(capsys, mail, *OFFICIAL, "--dns", file)[1]["verdict"] == "cannot_tell"


@pytest.mark.parametrize("number", ["0120-123-456", "03(1234)5678", "０１２０－１２３－４５６", "+81 3 1234 5678"])
def test_a_bare_phone_number_is_told_how_it_is_asked_about(number: str, capsys):
    assert f"tel:{number}" in refused(capsys, number, *OFFICIAL)

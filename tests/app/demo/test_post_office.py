"""The practice post office keeps every mail whole, on this machine alone."""

import smtplib
import socket
import threading
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from madoguchi.app.demo.post_office import SELECTOR, PostOffice
from madoguchi.app.home import MailServer
from madoguchi.app.mail import bounce
from madoguchi.app.mail.transport import SmtpConnection


def mail(number: int, body: str = "本文") -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@shop.example", f"p{number}@mail.example", "お知らせ"
    message.set_content(body, cte="8bit")
    return message.as_bytes().replace(b"\n", b"\r\n")


def kept(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted(folder.glob("*.eml"))]


def test_a_mail_is_kept_as_it_was_sent(tmp_path: Path):
    with PostOffice(tmp_path / "office") as office, smtplib.SMTP("127.0.0.1", office.port) as client:
        client.sendmail("a@shop.example", ["p1@mail.example"], mail(1))
    assert kept(tmp_path / "office") == [mail(1)]


def test_lines_that_begin_with_a_dot_stay_as_they_are(tmp_path: Path):
    raw = mail(1, ".\n..\n.end\none more\n")
    with PostOffice(tmp_path) as office:
        with SmtpConnection(MailServer(host="127.0.0.1", port=office.port, sender="a@shop.example")) as connection:
            outcome = connection.send(sender="a@shop.example", recipient="p1@mail.example", raw=raw)
        assert outcome.state == "sent", outcome.answer
    assert kept(tmp_path) == [raw]


def test_mails_over_several_connections_at_once_are_all_kept(tmp_path: Path):
    with PostOffice(tmp_path) as office:

        def post(worker: int) -> None:
            with smtplib.SMTP("127.0.0.1", office.port) as client:
                for number in range(20):
                    client.sendmail("a@shop.example", ["p@mail.example"], mail(worker * 100 + number))

        threads = [threading.Thread(target=post, args=(worker,)) for worker in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert set(kept(tmp_path)) == {mail(worker * 100 + number) for worker in range(3) for number in range(20)}
    assert len(kept(tmp_path)) == 60


def test_a_mail_is_on_the_disk_before_it_is_acknowledged(tmp_path: Path):
    with PostOffice(tmp_path) as office, smtplib.SMTP("127.0.0.1", office.port) as client:
        for number in range(1, 4):
            client.sendmail("a@shop.example", ["p@mail.example"], mail(number))
            assert len(kept(tmp_path)) == number


def test_a_mail_that_breaks_off_is_not_kept(tmp_path: Path):
    with PostOffice(tmp_path) as office, socket.create_connection(("127.0.0.1", office.port), timeout=10) as line:
        answers = line.makefile("rb")
        for said in (
            b"",
            b"HELO me\r\n",
            b"MAIL FROM:<a@shop.example>\r\n",
            b"RCPT TO:<p@mail.example>\r\n",
            b"DATA\r\n",
        ):
            line.sendall(said)
            assert answers.readline()[:1] in b"23"
        line.sendall(b"Subject: half\r\n\r\nhalf a li")
        answers.close()
    assert [path.name for path in tmp_path.iterdir()] == ["README.txt"]


def test_it_says_what_it_is_and_that_nothing_leaves(tmp_path: Path):
    with PostOffice(tmp_path / "office"):
        pass
    label = (tmp_path / "office" / "README.txt").read_text(encoding="utf-8")
    assert "練習用" in label
    assert "外には出ていません" in label


def test_two_offices_are_open_at_once_and_closed_ones_take_nothing(tmp_path: Path):
    with PostOffice(tmp_path / "one") as one, PostOffice(tmp_path / "two") as two:
        assert one.port != two.port
        port = one.port
        with smtplib.SMTP("127.0.0.1", two.port) as client:
            client.sendmail("a@shop.example", ["p@mail.example"], mail(1))
    assert (len(kept(tmp_path / "one")), len(kept(tmp_path / "two"))) == (0, 1)
    with pytest.raises(OSError):
        smtplib.SMTP("127.0.0.1", port, timeout=2)


def post(office: PostOffice, raw: bytes, to: str) -> None:
    with smtplib.SMTP("127.0.0.1", office.port) as client:
        client.sendmail("a@shop.example", [to], raw)


def test_mail_to_a_mailbox_lies_there_too_whatever_the_case_of_its_address(tmp_path: Path):
    with PostOffice(tmp_path / "office", mailboxes={"p1@mail.example": tmp_path / "p1"}) as office:
        post(office, mail(1), "P1@Mail.Example")
        post(office, mail(2), "p2@mail.example")
    assert kept(tmp_path / "p1") == [mail(1)]
    assert kept(tmp_path / "office") == [mail(1), mail(2)]


def test_what_leaves_a_domain_with_a_key_is_signed_on_its_way_into_a_mailbox(tmp_path: Path):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = (serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption())
    pem = key.private_bytes(serialization.Encoding.PEM, *form)
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    import base64

    record = b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)
    mailboxes = {"p1@mail.example": tmp_path / "p1"}
    with PostOffice(tmp_path / "office", mailboxes=mailboxes, keys={"shop.example": pem}) as office:
        post(office, mail(1), "p1@mail.example")
    (signed,) = kept(tmp_path / "p1")
    asked = []

    def dns(name: bytes, timeout: int = 5) -> bytes:
        asked.append(name)
        return record

    assert dkim.verify(signed, dnsfunc=dns)
    assert asked == [f"{SELECTOR}._domainkey.shop.example.".encode()]
    assert not dkim.verify(signed.replace("本文".encode(), "別文".encode()), dnsfunc=dns)


def test_mail_to_where_nobody_lives_comes_back_as_a_report_that_names_it(tmp_path: Path):
    message_id = b"Message-ID: <01234567-89ab-cdef-0123-456789abcdef@shop.example>\r\n"
    mailboxes = {"a@shop.example": tmp_path / "shop"}
    with PostOffice(tmp_path / "office", mailboxes=mailboxes, gone={"p1@mail.example"}) as office:
        post(office, message_id + mail(1), "p1@mail.example")
    (report,) = kept(tmp_path / "shop")
    assert not message_from_bytes(report).defects
    found = bounce.read(report)
    assert found is not None
    assert (found.message_ids, found.permanent, found.status) == (
        ("<01234567-89ab-cdef-0123-456789abcdef@shop.example>",),
        True,
        "5.1.1",
    )

"""The practice post office keeps every mail whole, on this machine alone."""

import smtplib
import socket
import threading
from email.message import EmailMessage
from pathlib import Path

import pytest

from madoguchi.app.demo.post_office import PostOffice
from madoguchi.app.home import MailServer
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

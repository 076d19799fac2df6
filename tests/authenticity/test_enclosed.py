"""What a mail encloses: other mails, pages, texts, invitations; what nobody can look into is said."""

from email.message import EmailMessage

import pytest

from madoguchi.authenticity import enclosed
from madoguchi.intake import mail as mails


def read(*files: tuple[str, str, bytes]) -> enclosed.Enclosed:
    message = EmailMessage()
    message["From"] = "info@mihon-zakka.co.jp"
    message.set_content("お知らせ")
    for name, kind, data in files:
        main, _, sub = kind.partition("/")
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return enclosed.read(mails.read(message.as_bytes()))


@pytest.mark.parametrize(
    ("name", "kind", "data"),
    [
        ("a.eml", "application/octet-stream", b"From: x@user.example\nSubject: a\n\nhttps://stranger.example/\n"),
        ("a.html", "application/octet-stream", b"<a href='https://stranger.example/'>x</a>"),
        ("a.dat", "text/html", b"<form action='https://stranger.example/'></form>"),
        ("a.txt", "text/plain", b"https://stranger.example/"),
        ("a.ics", "text/calendar", b"BEGIN:VCALENDAR\r\nURL:https://stranger.example/\r\nEND:VCALENDAR"),
    ],
)
def test_a_link_inside_is_found(name, kind, data):
    assert "https://stranger.example/" in {link.href for link in read((name, kind, data)).links}


def test_what_only_another_program_can_open_is_said():
    assert enclosed.CLOSED in read(("smime.p7m", "application/pkcs7-mime", b"0")).flaws


def test_pictures_and_papers_are_not_opened():
    found = read(("a.png", "image/png", b"https://stranger.example/"), ("a.pdf", "application/pdf", b"%PDF"))
    assert (found.texts, found.links, found.flaws) == ([], [], [])


def test_mails_within_mails_end_somewhere_and_it_is_said():
    inner = b"From: x@user.example\nSubject: a\n\nx\n"
    for _ in range(30):
        inner = b"From: x@user.example\nContent-Type: message/rfc822\n\n" + inner
    assert enclosed.TOO_MUCH in read(("a.eml", "application/octet-stream", inner)).flaws

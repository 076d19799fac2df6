"""Parts by themselves; the whole mails are in test_mail.py."""

import dataclasses

from madoguchi.intake.limits import Limits
from madoguchi.intake.mail import headers as mail_headers
from madoguchi.intake.mail import parts as mail_parts


def leaves(data: bytes, **limits: int):
    fields, at = mail_headers.fields(data, 100)
    return mail_parts.leaves(fields, data[at:], dataclasses.replace(Limits(), **limits))


def test_alternatives_are_of_one_block_and_what_follows_of_another():
    found, flaws = leaves(
        b"Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/alternative; boundary=b\n\n"
        b"--b\n\none\n--b\nContent-Type: text/html\n\ntwo\n--b--\n--a\n\nthree\n--a--\n"
    )
    assert [leaf.data for leaf in found] == [b"one", b"two", b"three"]
    assert found[0].block == found[1].block != found[2].block
    assert flaws == []


def test_parts_of_a_digest_are_mails():
    found, _ = leaves(b"Content-Type: multipart/digest; boundary=a\n\n--a\n\nSubject: x\n\ny\n--a--\n")
    assert [leaf.type for leaf in found] == ["message/rfc822"]


def test_a_boundary_that_begins_like_another_is_another():
    found, _ = leaves(b"Content-Type: multipart/mixed; boundary=a\n\n--a\n\none\n--ab\nstill one\n--a--\n")
    assert [leaf.data for leaf in found] == [b"one\n--ab\nstill one"]


def test_limits_leave_out_and_tell():
    body = b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\n\nx\n" * 9 + b"--a--\n"
    found, flaws = leaves(body, mail_parts=4)
    assert len(found) == 4
    assert [flaw.left_out for flaw in flaws] == [True]


def test_an_address_outside_the_parts_is_told():
    mail = b"Content-Type: multipart/mixed; boundary=a\n\n%s\n--a\n\nhttps://own.example/\n--a--\n%s\n"
    assert leaves(mail % (b"This is a message in MIME format.", b""))[1] == []
    for around in ((b"https://a.example/", b""), (b"", b"www.a.example")):
        assert leaves(mail % around)[1] == [mail_parts.OUTSIDE]

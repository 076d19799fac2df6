"""Mails as they lie in an mbox file."""

import pytest

from madoguchi.authenticity import mbox

A, B = b"From: a@b.example\n\none\n", b"From: c@d.example\n\nFrom two\n"
START = b"From x@y.example Sat Nov 21 10:00:00 2026\n"


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_each_mail_comes_out_as_it_went_in(end):
    file = (START + A + b"\n" + START + B.replace(b"\nFrom two", b"\n>From two") + b"\n").replace(b"\n", end)
    assert list(mbox.split(file)) == [A.replace(b"\n", end), B.replace(b"\n", end)]


def test_a_line_of_a_letter_that_begins_with_from_starts_no_mail():
    assert len(list(mbox.split(START + A + b"From here on\n"))) == 1


def test_what_is_no_mbox_holds_nothing():
    assert list(mbox.split(b"hello")) == []
    assert not mbox.is_one(b"hello")
    assert mbox.is_one(b"\n" + START + A)
    assert mbox.is_one(START + b">From x@y.example\n" + A)


def test_a_letter_that_begins_with_the_word_is_none():
    assert not mbox.is_one(b"From our company to you.\n\nDear customer: we regret\n")

"""What the head of a mail pretends; the verdicts on whole mails are in test_check.py."""

import pytest

from madoguchi.authenticity import hosts, sender
from madoguchi.intake import mail

OWN = hosts.official(["mihon-zakka.co.jp"])


@pytest.mark.parametrize(
    ("head", "ids"),
    [
        ("From: info@mihon-zakka.co.jp", {"from_official"}),
        ("From: 見本 <INFO@Mihon-Zakka.CO.JP>", {"from_official"}),
        ("Subject: x", {"from_missing"}),
        ("From: 見本商店", {"from_missing"}),
        ("From: a@x.example\nFrom: info@mihon-zakka.co.jp", {"from_elsewhere", "from_several", "headers_twice"}),
        ("From: info@mihon-zakka.co.jp <a@x.example>", {"from_elsewhere", "name_imitates"}),
        ("From: <info@mihon-zakka.co.jp> <a@x.example>", {"from_elsewhere", "from_several"}),
        ('From: "b@y.example" <a@x.example>', {"from_elsewhere", "name_differs"}),
        ('From: "a@x.example" <a@x.example>', {"from_elsewhere"}),
        ("From: a@mihon-zakka.co.jp.x.example", {"from_lookalike"}),
        ("From: a@mіhon-zakka.co.jp", {"from_lookalike"}),
        ("From: info@mihon-zakka.co.jp\nSubject: a\nSubject: b", {"from_official", "headers_twice"}),
        ("From: info@mihon-zakka.co.jp\nReply-To: a@x.example", {"from_official", "reply_elsewhere"}),
        ("From: info@mihon-zakka.co.jp\nReply-To: help@mihon-zakka.co.jp", {"from_official"}),
        (
            "From: info@mihon-zakka.co.jp\nReply-To: help@mihon-zakka.co.jp, a@x.example",
            {"from_official", "reply_elsewhere"},
        ),
        ("Return-Path: <a@x.example>\nFrom: info@mihon-zakka.co.jp", {"from_official", "return_path_elsewhere"}),
    ],
)
def test_a_head_is_seen_for_what_it_is(head, ids):
    found = mail.read((head + "\n\nx").encode())
    assert {reason.id for reason in sender.judge(found, OWN)} == ids

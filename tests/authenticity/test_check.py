"""The verdicts on mails, texts, addresses and numbers; the cases are in cases/*.yaml, all names are made up."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.authenticity import check_address, check_mail, check_mbox, check_phone, check_text, read_dns
from madoguchi.problem import LANGS, Problem
from madoguchi.text.datafile import read_yaml

CASES = Path(__file__).parent / "cases"
OFFICIAL = ["mihon-zakka.co.jp"]


def cases(name: str) -> list[dict]:
    return read_yaml((CASES / name).read_text(encoding="utf-8"))


def ids(found) -> set[str]:
    return {reason.id for reason in found.reasons}


def fits(found, case: dict) -> None:
    assert found.verdict == case["verdict"], ids(found)
    assert set(case.get("reasons", [])) <= ids(found)
    assert not set(case.get("never", [])) & ids(found)


def listed(case: dict):
    return {"mihon-zakka.co.jp": frozenset({"+81120111222"})} if "phones" in case else None


@pytest.mark.parametrize("case", cases("mails.yaml"), ids=lambda case: case["of"])
def test_a_mail_gets_its_verdict(case, post, write, now):
    mail = write(case)
    if "signed" in case:
        mail = post.sign(mail, case["signed"])
    official = case.get("official", "mihon-zakka.co.jp").split()
    fits(check_mail(mail, official=official, dns=post.dns, phones=listed(case), now=now), case)


@pytest.mark.parametrize("case", cases("texts.yaml"), ids=lambda case: case["of"])
def test_a_text_gets_its_verdict(case, now):
    fits(check_text(case["text"], official=OFFICIAL, phones=listed(case), now=now), case)


@pytest.mark.parametrize("case", cases("addresses.yaml"), ids=lambda case: case["address"])
def test_an_address_gets_its_verdict(case):
    fits(check_address(case["address"], official=OFFICIAL), case)


@pytest.mark.parametrize("address", ["", "hello", "javascript:alert(1)", "https://", "https://exa mple..jp/", "#top"])
def test_what_is_no_address_is_said_so(address):
    with pytest.raises(Problem):
        check_address(address, official=OFFICIAL)


@pytest.mark.parametrize(
    ("number", "verdict", "reason"),
    [
        ("tel:0120-111-222", "genuine", "number_listed"),
        ("tel:+81-120-111-222", "genuine", "number_listed"),
        ("TEL:０１２０（１１１）２２２", "genuine", "number_listed"),
        ("tel:050-3333-4444", "cannot_tell", "number_not_listed"),
    ],
)
def test_a_number_is_compared_in_any_writing(number, verdict, reason):
    found = check_phone(number, official=OFFICIAL, phones={"mihon-zakka.co.jp": frozenset({"+81120111222"})})
    assert (found.verdict, ids(found)) == (verdict, {reason})


def test_a_list_of_another_company_is_no_list():
    found = check_phone("tel:0120-111-222", official=OFFICIAL, phones={"other.example": frozenset({"+81120111222"})})
    assert (found.verdict, ids(found)) == ("cannot_tell", {"number_no_list"})


def test_a_number_that_is_none_is_said_so():
    with pytest.raises(Problem, match="area code"):
        check_phone("tel:12", official=OFFICIAL)


def test_without_dns_nothing_is_genuine_and_the_reader_is_told_why(post, write, now):
    found = check_mail(post.sign(write({}), "mihon-zakka.co.jp"), official=OFFICIAL, now=now)
    assert found.verdict == "cannot_tell"
    assert "dkim_not_checked" in ids(found)


def test_only_the_official_domain_is_ever_looked_up(post, write, now):
    post.asked.clear()
    check_mail(
        post.sign(write({"from": "a@stranger.example"}), "stranger.example"), official=OFFICIAL, dns=post.dns, now=now
    )
    check_mail(post.sign(write({}), "stranger.example"), official=OFFICIAL, dns=post.dns, now=now)
    assert post.asked == []
    check_mail(post.sign(write({}), "mihon-zakka.co.jp"), official=OFFICIAL, dns=post.dns, now=now)
    assert post.asked == ["s1._domainkey.mihon-zakka.co.jp"]


def test_no_byte_of_the_text_can_change(post, write, now):
    mail = post.sign(write({"text": "abc"}), "mihon-zakka.co.jp")
    start = mail.index(b"\r\n\r\n") + 4
    for at in range(start, start + 3):
        changed = mail[:at] + bytes([mail[at] ^ 1]) + mail[at + 1 :]
        assert check_mail(changed, official=OFFICIAL, dns=post.dns, now=now).verdict != "genuine"


def test_a_claim_of_another_server_proves_nothing(write, post, now):
    claim = b"Authentication-Results: mx.user.example; dkim=pass header.d=mihon-zakka.co.jp; dmarc=pass\r\n"
    assert check_mail(claim + write({}), official=OFFICIAL, dns=post.dns, now=now).verdict == "cannot_tell"


def test_an_mbox_has_the_verdict_of_its_worst_mail(post, write, now):
    good = post.sign(write({"text": "From here on\n"}), "mihon-zakka.co.jp").replace(b"\r\n", b"\n")
    bad = write({"text": "https://mihon-zakka-login.com/"}).replace(b"\r\n", b"\n")
    start = b"From x@y.example Sat Nov 21 10:00:00 2026\n"
    stuffed = good.replace(b"\nFrom here", b"\n>From here")
    found = check_mbox(start + stuffed + b"\n" + start + bad, official=OFFICIAL, dns=post.dns, now=now)
    answer = found.answer()
    assert answer["verdict"] == "fake"
    assert [message["verdict"] for message in answer["messages"]] == ["genuine", "fake"]
    assert answer["messages"][1]["number"] == 2
    assert "2. " in found.say()


def test_an_empty_mbox_is_said_so(now):
    with pytest.raises(Problem, match="no mail"):
        check_mbox(b"nothing", official=OFFICIAL, now=now)


def test_a_mail_inside_a_mail_is_named_and_never_speaks_for_it(post, write, now):
    inner = post.sign(write({}), "mihon-zakka.co.jp")
    outer = (
        b"From: friend@user.example\r\nSubject: Fwd\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nsee\r\n"
        b"--b\r\nContent-Type: message/rfc822\r\n\r\n" + inner + b"\r\n--b--\r\n"
    )
    found = check_mail(outer, official=OFFICIAL, dns=post.dns, now=now)
    assert found.verdict == "cannot_tell"
    assert "forwarded_inside" in ids(found)


def test_parts_that_were_not_read_hold_the_verdict_back(post, write, now):
    parts = b"".join(b"--b\r\n\r\nx\r\n" for _ in range(1_200))
    mail = (
        b"From: info@mihon-zakka.co.jp\r\nSubject: s\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        + parts
        + b"--b--\r\n"
    )
    found = check_mail(post.sign(mail, "mihon-zakka.co.jp"), official=OFFICIAL, dns=post.dns, now=now)
    assert found.verdict == "cannot_tell"
    assert {"dkim_aligned", "parts_left_out"} <= ids(found)


@pytest.mark.parametrize("lang", LANGS)
def test_the_answer_is_whole_in_every_language(lang, post, write, now):
    found = check_mail(
        post.sign(write({"text": "https://bit.ly/x 050-3333-4444"}), "mihon-zakka.co.jp"),
        official=OFFICIAL,
        dns=post.dns,
        now=now,
    )
    answer = found.answer(lang)
    assert set(answer) == {"verdict", "means", "reasons"}
    assert all(set(reason) == {"id", "weighs", "text", "evidence"} for reason in answer["reasons"])
    assert "{" not in json.dumps([answer["means"], *[reason["text"] for reason in answer["reasons"]]])
    assert answer["means"] in found.say(lang)


def test_genuine_never_says_that_following_is_safe(post, write, now):
    found = check_mail(post.sign(write({}), "mihon-zakka.co.jp"), official=OFFICIAL, dns=post.dns, now=now)
    assert "意味ではありません" in found.means.say("ja")
    assert "does not say" in found.means.say("en")


@given(
    st.binary(max_size=400)
    | st.lists(
        st.sampled_from(
            [
                b"From: ",
                b"<info@mihon-zakka.co.jp>",
                b"DKIM-Signature: v=1; a=rsa-sha256; d=mihon-zakka.co.jp; s=s; h=from; bh=x; b=y",
                b"\r\n",
                b"\n\n",
                b"https://[",
                b"<a href='http://\xff'>",
                b"l=;",
                b" ",
            ]
        ),
        max_size=20,
    ).map(b"".join)
)
def test_no_bytes_make_the_check_fail_or_genuine(data):
    from datetime import UTC, datetime

    found = check_mail(data, official=OFFICIAL, dns=lambda _: [b"v=DKIM1; p=AAAA", b"\xff"], now=datetime.now(UTC))
    assert found.verdict != "genuine"


@given(st.text(alphabet="htps:/.@\\?#%[]mihon-zakka.co.jp０あ1 ", max_size=60))
def test_no_address_makes_the_check_fail(text):
    try:
        check_address(text, official=OFFICIAL)
    except Problem:
        return


def test_the_signed_mails_of_others_are_judged_rightly(shared, now):
    folder = shared / "data" / "emails" / "dkim_and_auth"
    mail = (folder / "mimekit_gmail.msg").read_bytes()
    key = "".join(line for line in (folder / "mimekit_gmail.pub").read_text().splitlines() if not line.startswith("-"))
    dns = read_dns(json.dumps({"20120113._domainkey.gmail.com": {"TXT": [f"v=DKIM1; k=rsa; p={key}"]}}).encode())
    assert check_mail(mail, official=["gmail.com"], dns=dns, now=now).verdict == "genuine"
    assert check_mail(mail.replace(b"\n", b"\r\n"), official=["gmail.com"], dns=dns, now=now).verdict == "genuine"
    assert check_mail(mail, official=["mihon-zakka.co.jp"], dns=dns, now=now).verdict == "cannot_tell"
    end = len(mail.rstrip())
    changed = [mail[:at] + bytes([mail[at] ^ 1]) + mail[at + 1 :] for at in range(end - 250, end)]
    assert not any(check_mail(one, official=["gmail.com"], dns=dns, now=now).verdict == "genuine" for one in changed)


def test_no_mail_of_strangers_is_genuine_for_a_company_it_is_not_from(shared, now):
    for path in (shared / "data" / "emails" / "dkim_and_auth").iterdir():
        found = check_mail(path.read_bytes(), official=OFFICIAL, dns=lambda _: [], now=now)
        assert (found.verdict == "genuine") is False, path.name

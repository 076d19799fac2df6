"""A statement comes out of a mail, a form or a file as it went in, or it is said why not."""

import json
import re
import time
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.exchange import NotAccepted, armour, carry, letter_digest

KINDS = ["notice", "announcement", "inquiry", "answer"]
CASES = yaml.safe_load((Path(__file__).parent / "cases/mangled.yaml").read_text(encoding="utf-8"))


def rewrap(text: str, width: int) -> str:
    return "\n".join(line[at : at + width] for line in text.split("\n") for at in range(0, max(len(line), 1), width))


MANGLE = {
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "cr": lambda text: text.replace("\n", "\r"),
    "quote": lambda text: re.sub(r"^", "> ", text, flags=re.MULTILINE),
    "wide_quote": lambda text: re.sub(r"^", "＞", text, flags=re.MULTILINE),
    "rewrap_40": lambda text: rewrap(text, 40),
    "rewrap_72": lambda text: rewrap(text, 72),
    "one_line": lambda text: text.replace("\n", " "),
    "ideographic_spaces": lambda text: text.replace("\n", "\u3000\n"),
    "indent": lambda text: re.sub(r"^", "    ", text, flags=re.MULTILINE),
    "no_break_spaces": lambda text: text.replace(" ", "\u00a0"),
    "full_width": lambda text: "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text),
    "other_hyphens": lambda text: text.replace("-", "\u2010"),
    "zero_width": lambda text: re.sub(r"(\n)", "\u200b\\1", text),
    "double_spaced": lambda text: text.replace("\n", "\n\n"),
    "within_a_letter": lambda text: f"担当者様\n\nお世話になります。\n{text}\n\n--\n森野 楓\n",
    "dash_escaped": lambda text: re.sub(r"^-", "- -", text, flags=re.MULTILINE),
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_block_of_text_survives(made, kind, case):
    text = carry.block(made.jws(kind))
    for name in case["mangle"]:
        text = MANGLE[name](text)
    assert carry.find(text) == [made.jws(kind)]


def test_a_block_is_short_lines_that_say_what_they_are(made):
    lines = carry.block(made.jws("inquiry")).split("\n")
    assert "署名" in lines[0]
    assert all(re.search("[ぁ-ん]", line) for line in (lines[1], lines[-1]))
    assert "BEGIN" in lines[1]
    assert "END" in lines[-1]
    assert all(2 <= len(line) <= 64 for line in lines[2:-1])
    assert not any(line.startswith(("-", ".")) for line in lines[2:-1])
    assert "".join(lines[2:-1]) == made.jws("inquiry")


@given(
    letters=st.text(alphabet="Aa0-_", min_size=1, max_size=400),
    rest=st.text(alphabet="Az9-_", min_size=86, max_size=86),
)
def test_any_statement_comes_back_from_its_block(letters, rest):
    jws = f"eyJ{letters}.{letters}.{rest}"
    assert carry.find(carry.block(jws)) == [jws]
    assert carry.find(MANGLE["quote"](rewrap(carry.block(jws), 50))) == [jws]


def test_a_thread_with_both_sides_gives_each_statement_once_in_order(made):
    inquiry, answer = made.jws("inquiry"), made.jws("answer")
    asked = f"お尋ねします。\n{carry.block(inquiry)}"
    text = (
        f"お答えします。\n{carry.block(answer)}\n\n{MANGLE['quote'](asked)}\n{MANGLE['quote'](MANGLE['quote'](asked))}"
    )
    assert carry.find(text) == [answer, inquiry]


def test_a_bare_statement_is_found(made):
    jws = made.jws("notice")
    assert carry.find(jws) == [jws]
    assert carry.find(f"これです: {jws} 以上") == [jws]
    assert carry.find(f"x{jws}") == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "お知らせ",
        armour.BEGIN,
        f"{armour.END}\n{armour.BEGIN}",
        f"{armour.BEGIN}\n本文\n{armour.END}",
        "{",
        "{}",
        "eyJ",
    ],
)
def test_text_without_a_statement_has_none(text):
    assert carry.find(text) == []


def test_a_block_that_is_cut_off_is_none_and_does_not_swallow_the_next(made):
    cut = "\n".join(carry.block(made.jws("notice")).split("\n")[:4])
    assert carry.find(f"{cut}\n\n{carry.block(made.jws('answer'))}") == [made.jws("answer")]


def test_the_letter_is_what_stands_beside_the_block(made):
    with_block = f"{made.letter}\n{carry.block(made.jws('notice'))}\n"
    assert letter_digest(carry.letter(with_block)) == letter_digest(made.letter)
    assert letter_digest(carry.letter(MANGLE["crlf"](with_block))) == letter_digest(made.letter)
    assert carry.letter(made.letter) == made.letter
    assert carry.letter(f"一\n{armour.BEGIN}\n二") == f"一\n{armour.BEGIN}\n二"


# ---------------------------------------------------------------- attachments


@pytest.mark.parametrize("kind", KINDS)
def test_an_attachment_goes_through_a_real_mail(made, kind):
    mail = EmailMessage(policy=policy.SMTP)
    mail["Subject"] = "お問い合わせ"
    mail.set_content(made.letter)
    name, media, data = carry.attachment(made.jws(kind))
    main, _, sub = media.partition("/")
    mail.add_attachment(data, maintype=main, subtype=sub, filename=name)
    back = BytesParser(policy=policy.default).parsebytes(mail.as_bytes())
    parts = [(each.get_filename(), each.get_content_type(), each.get_content()) for each in back.iter_attachments()]
    assert carry.find(back.get_body().get_content(), parts) == [made.jws(kind)]
    assert parts[0][0] == f"madoguchi-{kind}.json"


def test_a_person_can_read_the_copy(made):
    data = carry.attachment(made.jws("inquiry"))[2].decode()
    assert "私の情報は含まれますか。" in data
    assert json.loads(data)["payload"]["body"]["person"]["name"] == "森野 楓"
    assert json.loads(data)["madoguchi"] == 1


def holder(made, **more) -> bytes:
    value = {**json.loads(carry.attachment(made.jws("notice"))[2]), **more}
    return json.dumps({name: each for name, each in value.items() if each is not ...}).encode()


def test_the_name_and_type_of_an_attachment_do_not_matter(made):
    for name, media in (("ATT00001.txt", "text/plain"), ("", "application/octet-stream"), ("../x.exe", "")):
        assert carry.find("", [(name, media, holder(made))]) == [made.jws("notice")]
    assert carry.find("", [("x", "", b"\xef\xbb\xbf\r\n" + holder(made))]) == [made.jws("notice")]
    assert carry.find("", [("x", "", holder(made, payload=...))]) == [made.jws("notice")]


def test_an_attachment_that_is_a_block_or_the_bare_statement_is_found(made):
    jws = made.jws("notice")
    assert carry.find("", [("a.txt", "text/plain", carry.block(jws).encode())]) == [jws]
    assert carry.find("", [("a.jws", "application/jose", jws.encode())]) == [jws]


def test_the_content_of_an_attachment_that_was_pasted_as_text_is_found(made):
    assert carry.find(carry.attachment(made.jws("answer"))[2].decode()) == [made.jws("answer")]


def refusal(*attachments, text="") -> NotAccepted:
    with pytest.raises(NotAccepted) as problem:
        carry.find(text, attachments)
    return problem.value


@pytest.mark.parametrize("change", ["letter", "number", "missing", "more", "kind"])
def test_a_copy_that_differs_from_what_was_signed_is_refused(made, change):
    copy = made.payload("notice")
    signed = json.loads(carry.attachment(made.jws("notice"))[2])["payload"]
    if change == "letter":
        copy = {**signed, "body": {**signed["body"], "organisation": "別の会社"}}
    elif change == "number":
        copy = {**signed, "version": True}
    elif change == "missing":
        copy = {name: value for name, value in signed.items() if name != "expires"}
    elif change == "more":
        copy = {**signed, "note": "電話してください"}
    else:
        copy = [signed]
    problem = refusal(("madoguchi-notice.json", "application/json", holder(made, payload=copy)))
    assert (problem.reason, problem.file) == ("copy_differs", "madoguchi-notice.json")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"madoguchi": 2}, "version"),
        ({"statement": ...}, "not_a_statement"),
        ({"statement": 5}, "not_a_statement"),
        ({"statement": "a.b"}, "not_a_statement"),
        ({"note": "電話してください"}, "not_a_statement"),
    ],
)
def test_an_attachment_that_calls_itself_ours_and_is_not_is_told(made, change, reason):
    assert refusal(("a.json", "", holder(made, **change))).reason == reason
    assert refusal(text=holder(made, **change).decode()).reason == reason


def test_an_attachment_with_a_key_twice_or_cut_off_is_told(made):
    data = holder(made)
    assert refusal(("a.json", "", data[:-1])).reason == "not_a_statement"
    assert refusal(("a.json", "", b'{"madoguchi":1,' + data[1:])).reason == "not_a_statement"


def test_other_attachments_are_none_of_our_business(made):
    others = [
        ("a.json", "application/json", b'{"name":"madoguchi"}'),
        ("a.json", "application/json", b'{"shop":{"madoguchi":1}}'),
        ("a.json", "application/json", b"[1,2"),
        ("a.pdf", "application/pdf", b"%PDF-1.7 MADOGUCHI \xff\xfe"),
        ("a", "", b""),
    ]
    assert carry.find("", [*others, carry.attachment(made.jws("notice"))]) == [made.jws("notice")]


def test_a_mail_gives_at_most_sixteen_statements(made):
    many = [f"eyJ{'A' * 40}.{number:08d}.{'A' * 86}" for number in range(40)]
    assert carry.find("\n".join(map(carry.block, many))) == many[:16]
    assert carry.find(" ".join(many)) == many[:16]


def test_an_attachment_beyond_the_limit_is_told_and_a_large_stranger_is_passed_over(made):
    assert refusal(("a.json", "", holder(made) + b" " * carry.MOST_ATTACHMENT)).reason == "too_large"
    assert carry.find("", [("film.mp4", "video/mp4", b"\x00" * (carry.MOST_ATTACHMENT + 1))]) == []


@pytest.mark.parametrize(
    "unit",
    [
        "BEGIN MADOGUCHI STATEMENT",
        "END MADOGUCHI STATEMENT ",
        "BEGIN ",
        "eyJ" + "A" * 30 + ".",
        "eyJ",
        "A.",
        " ",
        "(",
        "\ufdfa",
        "{",
    ],
)
def test_a_hostile_text_of_two_million_letters_takes_no_more_than_a_moment(unit):
    """Processor time of this process alone; a step that looked at each pair of places would take hours."""
    started = time.process_time()
    assert carry.find(unit * (2**21 // len(unit))) == []
    assert carry.letter(unit * 1000)
    assert time.process_time() - started < 30


def test_attaching_what_is_no_statement_is_refused():
    with pytest.raises(NotAccepted):
        carry.attachment("hello")


@given(st.binary(max_size=200))
def test_any_attachment_is_read_or_told(data):
    for start in (b"", b"{", b'{"madoguchi":1,', b"MADOGUCHI"):
        try:
            assert carry.find("", [("a", "", start + data)]) == []
        except NotAccepted as problem:
            assert problem.reason in {"not_a_statement", "version"}  # noqa: PT017

"""A letter has one digest before and after the mail."""

import hashlib
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from itertools import combinations
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.exchange import letter_digest, statement_digest

CASES = yaml.safe_load((Path(__file__).parent / "cases/letters.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["same"], ids=lambda case: case["name"])
def test_one_letter_has_one_digest(case):
    assert len({letter_digest(text) for text in case["texts"]}) == 1


@pytest.mark.parametrize("case", CASES["different"], ids=lambda case: case["name"])
def test_different_letters_have_different_digests(case):
    for one, other in combinations(case["texts"], 2):
        assert letter_digest(one) != letter_digest(other)


def test_a_plain_letter_has_the_sha_256_of_its_own_bytes():
    assert letter_digest("お知らせ\nです") == hashlib.sha256("お知らせ\nです".encode()).hexdigest()


@pytest.mark.parametrize("charset", ["utf-8", "iso-2022-jp", "shift_jis", "euc_jp"])
@pytest.mark.parametrize("cte", ["base64", "quoted-printable", None])
def test_a_letter_keeps_its_digest_through_a_mail(charset, cte):
    letter = "森野 楓 様\n\nお客様の情報が、8月1日から漏えいしていました。  \n受付時間: 10時から17時\n"
    if cte is None and charset != "iso-2022-jp":
        cte = "base64"
    mail = EmailMessage(policy=policy.SMTP)
    mail["Subject"] = "お知らせ"
    mail.set_content(letter, charset=charset, cte=cte or "7bit")
    back = BytesParser(policy=policy.default).parsebytes(mail.as_bytes())
    assert letter_digest(back.get_content()) == letter_digest(letter)


def test_the_wave_dash_of_a_japanese_mail_is_one_whichever_table_decodes_it():
    data = "10時〜17時".encode("shift_jis")
    assert data.decode("shift_jis") != data.decode("cp932")
    assert letter_digest(data.decode("shift_jis")) == letter_digest(data.decode("cp932"))


@given(st.text(max_size=60))
def test_any_text_has_a_digest_that_does_not_change_by_counting_it_again(text):
    assert letter_digest(text) == letter_digest(text.replace("\n", "\r\n") + "\n\n")


def test_the_digest_of_a_statement_is_of_its_letters():
    assert statement_digest("a.b.c") == hashlib.sha256(b"a.b.c").hexdigest()

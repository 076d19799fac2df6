"""Labels that lie and bytes that tell; the whole mails are in test_mail.py."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.intake.mail import charset as mail_charset

TEXT = "個人情報の漏えいについて、お詫び申し上げます。"


@pytest.mark.parametrize(
    "label", [None, "", "unknown-8bit", "utf-8", "SHIFT_JIS", "iso-2022-jp", "x-euc-jp", "no-such", "base64"]
)
@pytest.mark.parametrize("codec", ["utf-8", "cp932", "euc_jp", "iso2022_jp"])
def test_japanese_is_read_under_any_label(label, codec):
    assert mail_charset.decode(TEXT.encode(codec), label) == TEXT


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("iso-8859-1", "latin-1", "déjà vu à Zürich"),
        ("windows-1252", "cp1252", "“quoted” – €5"),
        ("koi8-r", "koi8-r", "Привет, мир"),
        ("gb2312", "gb2312", "您好世界"),
        ("euc-kr", "euc-kr", "안녕하세요"),
        ("big5", "big5", "您好世界"),
        ("utf-16", "utf-16", "窓口"),
    ],
)
def test_other_languages_keep_their_label(label, codec, text):
    assert mail_charset.decode(text.encode(codec), label) == text


@given(
    st.binary(max_size=80),
    st.sampled_from(
        [None, "utf-7", "hz", "iso-2022-kr", "shift_jis", "idna", "punycode", "unicode_escape", "\0", "utf-16"]
    ),
)
def test_no_bytes_under_no_label_fail(data, label):
    assert isinstance(mail_charset.decode(data, label), str)


def test_half_a_character_is_never_handed_on():
    assert mail_charset.decode(b"+2AA-", "utf-7") == "\ufffd"
    mail_charset.decode(b"+2AA-", "utf-7").encode()

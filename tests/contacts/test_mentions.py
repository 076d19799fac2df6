"""Values in lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.contacts.flat import flat
from madoguchi.contacts.mentions import mentions
from madoguchi.contacts.on_page import linked


def found(text: str) -> list[str]:
    return [each.value for each in mentions(flat(text))]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("電話：０３－１２３４－５６７８", ["03-1234-5678"]),
        ("TEL03(1234)5678", ["03-1234-5678"]),
        ("Tel.(03)1234-5678", ["03-1234-5678"]),
        ("℡ 0120ー123ー456", ["0120-123-456"]),
        ("電話 0120 - 123 - 456（無料）", ["0120-123-456"]),
        ("03.1234.5678", ["03-1234-5678"]),
        ("0312345678", ["03-1234-5678"]),
        ("+81-3-1234-5678", ["03-1234-5678"]),
        ("+81 (0)3-1234-5678", ["03-1234-5678"]),
        ("090-1234-5678 / 050-1234-5678", ["090-1234-5678", "050-1234-5678"]),
        ("法人番号 1234567890123　登録番号T1234567890123", []),
        ("2026-11-22 03:04  012-34", []),
        ("https://a.example/?tel=0312345678", []),
        ("A@b.example、c.d+e@f.co.jp", ["A@b.example", "c.d+e@f.co.jp"]),
        ("info＠ａ．example", ["info@a.example"]),
        ("info [at] a.example", ["info@a.example"]),
        ("info(at)a(dot)example", ["info@a.example"]),
        ("info★a.co.jp", ["info@a.co.jp"]),
        ("infoアットマークa.example", ["info@a.example"]),
        ("メール info at a.example", ["info@a.example"]),
        ("look at example.com for more", []),
        ("logo@2x.png a@b", []),
        (
            "〒100-0001 東京都千代田区千代田1-1 みほんビル TEL 03-1234-5678",
            ["〒100-0001 東京都千代田区千代田1-1 みほんビル", "03-1234-5678"],
        ),
        ("〒060-0001　北海道札幌市中央区北一条西9丁目", ["〒060-0001 北海道札幌市中央区北一条西9丁目"]),
        ("〒100-0001", []),
    ],
)
def test_what_people_write_is_read(text: str, values: list[str]) -> None:
    assert found(text) == values


@pytest.mark.parametrize(
    ("href", "value"),
    [
        ("tel:0312345678", ("phone", "03-1234-5678")),
        ("TEL:+81-3-1234-5678", ("phone", "03-1234-5678")),
        ("tel:110", None),
        ("mailto:a@b.example?subject=x@y.example", ("email", "a@b.example")),
        ("mailto:?bcc=a@b.example", None),
        ("/cdn-cgi/l/email-protection#zz", None),
        ("https://a.example/cdn-cgi/l/email-protection#0000000000", None),
        ("javascript:void(0)", None),
    ],
)
def test_links_hold_values_too(href: str, value: tuple[str, str] | None) -> None:
    assert linked(href) == value


@given(st.text(alphabet=st.one_of(st.sampled_from("0123456789-() .〒@[at]都市区町"), st.characters()), max_size=80))
def test_any_line_is_read_and_places_hold(text: str) -> None:
    line = flat(text)
    assert len(line) == len(text)
    for each in mentions(line):
        assert 0 <= each.start < each.end <= len(line)

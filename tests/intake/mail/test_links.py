"""Addresses as they stand in texts; all are made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.intake.mail import links as mail_links


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("詳しくはhttps://mihon.example/aをご覧ください", ["https://mihon.example/a"]),
        ("https://mihon.exampleをご覧ください", ["https://mihon.example"]),
        ("https://www.mihon.co.jpへ。", ["https://www.mihon.co.jp"]),
        ("（https://mihon.example/a）", ["https://mihon.example/a"]),
        ("(https://mihon.example/a(b)).", ["https://mihon.example/a(b)"]),
        ("<https://mihon.example/?q=1&r=2>", ["https://mihon.example/?q=1&r=2"]),
        ("https://例え.jp/道", ["https://例え.jp/"]),
        ("https://例え.テスト です", ["https://例え.テスト"]),
        ("ttps://mihon.example/a", ["https://mihon.example/a"]),
        ("hxxp://mihon.example/a", ["http://mihon.example/a"]),
        ("ｈｔｔｐｓ：／／mihon.example／a", ["https://mihon.example/a"]),
        ("荷物をお届けしましたがwww.mihon-zakka.comまで", ["http://www.mihon-zakka.com"]),
        ("mihon.duckdns.org をご確認", ["http://mihon.duckdns.org"]),
        ("see mihon.photos/abc.", ["http://mihon.photos/abc"]),
        ("https://user@mihon.example:8443/x", ["https://user@mihon.example:8443/x"]),
        ("http://192.0.2.7/login", ["http://192.0.2.7/login"]),
        ("http://[2001:db8::1]/x", []),
        ("write to info@mihon.co.jp", []),
        ("v1.2.3 and file.pdf and e.g. this", []),
        ("合計は1.5です。終わり.jp", []),
        ("", []),
    ],
)
def test_addresses_are_found_without_the_words_around_them(text, found):
    assert [address for address, _, _ in mail_links.find(text)] == found


def test_a_span_is_the_address_as_written():
    text = "→ WWW.Mihon.co.jp/A です"
    (address, start, end), *_ = mail_links.find(text)
    assert text[start:end] == "WWW.Mihon.co.jp/A"
    assert address == "http://WWW.Mihon.co.jp/A"


@given(st.text(alphabet="htps:/.wjpco-あ@()[]？?#ｈ。 ", max_size=60))
def test_spans_lie_in_the_text_and_in_order(text):
    at = 0
    for _, start, end in mail_links.find(text):
        assert at <= start < end <= len(text)
        at = end


def test_a_long_text_without_addresses_takes_a_moment():
    assert list(mail_links.find("a." * 200_000 + "-" * 200_000)) == []


def test_a_full_stop_of_japanese_is_a_dot_within_a_host_and_an_end_after_it():
    def found(text):
        return [address for address, _, _ in mail_links.find(text)]

    assert found("https://www.mihon.co.jp。stranger.example/x") == ["https://www.mihon.co.jp.stranger.example/x"]
    assert found("https://stranger。com です") == ["https://stranger.com"]
    assert found("https://www.mihon.co.jp。TEL 03-1234-5678") == ["https://www.mihon.co.jp"]
    assert found("https://www.mihon.co.jp。詳しくは") == ["https://www.mihon.co.jp"]

"""Requests that honest companies do not make, and sentences that only speak of them."""

import pytest

from madoguchi.authenticity import asks


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("暗証番号をご返信ください。", {"asks_secret"}),
        ("本人確認のため、カード番号とセキュリティコードをご入力\nください。", {"asks_secret"}),
        ("Please reply with your password to this mail.", {"asks_secret"}),
        ("Please confirm your credit card today.", {"asks_secret"}),
        ("電子マネーを購入し、番号をお知らせください。", {"asks_money"}),
        ("You must pay with gift cards.", {"asks_money"}),
        ("24時間以内にお手続きがない場合、アカウントを停止します。", {"asks_haste"}),
        ("Your account will be suspended within 24 hours.", {"asks_haste"}),
        ("カード番号が漏えいした可能性がございます。カードの再発行をご希望の場合はお申し出ください。", set()),
        ("パスワードの変更をお願いいたします。", set()),
        ("当社がメールで暗証番号を教えていただくようお願いすることはありません。", set()),
        ("カード番号を入力しないでください。", set()),
        ("We will never ask you to confirm your password by mail.", set()),
        ("Never reply to anyone with your PIN.", set()),
        ("お見舞いとして500円分の電子マネーギフトをお送りします。", set()),
        ("", set()),
    ],
)
def test_requests_are_told_from_warnings(text, found):
    assert {reason.id for reason in asks.judge(text)} == found


def test_a_long_text_takes_a_moment():
    assert list(asks.judge("暗証番号 " * 40_000)) == []

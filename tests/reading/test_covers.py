"""The nine items of rule 8(1) against a text."""

import pytest

from madoguchi.law import report
from madoguchi.reading import covers
from madoguchi.reading.announcement import read_announcement


def test_every_item_of_the_rule_has_its_criterion() -> None:
    assert list(covers.CRITERIA) == [item.key for item in report.ITEMS]


@pytest.mark.parametrize(
    ("text", "matter", "verdict"),
    [
        ("2026年8月5日、氏名の書かれた名簿を紛失しました。", "overview", "stated"),
        ("名簿を紛失しました。", "overview", "partly"),
        ("漏えいした情報は氏名です。", "items", "stated"),
        ("個人情報が漏えいしました。", "items", "partly"),
        ("漏えいの対象は100名です。", "persons", "stated"),
        ("お客様の個人情報が漏えいしました。", "persons", "missing"),
        ("原因はソフトウェアの脆弱性です。", "cause", "stated"),
        ("不正アクセスがありました。", "cause", "partly"),
        ("二次被害は確認されておりません。", "secondary_harm", "stated"),
        ("対象のお客様には個別に書面でご連絡いたします。", "response", "stated"),
        ("お問い合わせ窓口を設けました。", "response", "partly"),
        ("再発防止策として、多要素認証を導入いたします。", "prevention", "stated"),
        ("再発防止に努めてまいります。", "prevention", "partly"),
        ("ご利用明細に身に覚えのない請求がないかご確認ください。", "reference", "stated"),
        ("不審なメールにご注意ください。", "reference", "stated"),
        ("お詫び申し上げます。", "reference", "missing"),
        ("2026年10月5日\n株式会社みほん\n7月3日に公表した件の続報です。", "publication", "stated"),
        ("氏名が漏えいしました。", "publication", "missing"),
    ],
)
def test_a_matter_is_stated_partly_or_missing(text: str, matter: str, verdict: str) -> None:
    assert read_announcement(text).covers[matter] == verdict

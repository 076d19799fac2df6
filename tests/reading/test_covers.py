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
        ("今後、再発防止策を検討してまいります。", "prevention", "partly"),
        ("個人情報の管理を徹底し、再発防止に努めます。", "prevention", "partly"),
        ("業者に対し、再発防止策の報告を求めています。", "prevention", "partly"),
        ("宛先は職員2名が確認してから送信する手順に改めました。", "prevention", "stated"),
        ("サーバーを停止し、警察に届け出ました。", "prevention", "missing"),
        ("不審なメールにご注意ください。", "secondary_harm", "missing"),
        ("皆様にご迷惑をおかけし、深くお詫び申し上げます。", "response", "missing"),
        ("12名全員に電話で説明とお詫びをしました。", "response", "stated"),
        ("届いたメッセージのリンクは開かないでください。", "reference", "stated"),
        ("ご利用明細に身に覚えのない請求がないかご確認ください。", "reference", "stated"),
        ("不審なメールにご注意ください。", "reference", "stated"),
        ("お詫び申し上げます。", "reference", "missing"),
        ("2026年10月5日\n株式会社みほん\n7月3日に公表した件の続報です。", "publication", "stated"),
        ("氏名が漏えいしました。", "publication", "missing"),
    ],
)
def test_a_matter_is_stated_partly_or_missing(text: str, matter: str, verdict: str) -> None:
    assert read_announcement(text).covers[matter] == verdict

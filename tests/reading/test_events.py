"""What the words around a date tell of it."""

import pytest

from madoguchi.reading.events import of_label, of_segment


@pytest.mark.parametrize(
    ("label", "event"),
    [
        ("発生日時", "occurred"), ("発覚日", "discovered"), ("公表日", "disclosed"), ("閲覧可能であった期間", "occurred"),
        ("受付時間", None), ("対象期間", None), ("更新日", None),
    ],
)  # fmt: skip
def test_a_label_names_its_event(label: str, event: str | None) -> None:
    assert of_label(label) == event


@pytest.mark.parametrize(
    ("before", "segment", "events"),
    [
        ("", "、不正アクセスを受けたことを確認しました。", ["access_confirmed"]),
        ("", "、不正アクセスの可能性がある事象を確認しました。", ["discovered"]),
        ("漏えいした可能性があることが", "に判明しました。", ["leak_possible"]),
        ("", "、カード会社より連絡を受けました。", ["card_company_contacted"]),
        ("", "、委託先の担当者から連絡がありました。", ["vendor_notified"]),
        ("", "、お客様からのお問い合わせを受けました。", ["discovered"]),
        ("", "にサーバーを停止しました。", ["contained"]),
        ("", "に警察へ被害届を提出しました。", ["police_reported"]),
        ("個人情報保護委員会への報告は、", "に行っております。", ["reported"]),
        ("", "付「不正アクセスについて」でお知らせした件", ["disclosed"]),
        ("", "に発生した不正アクセスについて、調査が完了しました。", ["occurred"]),
        ("", "、調査会社から中間報告を受領しました。", []),
        ("", "に不正利用は確認されておりません。", []),
        ("", "、社内で会議を開きました。", []),
        ("", "に情報の漏えいがないことを確認しました。", []),
        ("", "までにメールで個別にお知らせいたします。", []),
    ],
)
def test_the_words_behind_a_date_tell_what_happened(before: str, segment: str, events: list[str]) -> None:
    assert of_segment(before, segment, stretch=False) == events


def test_what_comes_later_in_the_sentence_is_not_of_that_day() -> None:
    segment = "に異常を検知し、その後の調査の結果、漏えいの可能性があることが判明しました。"
    assert of_segment("", segment, stretch=False) == ["discovered"]


def test_on_a_stretch_things_happened_and_were_not_found() -> None:
    assert of_segment("", "の間、不正アクセスが行われたことを確認しました。", stretch=True) == ["occurred"]

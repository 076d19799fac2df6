"""How far an announcement goes."""

from madoguchi.reading import extent, sentences

TWO = "2026年7月8日\n株式会社例示文具\n不正アクセスについて\n弊社のサーバーが攻撃を受けました。\n詳しくは調査中です。\n以上です。\n\n紛失のお知らせ\n2026年7月9日\n見本青果株式会社\n携帯電話を紛失しました。\n"


def test_another_organisations_announcement_is_cut_off() -> None:
    told = extent.own(sentences.split(TWO))
    assert [s.text for s in told][-1] == "以上です。"


def test_the_same_organisations_earlier_report_belongs_to_it() -> None:
    told = sentences.split(TWO.replace("見本青果株式会社", "株式会社例示文具"))
    assert extent.own(told) == told


def test_a_time_line_is_no_second_announcement() -> None:
    told = sentences.split(
        "株式会社みほん\n経緯\n" + "".join(f"2026年8月{day}日\n調査を続けました。\n" for day in range(1, 9))
    )
    assert extent.own(told) == told


def test_a_list_of_news_is_left_out() -> None:
    text = "2026.11.02　前売券の販売について\n2026.10.27　情報の漏えいについて\n\n登録者の氏名が漏えいしました。\n"
    assert [s.text for s in extent.own(sentences.split(text))] == ["登録者の氏名が漏えいしました。"]


def test_blanks_make_a_template_and_a_masked_name_does_not() -> None:
    assert extent.is_template(sentences.split("令和○年○月○日、○○より連絡。●●名。"))
    assert not extent.is_template(sentences.split("2026年8月5日、1,234名の氏名が漏えい。担当者○○。"))

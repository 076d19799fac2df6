"""Lines that somebody broke are made whole; lines that end by themselves stay."""

from madoguchi.reading.lines import labelled, whole


def texts(text: str) -> list[str]:
    return [line.flat.text for line in whole(text)]


def test_a_line_broken_behind_a_comma_or_a_particle_is_whole_again() -> None:
    assert texts("このたび、\n弊社は、不正アクセスを\n受けました。") == ["このたび、弊社は、不正アクセスを受けました。"]


def test_lines_broken_at_a_column_are_whole_again() -> None:
    text = "あ" * 34 + "\n" + "い" * 34 + "\n" + "う" * 34 + "\n終わりです。"
    assert len(texts(text)) == 1


def test_a_list_without_bullets_stays_a_list() -> None:
    assert texts("氏名\n住所\n電話番号\n") == ["氏名", "住所", "電話番号"]


def test_a_broken_number_date_or_phone_is_whole_again() -> None:
    assert texts("人数：1,\n877名") == ["人数:1,877名"]
    assert texts("2026\n年6月1\n5日に判明しました。") == ["2026年6月15日に判明しました。"]
    assert texts("電話 0120-\n000-888") == ["電話 0120-000-888"]


def test_a_date_bullet_label_or_blank_line_begins_anew() -> None:
    assert len(texts("不正アクセスを確認し\n・サーバーを停止\n・調査を開始")) == 3
    assert len(texts("不審な通信を検知\n2026年8月5日 サーバーを遮断")) == 2
    assert len(texts("不正アクセスを受け\n\n停止しました。")) == 2


def test_somebody_addressed_ends_a_line() -> None:
    assert texts("保護者の皆様へ\n架空市立みほん中学校") == ["保護者の皆様へ", "架空市立みほん中学校"]


def test_a_quotation_is_marked_and_not_joined_to_our_words() -> None:
    lines = list(whole("> いつ漏えいを\nお答えします。"))
    assert [line.quoted for line in lines] == [True, False]


def test_a_label_is_not_a_clock_and_not_an_address() -> None:
    assert labelled("発生日時:2026年8月5日")
    assert labelled("・含まれる情報 会社名、部署")
    assert not labelled("10:00から受け付けます")
    assert not labelled("https://mihon.example/")


def test_ten_thousand_pieces_are_joined() -> None:
    assert len(texts("あ、\n" * 10_000)) == 1


def test_a_bracket_that_stays_open_goes_on_in_the_next_line() -> None:
    assert texts(
        "ご質問：開示を請求します。所定の手続（本人確認の方法、書類の様\n式、手数料）をお知らせください。"
    ) == ["ご質問:開示を請求します。所定の手続(本人確認の方法、書類の様式、手数料)をお知らせください。"]


def test_a_polite_verb_cut_in_two_is_whole_again() -> None:
    assert texts("22. ご対応いただけない事項があるときは、その理由をお知らせ\nください。") == [
        "22. ご対応いただけない事項があるときは、その理由をお知らせください。"
    ]


def test_a_heading_takes_no_answer_that_begins_like_a_particle() -> None:
    heading = "2. 私の個人情報が漏えいの対象に含まれているかどうか"
    assert texts(f"{heading}\nはい。対象に含まれています。") == [heading, "はい。対象に含まれています。"]


def test_a_labelled_day_ends_its_line_however_wide_it_is() -> None:
    first = "対象期間(発生した時期):2026年8月1日(土)から2026年8月5日(水)まで"
    assert texts(f"{first}\n対象となる方には、個別にお知らせしています。")[0] == first


def test_a_line_that_begins_with_a_particle_or_the_day_of_a_month_goes_on() -> None:
    assert texts("対象となった情報には、犯罪による被害\nを受けた事実が含まれます。\n以上") == [
        "対象となった情報には、犯罪による被害を受けた事実が含まれます。",
        "以上",
    ]
    assert texts("2026年8月\n29日に判明しました。") == ["2026年8月29日に判明しました。"]

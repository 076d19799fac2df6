"""What looks like something a person wrote."""

from madoguchi.intake.plausible import BROKEN, score, weight


def test_kana_and_common_kanji_weigh_more_than_rare_ones() -> None:
    assert weight("あ") > weight("鍔") > weight("驤")
    assert weight("田") > weight("鍔")
    assert weight("ア") > weight("ｱ") > weight("｡")


def test_ascii_says_nothing_and_controls_say_no() -> None:
    assert weight("a") == weight("\n") == 0.0
    assert weight("\0") < 0
    assert weight("\x85") < weight("\x00") < 0


def test_an_unreadable_byte_is_the_worst() -> None:
    assert weight("\udcff") == BROKEN == min(weight(chr(code)) for code in range(0x20, 0xFFFF))


def test_the_right_reading_of_the_same_bytes_scores_higher() -> None:
    data = "東京都港区の佐藤花子".encode("euc_jp")
    wrong = data.decode("cp932", "surrogateescape")
    assert score(data.decode("euc_jp"), "euc_jp") > score(wrong, "cp932")


def test_voicing_marks_where_no_word_has_them_cost() -> None:
    assert score("ﾔﾏﾀﾞ", "cp932") > score("ﾞﾔﾏﾀ", "cp932")
    assert score("ﾀﾛｰ", "cp932") > score("ｰﾀﾛ", "cp932")


def test_a_run_of_half_width_kana_in_euc_is_no_accident() -> None:
    kana = "ﾔﾏﾀﾞﾀﾛｳ"
    kanji = kana.encode("euc_jp").decode("cp932")
    assert score(kana, "euc_jp") > score(kanji, "cp932")

"""One writing for many: width, dashes, spaces, the invisible, old forms."""

import unicodedata
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.text import datafile, fold

# What is hard to fold is rare in random text, so draw from it on purpose.
HARD = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(fold.DASHES + "ー゛゜ﾞﾟｶｶ゛〜～○ 　\t\n\u200b\ufeff\u00ad09()（）一IİıſΣσςßÅ\u030a\u0338"),
        st.sampled_from("".join(fold.old_forms())),
    )
)


@given(HARD)
def test_folding_twice_is_folding_once(s: str):
    assert fold.fold(fold.fold(s)) == fold.fold(s)


@given(HARD)
def test_the_key_of_a_folded_text_is_the_key_of_the_text(s: str):
    assert fold.key(fold.fold(s)) == fold.key(s)


@given(st.text(st.characters(codec="ascii")))
def test_plain_text_keeps_its_words(s: str):
    kept = "".join(c for c in s if c.isspace() or c.isprintable())
    assert fold.fold(s) == " ".join(kept.split())


def test_full_width_and_half_width_are_one():
    assert fold.fold("ＡＢＣ１２３ｶﾞｷﾞｸﾞ㈱") == "ABC123ガギグ(株)"


def test_case_is_kept_by_fold_and_laid_aside_by_key():
    assert fold.fold("TaRo") == "TaRo"
    assert fold.key("TaRo") == "taro"


@pytest.mark.parametrize("dash", sorted(fold.DASHES))
def test_every_dash_is_a_hyphen(dash: str):
    assert fold.fold(f"1{dash}2{dash}あ") == "1-2-あ"


def test_a_long_vowel_mark_is_a_dash_between_digits_alone():
    assert fold.fold("03ー1234ー5678 コーヒー 1ーA") == "03-1234-5678 コーヒー 1ーA"
    assert fold.fold("（03）ー1234") == "(03)-1234"
    assert fold.fold("０３ｰ１２３４") == "03-1234"


def test_spaces_of_every_kind_are_one_space_and_none_at_the_ends():
    assert fold.fold("\u3000山田\u00a0\u2003 太郎\t\r\n") == "山田 太郎"


def test_invisible_characters_vanish():
    assert fold.fold("\ufeff山\u200b田\u200d太\u2060郎\u00ad\x00") == "山田太郎"
    assert fold.fold("a\x00b") == "ab"


def test_a_variation_selector_does_not_make_another_character():
    assert fold.fold("葛\U000e0100") == "葛"
    assert fold.fold("渡邊\ufe00") == "渡辺"


def test_a_voicing_mark_written_apart_belongs_to_its_kana():
    assert fold.fold("カ゛ハ゜") == "ガパ"
    assert fold.key("か゛") == "ガ"


def test_old_forms_become_new_ones():
    assert fold.fold("髙橋﨑濱濵邊邉澤廣國櫻眞嶋嶌德瀨增齊齋𠮷冨峯") == "高橋崎浜浜辺辺沢広国桜真島島徳瀬増斉斎吉富峰"


def test_radicals_of_broken_pdf_text_are_the_characters():
    assert fold.fold("⻑⾕川⻘⽊") == "長谷川青木"


def test_key_makes_hiragana_katakana_and_drops_spaces():
    assert fold.key("お なまえ ゝ") == "オナマエヽ"


def test_no_form_is_folded_further_or_in_two_ways():
    forms = fold.old_forms()
    assert not set(forms) & set(forms.values())
    for old, new in forms.items():
        assert len(old) == len(new) == 1
        assert unicodedata.normalize("NFKC", old) == old, f"NFKC folds {old} by itself"
        assert unicodedata.normalize("NFKC", new) == new


def test_no_form_stands_in_two_groups_and_every_group_has_its_reason():
    raw = datafile.read_yaml(files("madoguchi.text").joinpath("fold_forms.yaml").read_bytes())
    every = [old for group in raw["groups"] for olds in group["forms"].values() for old in olds]
    assert len(every) == len(set(every)) == len(fold.old_forms())
    assert all(group["reason"] and group["citation"] for group in raw["groups"])

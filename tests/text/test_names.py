"""Names: writings that are the same, and names that are not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.text import datafile, names

CASES = datafile.read_yaml((Path(__file__).parent / "cases" / "names.yaml").read_bytes())


@pytest.mark.parametrize("group", CASES["same"], ids=lambda group: group[0])
def test_writings_of_one_name_share_a_key(group: list[str]):
    keys = {written: names.key(written) for written in group}
    assert set(keys.values()) == {keys[group[0]]}
    assert keys[group[0]] is not None


@pytest.mark.parametrize("pair", CASES["different"], ids="-".join)
def test_different_names_have_different_keys(pair: list[str]):
    assert names.key(pair[0]) != names.key(pair[1])


@pytest.mark.parametrize("written", CASES["none"])
def test_what_is_no_name_has_no_key(written: str):
    assert names.key(written) is None


def test_keys_hold_both_orders():
    assert names.keys("髙橋", "太郎") == {"高橋太郎", "太郎高橋"}
    assert names.keys("Takahashi", "Taro") == {names.key("Taro TAKAHASHI"), names.key("TAKAHASHI, Taro")}


def test_keys_of_one_part_are_that_part_and_of_none_nothing():
    assert names.keys("髙橋", "") == {"高橋"}
    assert names.keys("", "") == set()


@given(st.text(max_size=30))
def test_a_key_is_its_own_key_or_nothing(s: str):
    found = names.key(s)
    assert found is None or found == names.key(f" {s}　") or s != s.strip()


@given(st.lists(st.sampled_from("髙橋邊太郎タロウﾀﾛｳたろうTaro-ー "), max_size=12).map("".join))
def test_spaces_never_change_a_key(s: str):
    bare = names.key(s.replace("-", "").replace(" ", ""))
    assert names.key(s.replace("-", "").replace("", " ")) == bare

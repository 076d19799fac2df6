"""Who was within reach: a skimmed form, a system, an intruder in the access log."""

from collections.abc import Callable
from typing import Any

import pytest

from madoguchi.problem import Problem

Ask = Callable[..., dict[str, Any]]

PEOPLE = """会員番号,氏名,メールアドレス,電話番号
M1,山田太郎,taro@example.jp,090-1111-2222
M2,鈴木花子,hanako@example.jp,03-1234-5678
M3,田中次郎,jiro@example.jp,03-1234-5678
M4,佐藤三郎,saburo@example.jp,
"""
ITEMS = "[name, card_number, card_expiry, card_security_code]"
PERIOD = (
    "sources: {orders: orders.csv}\n"
    "periods: [{from: 2026-08-01T00:00+09:00, to: 2026-08-05T12:00+09:00, source: orders, page: /checkout, items: "
    + ITEMS
    + "}]\n"
)


def possible(answer: dict[str, Any]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for person, item, tier, *_ in answer["exposures"]:
        if tier == "possible":
            found.setdefault(person, set()).add(item)
    return found


def orders(*rows: str, head: str = "注文番号,注文日時,会員番号,メールアドレス") -> dict[str, str]:
    return {"orders.csv": "\n".join([head, *rows]) + "\n"}


def test_everybody_who_ordered_in_the_window_is_possible_with_the_items_of_the_period(ask: Ask) -> None:
    own = orders(
        "1,2026-07-31 23:59:59,M1,",
        "2,2026-08-01 00:00:00,M2,",
        "3,2026/08/05 12:00,,JIRO@example.jp",
        "4,2026-08-05 12:01,M4,",
    )
    answer = ask({}, PEOPLE, reach=PERIOD, own=own)
    items = {"name", "card_number", "card_expiry", "card_security_code"}
    assert possible(answer) == {"M2": items, "M3": items}
    assert answer["summary"]["people"] == {"proved": 0, "possible": 2, "population": 0}


@pytest.mark.parametrize(
    ("written", "inside"),
    [
        ("2026-07-31T15:00:00Z", True),
        ("2026-07-31T14:59:59Z", False),
        ("2026-08-05T03:00:00+00:00", True),
        ("2026-08-05T12:00:01+09:00", False),
        ("2026年8月1日 0時00分", True),
        ("令和8年8月5日 12:00", True),
        ("2026/8/5", True),
        ("2026-08-06", False),
        ("20260805120000", True),
        ("1785855600", True),
        ("[05/Aug/2026:12:00:00 +0900]", True),
    ],
)
def test_a_time_counts_by_its_own_zone_and_without_one_by_tokyos(ask: Ask, written: str, inside: bool) -> None:
    assert bool(possible(ask({}, PEOPLE, reach=PERIOD, own=orders(f"1,{written},M1,")))) is inside


def test_only_the_page_counts_where_the_source_tells_pages(ask: Ask) -> None:
    own = orders(
        "2026-08-02 10:00:00,/checkout,M1",
        "2026-08-02 10:00:00,https://shop.example/checkout/?step=2,M2",
        "2026-08-02 10:00:00,/checkouts,M3",
        "2026-08-02 10:00:00,/mypage,M4",
        head="日時,ページ,会員番号",
    )
    assert set(possible(ask({}, PEOPLE, reach=PERIOD, own=own))) == {"M1", "M2"}


def test_a_session_counts_when_any_of_it_lies_in_the_window(ask: Ask) -> None:
    own = {
        "orders.csv": "session_id,started_at,ended_at,user_id\n"
        "a,2026-07-31 23:00:00,2026-08-01 00:30:00,M1\nb,2026-07-31 20:00:00,2026-07-31 21:00:00,M2\nc,2026-08-05 11:59:00,,M3\n"
    }
    assert set(possible(ask({}, PEOPLE, reach=PERIOD, own=own))) == {"M1", "M3"}


def test_people_who_are_not_in_the_list_are_counted_for_the_substitute_notice(ask: Ask) -> None:
    own = orders(
        "1,2026-08-02 10:00:00,,guest@example.com",
        "2,2026-08-02 11:00:00,,guest@example.com",
        "3,2026-08-02 12:00:00,,",
        "4,2026-08-02 13:00:00,,",
        "5,いつか,M1,",
    )
    told = ask({}, PEOPLE, reach=PERIOD, own=own)["summary"]["reach"]["periods"][0]
    assert (told["rows"], told["not_in_list"], told["without_contact"], told["without_time"]) == (4, 3, 2, 1)


def test_where_a_phone_is_shared_the_one_who_is_named_was_there(ask: Ask) -> None:
    own = orders("2026-08-02 10:00:00,田中次郎,03-1234-5678", head="注文日時,氏名,電話番号")
    assert set(possible(ask({}, PEOPLE, reach=PERIOD, own=own))) == {"M3"}


def test_a_row_is_tied_through_another_of_the_companys_files(ask: Ask) -> None:
    reach = (
        "sources: {attempts: attempts.csv, orders: orders.csv}\n"
        "periods: [{from: 2026-08-01, to: 2026-08-05, source: attempts, items: [card_number]}]\n"
    )
    own = {
        "attempts.csv": "日時,注文番号\n2026-08-05 23:59:59,900\n2026-08-06 00:00:00,901\n",
        "orders.csv": "注文番号,会員番号\n900,M1\n901,M2\n",
    }
    assert possible(ask({}, PEOPLE, reach=reach, own=own)) == {"M1": {"card_number"}}


def test_the_people_of_a_system_are_its_population(ask: Ask) -> None:
    reach = "systems: [{name: shop-db, people: all, items: [name, email]}]\n"
    answer = ask({}, PEOPLE, reach=reach)
    assert answer["summary"]["people"]["population"] == 4
    assert answer["summary"]["items"]["population"] == {"name": 4, "email": 4}


def test_a_file_of_ids_names_the_population(ask: Ask) -> None:
    reach = "systems: [{name: points, people: ids.txt, items: [member_id]}]\n"
    answer = ask({}, PEOPLE, reach=reach, own={"ids.txt": "会員番号\nM2\nM9\nM4\n"})
    assert [row[0] for row in answer["people"]] == ["M2", "M4"]
    assert answer["summary"]["reach"]["systems"] == [{"system": "points", "people": 2, "ids_not_in_list": 1}]


def test_a_stronger_tier_hides_the_weaker_in_people_csv_but_not_in_the_exposures(ask: Ask) -> None:
    reach = "systems: [{name: shop-db, people: all, items: [name, email]}]\n"
    answer = ask({"leak.csv": "メール\ntaro@example.jp\n"}, PEOPLE, reach=reach)
    assert answer["people"][0] == ["M1", "proved", ["email"]]
    assert ["M1", "name", "population"] in [row[:3] for row in answer["exposures"]]


LOG = (
    '203.0.113.7 - - [02/Aug/2026:10:00:00 +0900] "GET /members/M1/edit HTTP/1.1" 200 512 "-" "x"\n'
    '203.0.113.7 - - [02/Aug/2026:10:00:01 +0900] "GET /admin/member?member_id=M2 HTTP/1.1" 403 12 "-" "x"\n'
    '203.0.113.7 - - [02/Aug/2026:10:00:02 +0900] "GET /admin/search?email=jiro%40example.jp HTTP/1.1" 200 99 "-" "x"\n'
    '198.51.100.1 - - [02/Aug/2026:10:00:03 +0900] "GET /members/M4 HTTP/1.1" 200 512 "-" "x"\n'
    '203.0.113.7 - - [09/Aug/2026:10:00:00 +0900] "GET /members/M4 HTTP/1.1" 200 512 "-" "x"\n'
)


def test_the_intruder_is_followed_through_the_access_log(ask: Ask) -> None:
    reach = (
        "sources: {access_log: access.log}\naddresses: [203.0.113.7]\n"
        "periods: [{from: 2026-08-01, to: 2026-08-05, source: access_log, items: [name, address]}]\n"
    )
    answer = ask({}, PEOPLE, reach=reach, own={"access.log": LOG})
    assert set(possible(answer)) == {"M1", "M3"}
    assert answer["summary"]["reach"]["intruder_followed"] is True


def test_that_an_intruder_was_not_followed_is_said(ask: Ask) -> None:
    answer = ask({}, PEOPLE, reach=PERIOD + "addresses: [203.0.113.7]\n", own=orders("1,2026-08-02,M1,"))
    assert answer["summary"]["reach"]["intruder_followed"] is False


@pytest.mark.parametrize(
    ("reach", "said"),
    [
        (PERIOD.replace("2026-08-01T", "2026-08-09T"), "before the start"),
        (PERIOD.replace("source: orders", "source: order"), "did you mean 'orders'"),
        (PERIOD.replace("card_expiry", "card_expire"), "did you mean 'card_expiry'"),
        (PERIOD.replace("2026-08-01T00:00+09:00", "next week"), "cannot be read"),
        (PERIOD.replace("periods", "period"), "did you mean 'periods'"),
        (PERIOD.replace("orders.csv", "missing.csv"), "there is no file"),
        ("sources: {orders: orders.csv}\n", "neither periods nor systems"),
    ],
)
def test_a_reach_file_that_cannot_be_used_says_what_to_mend(ask: Ask, reach: str, said: str) -> None:
    with pytest.raises(Problem) as problem:
        ask({}, PEOPLE, reach=reach, own=orders("1,2026-08-02,M1,"))
    assert said in problem.value.say("en")
    assert problem.value.file == "reach.yaml"


def test_a_source_without_a_time_says_so(ask: Ask) -> None:
    with pytest.raises(Problem, match="no column tells the time"):
        ask({}, PEOPLE, reach=PERIOD, own=orders("M1,taro@example.jp", head="会員番号,メールアドレス"))

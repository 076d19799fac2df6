"""The whole question: real input, bad input, places, and what the summary says."""

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from madoguchi.problem import Problem
from madoguchi.scope import files, scan

Ask = Callable[..., dict[str, Any]]

PEOPLE = "id,氏名,メール,電話番号,備考\nA,山田太郎,taro@example.jp,090-1234-5678,x\nB,鈴木花子,hanako@example.jp,03-1234-5678,y\n"
LEAK = "会員名,メール,電話番号\n佐藤,s@example.com,\n山田太郎,taro@example.jp,０９０（１２３４）５６７８\n"


def zipped(**members: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return out.getvalue()


def tarred(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        member = tarfile.TarInfo(name)
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp", "utf-16-le"])
def test_each_item_has_its_place_and_the_bytes_there_are_the_value(ask: Ask, encoding: str) -> None:
    data = ("\ufeff" if encoding == "utf-16-le" else "").encode(encoding) + (LEAK * 3).encode(encoding)
    rows = {row[1]: row for row in ask({"leak.csv": data}, PEOPLE)["exposures"]}
    assert set(rows) == {"name", "email", "phone"}
    for item, text in (("name", "山田太郎"), ("email", "taro@example.jp"), ("phone", "０９０（１２３４）５６７８")):
        _, _, tier, key, source, place, offset, length, count = rows[item]
        assert (tier, key, source, place, count) == ("proved", "email", "leak.csv", "leak.csv:3", 3)
        assert data[offset : offset + length].decode(encoding.removesuffix("-sig")) == text


def test_where_bytes_depend_on_what_stands_before_no_offset_is_given(ask: Ask) -> None:
    data = LEAK.replace("０９０（１２３４）５６７８", "").encode("iso2022_jp")
    for row in ask({"leak.csv": data}, PEOPLE)["exposures"]:
        assert row[5:8] == ["leak.csv:3", None, None]


def test_of_what_is_never_shown_only_the_line_is_told(ask: Ask) -> None:
    answer = ask({"leak.csv": "メール,マイナンバー,パスワード\ntaro@example.jp,123456789018,himitsu\n"}, PEOPLE)
    places = {row[1]: row[5:8] for row in answer["exposures"]}
    assert places["my_number"] == places["password"] == ["leak.csv:2", None, None]
    assert "himitsu" not in json.dumps(answer)
    assert "123456789018" not in json.dumps(answer)


@pytest.mark.parametrize(
    ("name", "data", "place"),
    [
        ("a.zip", zipped(in__csv=LEAK), "a.zip/in.csv:3"),
        ("a.zip", zipped(b__zip=zipped(in__csv=LEAK.encode("cp932"))), "a.zip/b.zip/in.csv:3"),
        ("leak.csv.gz", gzip.compress(LEAK.encode()), "leak.csv.gz/leak.csv:3"),
        ("a.tar.gz", tarred("x/in.csv", LEAK.encode()), "a.tar.gz/x/in.csv:3"),
    ],
)
def test_archives_are_opened_and_named_in_the_place(ask: Ask, name: str, data: bytes, place: str) -> None:
    assert {row[5] for row in ask({name: data}, PEOPLE)["exposures"]} == {place}


def test_the_summary_has_the_keys_of_the_contract(ask: Ask) -> None:
    summary = ask({"leak.csv": LEAK, "sheet.json": '{"a": {"b": [1]}}'}, PEOPLE)["summary"]
    assert summary["people"] == {"proved": 1, "possible": 0, "population": 0}
    assert summary["items"]["proved"] == {"name": 1, "phone": 1, "email": 1}
    assert [set(file) for file in summary["files"]] == [{"file", "sha256", "bytes", "kind", "encoding"}] * 2
    assert summary["columns_ignored"] == ["備考"]
    assert summary["unread"][0]["place"] == "sheet.json"
    assert "not read yet" in summary["unread"][0]["reason_en"]


def test_a_value_that_more_than_twenty_people_share_identifies_nobody_and_is_reported(ask: Ask) -> None:
    def people(count: int) -> str:
        return "id,メール,電話番号\n" + "".join(f"P{i},u{i}@example.jp,03-1234-5678\n" for i in range(count))

    leak = {"leak.csv": "電話番号\n03-1234-5678\n"}
    twenty = ask(leak, people(20))
    assert twenty["summary"]["people"]["proved"] == 20
    assert twenty["summary"]["not_identifying"] == []
    more = ask(leak, people(21))
    assert more["summary"]["people"]["proved"] == 0
    assert more["summary"]["not_identifying"] == [{"item": "phone", "value": "+81312345678", "people": 21}]


def test_the_answer_does_not_depend_on_the_order_of_the_material(ask: Ask) -> None:
    one = ask({"a.csv": LEAK, "b.csv": LEAK.replace("山田太郎", "山田 太郎")}, PEOPLE)
    two = ask({"b.csv": LEAK.replace("山田太郎", "山田 太郎"), "a.csv": LEAK}, PEOPLE)
    assert one["exposures"] == two["exposures"]
    assert one["people"] == two["people"]
    assert one["summary"] == two["summary"]


def test_columns_that_nobody_would_guess_can_be_named(ask: Ask) -> None:
    columns = "れんらく: email\nleak.bango: phone\nmemo: ignore\n"
    answer = ask({"leak.csv": "れんらく,bango,memo\ntaro@example.jp,x,090-0000-0000\n"}, PEOPLE, columns=columns)
    assert {row[1] for row in answer["exposures"]} == {"email"}
    listed = "no,れんらく,旧\n7,taro@example.jp,佐藤太郎\n"
    answer = ask(
        {"leak.csv": "氏名,メール,職業\n佐藤太郎,taro@example.jp,x\n"},
        listed,
        columns="れんらく: email\nno: id\n旧: former_name\n",
    )
    assert answer["people"] == [["7", "proved", ["name", "occupation", "email"]]]


def test_an_unknown_item_in_columns_names_the_nearest(ask: Ask) -> None:
    with pytest.raises(Problem) as problem:
        ask({"leak.csv": LEAK}, PEOPLE, columns="れんらく: emial\n")
    assert "did you mean 'email'" in problem.value.say("en")


@pytest.mark.parametrize(
    ("people", "said", "place"),
    [
        ("a,b,c\n1,2,3\n", "no column identifies", "line 1"),
        ("氏名,職業\n山田,会社員\n", "no column identifies", "line 1"),
        ("id,メール\nA,a@example.jp\nB,b@example.jp\nA,c@example.jp\n", "lines 2 and 4", "line 4"),
        ("id,メール\n,a@example.jp\n", "no id", "line 2"),
        ("id,メール\n", "nobody", None),
    ],
)
def test_a_list_that_cannot_be_used_says_why(ask: Ask, people: str, said: str, place: str | None) -> None:
    with pytest.raises(Problem) as problem:
        ask({"leak.csv": LEAK}, people)
    assert said in problem.value.say("en")
    assert problem.value.file == "people.csv"
    assert problem.value.place == place


def test_a_list_without_an_id_is_numbered_by_its_lines_and_says_so(ask: Ask) -> None:
    answer = ask({"leak.csv": LEAK}, "氏名,メール\n佐藤,x@example.jp\n山田太郎,taro@example.jp\n")
    assert answer["people"][0][0] == "3"
    assert answer["summary"]["list"]["id"] == "line"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("dump.sql", "これは SQL ではありません。\nただの文章です。\n", "no SQL dump"),
        ("leak.csv", b"", "empty"),
        ("x.bin", bytes(range(256)) * 50, ""),
        ("bomb.zip", zipped(zero__csv=b"0" * (100 << 20)), ""),
    ],
)
def test_material_of_which_nothing_can_be_read_is_a_problem(ask: Ask, name: str, data: bytes, said: str) -> None:
    with pytest.raises(Problem) as problem:
        ask({name: data}, PEOPLE)
    assert name in problem.value.say("en")
    assert said in problem.value.say("en")


def test_what_cannot_be_read_is_listed_and_the_rest_goes_on(ask: Ask) -> None:
    cut = "-- MySQL dump\nINSERT INTO `m` (`email`) VALUES ('hanako@example.jp'),\n('x"
    answer = ask({"leak.csv": LEAK, "cut.sql": cut, "empty.csv": b""}, PEOPLE)
    assert [row[0] for row in answer["people"]] == ["A", "B"]
    assert [entry["place"] for entry in answer["summary"]["unread"]] == ["cut.sql:3", "empty.csv"]


def test_bytes_that_are_no_text_are_told_with_their_line_and_the_rest_is_read(ask: Ask) -> None:
    data = LEAK.encode().replace("佐藤".encode(), b"\xff\xfe\xff") + "鈴木,hanako@example.jp,\n".encode() * 20
    answer = ask({"leak.csv": data}, PEOPLE)
    assert len(answer["people"]) == 2
    assert answer["summary"]["unread"][0]["place"] == "leak.csv:2"


def test_a_line_that_is_too_long_is_told_and_the_rest_is_read(ask: Ask) -> None:
    data = LEAK.encode() * 40 + b"x" * (17 << 20) + "\n鈴木花子,hanako@example.jp,\n".encode()
    answer = ask({"leak.csv": data}, PEOPLE)
    assert [row[0] for row in answer["people"]] == ["A", "B"]
    assert answer["summary"]["unread"][0]["place"] == "leak.csv:121"


def test_two_gigabytes_without_a_line_end_are_told_in_one_sentence(tmp_path: Path) -> None:
    leak = tmp_path / "leak.csv"
    with leak.open("wb") as file:
        file.seek(2 << 30)
        file.write(b"\n")
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    with pytest.raises(Problem) as problem:
        scan([leak], tmp_path / "people.csv")
    assert problem.value.say("en").startswith("leak.csv: ")


def test_sakila_every_customer_is_proved_with_name_mail_and_address_and_nobody_else(
    shared: Path, tmp_path: Path
) -> None:
    dumps = shared / "data" / "dumps"
    customers, addresses = tables(dumps / "sakila_pg_copy.sql.gz")
    listed = ["id,name,email,address,phone,postal_code"]
    for row in customers:
        home = addresses[row[5]]
        listed.append(f"{row[0]},{row[2]} {row[3]},{row[4]},{home[1]},{home[6].strip()},{home[5]}")
    strangers = [
        f"{9000 + i},{a} {b},s{i}@example.org,{i} Nowhere Street,,99999"
        for i, (a, b) in enumerate([("MARY", "SMYTH"), ("JON", "STEPHEN")])
    ]
    people = tmp_path / "people.csv"
    people.write_text("\n".join([*listed, *strangers]) + "\n", encoding="utf-8")
    for material in (
        [dumps / "sakila_pg_copy.sql.gz"],
        [dumps / "sakila_pg_schema.sql.gz", dumps / "sakila_pg_copy.sql.gz"],
    ):
        result = scan(material, people)
        assert result.summary["people"] == {"proved": 599, "possible": 0, "population": 0}
        assert all({"name", "email", "address"} <= set(person.items) for person in result.people)
        assert not {person.id for person in result.people} & {"9000", "9001"}
        filled = {row[0] for row in customers if addresses[row[5]][5].strip() not in ("", r"\N")}
        assert {person.id for person in result.people if "postal_code" in person.items} == filled
        assert not any("password" in item for person in result.people for item in person.items)


def tables(dump: Path) -> tuple[list[list[str]], dict[str, list[str]]]:
    found: dict[str, list[list[str]]] = {"customer": [], "address": []}
    into: list[list[str]] | None = None
    with gzip.open(dump, "rt", encoding="utf-8") as file:
        for line in file:
            if line.startswith("COPY public."):
                into = found.get(line.split()[1].removeprefix("public."))
            elif line.startswith("\\."):
                into = None
            elif into is not None:
                into.append(line.rstrip("\n").split("\t"))
    return found["customer"], {row[0]: row for row in found["address"]}


def test_the_files_are_the_same_on_every_run(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "leak.csv").write_text(LEAK, encoding="utf-8")
    for out in ("one", "two"):
        files.write(scan([tmp_path / "leak.csv"], tmp_path / "people.csv"), tmp_path / out)
    for name in ("affected.parquet", "people.csv", "summary.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_nothing_to_look_at_is_said(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="nothing to look at"):
        scan([], tmp_path / "people.csv")


def test_a_window_in_the_future_is_said(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "o.csv").write_text("日時,メール\n2026-08-02,taro@example.jp\n", encoding="utf-8")
    reach = tmp_path / "reach.yaml"
    reach.write_text(
        "sources: {orders: o.csv}\nperiods: [{from: 2030-01-01, to: 2030-01-02, source: orders, items: [name]}]\n",
        encoding="utf-8",
    )
    with pytest.raises(Problem, match="future"):
        scan([], tmp_path / "people.csv", reach=reach, now=datetime(2026, 11, 21, tzinfo=UTC))
    assert scan([], tmp_path / "people.csv", reach=reach).people == []

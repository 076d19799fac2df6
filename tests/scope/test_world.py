"""Made-up worlds whose truth is known: people leaked in every mangling, beside strangers who resemble them."""

import csv
import io
import random
import unicodedata
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

Ask = Callable[..., dict[str, Any]]

FAMILIES = [
    ("山田", "ヤマダ"),
    ("佐藤", "サトウ"),
    ("髙橋", "タカハシ"),
    ("渡邉", "ワタナベ"),
    ("齋藤", "サイトウ"),
    ("田中", "タナカ"),
]
GIVEN = [
    ("太郎", "タロウ"),
    ("花子", "ハナコ"),
    ("一郎", "イチロウ"),
    ("さくら", "サクラ"),
    ("健", "ケン"),
    ("美咲", "ミサキ"),
]
TOWNS = [
    ("150-0041", "東京都", "渋谷区", "神南"),
    ("530-0001", "大阪府", "大阪市北区", "梅田"),
    ("060-0001", "北海道", "札幌市中央区", "北一条西"),
]
HALF = str.maketrans(
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン",
    "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝ",
)
FULL = str.maketrans(
    "0123456789-@.abcdefghijklmnopqrstuvwxyz",
    "０１２３４５６７８９－＠．ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ",
)


class Human(NamedTuple):
    number: str
    family: str
    given: str
    kana: str
    mail: str
    phone: str
    postal: str
    town: tuple[str, str, str]
    house: tuple[int, int, int]
    room: int | None
    birth: tuple[int, int, int]

    def address(self, rng: random.Random) -> str:
        chome, banchi, go = self.house
        kanji = "〇一二三四五六七八九"
        ways = [
            f"{chome}-{banchi}-{go}",
            f"{chome}丁目{banchi}番{go}号",
            f"{kanji[chome]}丁目{banchi}番地{go}",
            f"{chome}－{banchi}－{go}".translate(FULL),
        ]
        room = (
            ""
            if self.room is None
            else rng.choice([f" 青空ハイツ{self.room}", f"青空ハイツ{self.room}号室", f"　青空ハイツ {self.room}"])
        )
        return "".join(self.town) + rng.choice(ways) + room

    def born(self, rng: random.Random) -> str:
        year, month, day = self.birth
        return rng.choice(
            [
                f"{year}-{month:02}-{day:02}",
                f"{year}/{month}/{day}",
                f"昭和{year - 1925}年{month}月{day}日",
                f"S{year - 1925}.{month}.{day}",
            ]
        )


def humans(rng: random.Random, count: int, mark: str) -> list[Human]:
    """Return people whose mail, phone, number, house and birth date are their own; names repeat all the time."""
    found = []
    for i in range(count):
        family, family_kana = FAMILIES[i % len(FAMILIES)]
        given, given_kana = GIVEN[i // len(FAMILIES) % len(GIVEN)]
        postal, *town = TOWNS[i % len(TOWNS)]
        base = i + (5000 if mark == "S" else 0)
        found.append(
            Human(
                f"{mark}{i:05}", family, given, f"{family_kana} {given_kana}", f"{mark.lower()}{i}@example.jp",
                f"090-{1000 + base % 9000:04}-{1000 + base * 7 % 9000:04}", postal, (town[0], town[1], town[2]),
                (base % 9 + 1, base // 9 % 30 + 1, base // 270 + 1), base % 40 + 101 if i % 2 else None,
                (1930 + base % 59, base // 59 % 12 + 1, base // 708 % 28 + 1),
            )
        )  # fmt: skip
    return found


def table(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def people_csv(people: list[Human], rng: random.Random) -> str:
    head = ["会員番号", "姓", "名", "フリガナ", "メールアドレス", "電話番号", "郵便番号", "住所", "生年月日"]
    return table(
        [
            head,
            *(
                [p.number, p.family, p.given, p.kana, p.mail, p.phone, p.postal, p.address(rng), p.born(rng)]
                for p in people
            ),
        ]
    )


def mail_of(p: Human, rng: random.Random) -> str:
    return rng.choice([p.mail, p.mail.upper(), p.mail.translate(FULL), p.mail.replace("@", "+shop@")])


def phone_of(p: Human, rng: random.Random) -> str:
    a, b, c = p.phone.split("-")
    return rng.choice(
        [p.phone, a + b + c, f"({a}){b}-{c}", f"+81-{a[1:]}-{b}-{c}", p.phone.translate(FULL), f"{a} {b} {c}"]
    )


def kana_of(p: Human, rng: random.Random) -> str:
    wide = unicodedata.normalize("NFD", p.kana).replace("\u3099", "ﾞ").replace("\u309a", "ﾟ")
    return rng.choice([p.kana, wide.translate(HALF), p.kana.replace(" ", "　")])


def name_of(p: Human, rng: random.Random) -> str:
    family = rng.choice([p.family, p.family.replace("髙", "高").replace("渡邉", "渡辺").replace("齋", "斎")])
    return family + rng.choice(["", " ", "　"]) + p.given


WAYS: dict[str, Callable[[Human, random.Random], list[str]]] = {
    "email": lambda p, r: [mail_of(p, r), "", "", "", "", name_of(p, r), ""],
    "phone": lambda p, r: ["", phone_of(p, r), "", "", "", "", kana_of(p, r)],
    "member_id": lambda p, r: ["", "", p.number, "", "", "", ""],
    "name+address": lambda p, r: ["", "", "", p.address(r), "", name_of(p, r), ""],
    "name+birth_date": lambda p, r: ["", "", "", "", p.born(r), name_of(p, r), ""],
}
HEAD = ["メール", "電話番号", "会員番号", "住所", "生年月日", "氏名", "カナ"]
ITEMS = ["email", "phone", "member_id", "address", "birth_date", "name", "name_kana"]
#: What is leaked of somebody and proves nobody: a name, an address, a reading.
NOTHING: list[Callable[[Human, random.Random], list[str]]] = [
    lambda p, r: ["", "", "", "", "", name_of(p, r), kana_of(p, r)],
    lambda p, r: ["", "", "", p.address(r), "", "", ""],
]


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "utf-16-le"])
def test_exactly_those_who_were_leaked_are_found_with_exactly_their_items(ask: Ask, seed: int, encoding: str) -> None:
    rng = random.Random(seed)
    people, strangers = humans(rng, 300, "M"), humans(rng, 300, "S")
    truth: dict[str, tuple[str, set[str]]] = {}
    rows: list[list[str]] = []
    for person in people:
        fate = rng.random()
        if fate < 0.5:
            key = rng.choice(list(WAYS))
            cells = WAYS[key](person, rng)
            truth[person.number] = (key, {item for item, cell in zip(ITEMS, cells, strict=True) if cell})
            rows.append(cells)
        elif fate < 0.7:
            rows.append(rng.choice(NOTHING)(person, rng))
    rows += [rng.choice([*WAYS.values(), *NOTHING])(stranger, rng) for stranger in strangers]
    rng.shuffle(rows)
    data = table([HEAD, *rows])
    bom = "\ufeff" if encoding == "utf-16-le" else ""
    answer = ask({"leak.csv": (bom + data).encode(encoding)}, people_csv(people, rng))
    found: dict[str, tuple[str, set[str]]] = {}
    for person_id, item, _, key, *_ in answer["exposures"]:
        found.setdefault(person_id, (key, set()))[1].add(item)
    assert found == truth


@pytest.mark.parametrize("seed", [4, 5])
def test_the_same_world_as_a_mysql_dump_in_two_tables(ask: Ask, seed: int) -> None:
    rng = random.Random(seed)
    people, strangers = humans(rng, 120, "M"), humans(rng, 120, "S")
    leaked = rng.sample(people, 60)
    both = [*leaked, *strangers]
    rng.shuffle(both)

    def row(*cells: object) -> str:
        return (
            "("
            + ",".join(
                str(c) if isinstance(c, int) else "'" + str(c).replace("\\", "\\\\").replace("'", "\\'") + "'"
                for c in cells
            )
            + ")"
        )

    homes = ",".join(row(i, p.postal, p.address(rng)) for i, p in enumerate(both, 1))
    customers = ",".join(row(9000 + i, name_of(p, rng), kana_of(p, rng), i, f"'\\ {i}") for i, p in enumerate(both, 1))
    cards = ",".join(row(i, 9000 + i, f"tok_{i}", "4111111111111111") for i, _ in enumerate(both, 1))
    dump = (
        "-- MySQL dump\n"
        "CREATE TABLE `homes` (`home_id` int NOT NULL, `zip` varchar(9), `address` text, PRIMARY KEY (`home_id`));\n"
        "CREATE TABLE `customers` (`id` int, `name` text, `kana` text, `home_id` int, `memo` text, PRIMARY KEY (`id`));\n"
        "CREATE TABLE `payments` (`no` int, `customer_id` int, `token` text, `card_number` text);\n"
        f"INSERT INTO `payments` VALUES {cards};\nINSERT INTO `customers` VALUES {customers};\nINSERT INTO `homes` VALUES {homes};\n"
    )
    listed = people_csv(people, rng).replace("会員番号", "名簿番号")
    answer = ask({"dump.sql": dump.encode("cp932")}, listed, columns="名簿番号: id\n")
    assert {row[0] for row in answer["people"]} == {p.number for p in leaked}
    for _, tier, items in answer["people"]:
        assert tier == "proved"
        assert set(items) == {"name", "name_kana", "member_id", "postal_code", "address", "card_number"}

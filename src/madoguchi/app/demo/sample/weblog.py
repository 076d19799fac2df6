"""What the shop's web server saw: the theft of story A, the altered payment page of story B."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from madoguchi.app.demo.sample.people import Customer

PAGES = ("/", "/products/list", "/products/detail/12", "/products/detail/31", "/cart", "/guide", "/contact")
PAGE = "/shopping/payment"
WINDOW = timedelta(days=4, hours=12)


@dataclass(frozen=True)
class Skimming:
    """Story B as the shop's systems kept it: rows of three lists, the window, and who is truly within reach."""

    start: datetime
    end: datetime
    orders: list[dict[str, str]]
    attempts: list[dict[str, str]]
    sessions: list[dict[str, str]]
    members: frozenset[str]
    strangers: int


def make_skimming(people: list[Customer], *, until: datetime, seed: int) -> Skimming:
    """Return the orders, failed attempts and visits around an altered payment page that was live for four and a half days."""
    lot = random.Random(seed + 2)
    end = until.replace(hour=12, minute=0, second=0, microsecond=0)
    start = end - WINDOW
    orders, attempts, sessions, members, guests = [], [], [], set(), set()
    for index in range(max(8, len(people) // 10)):
        person = lot.choice(people)
        at = start + timedelta(minutes=lot.randint(-14 * 24 * 60, 10 * 24 * 60))
        inside = start <= at <= end
        kind = lot.choice(("order", "order", "attempt", "session"))
        guest = kind != "session" and lot.random() < 0.1
        who = {"会員番号": "" if guest else person.member_no}
        mail = f"guest{index}@mail9.example" if guest else person.email
        if kind == "order":
            orders.append(
                {"注文番号": str(200_000 + index), **who, "メールアドレス": mail, "日時": _stamp(at), "ページ": PAGE}
            )
        elif kind == "attempt":
            attempts.append({"日時": _stamp(at), **who, "メールアドレス": mail, "ページ": PAGE, "結果": "エラー"})
        else:
            page = lot.choice((PAGE, "/cart"))
            sessions.append({"日時": _stamp(at), **who, "ページ": page})
            inside = inside and page == PAGE
        if inside:
            (guests if guest else members).add(mail if guest else person.member_no)
    return Skimming(start, end, orders, attempts, sessions, frozenset(members), len(guests))


def write_reach(path: Path, skimming: Skimming) -> Path:
    """Write story B's reach file: who typed a card on the altered page in the window."""
    card = "[name, card_number, card_expiry, card_security_code]"
    period = f"from: {_stamp(skimming.start)}, to: {_stamp(skimming.end)}"
    lines = ["sources: {orders: orders.csv, attempts: attempts.csv, sessions: sessions.csv}", "periods:"]
    lines += [
        f"  - {{{period}, source: {source}, page: {PAGE}, items: {card}}}"
        for source in ("orders", "attempts", "sessions")
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def write_access_log(path: Path, *, stolen_on: datetime, intruder: str, seed: int) -> Path:
    """Write a day of the combined access log: ordinary visits, and the intruder who finds and fetches the backup."""
    lot = random.Random(seed + 3)
    day = stolen_on.replace(hour=0, minute=0, second=0)
    visits = [
        (
            day + timedelta(seconds=lot.randrange(86_400)),
            f"192.0.2.{lot.randint(1, 250)}",
            f"GET {lot.choice(PAGES)} HTTP/1.1",
            200,
            lot.randint(900, 42_000),
        )
        for _ in range(1500)
    ]
    probes = ("/admin/login", "/backup/", "/backup/shop_backup.sql.old", "/backup/shop_backup.sql")
    for step, probe in enumerate(probes):
        found = step == len(probes) - 1
        visits.append(
            (
                stolen_on + timedelta(seconds=20 * step),
                intruder,
                f"GET {probe} HTTP/1.1",
                200 if found else 404,
                1_480_233 if found else 312,
            )
        )
    lines = [
        f'{address} - - [{at.strftime("%d/%b/%Y:%H:%M:%S %z")}] "{request}" {status} {size} "-" "Mozilla/5.0"'
        for at, address, request, status, size in sorted(visits)
    ]
    path.write_text("\n".join(lines) + "\n", encoding="ascii")
    return path


def _stamp(at: datetime) -> str:
    return at.isoformat(timespec="minutes")

"""A made-up shop in Japan, its customers, what was stolen from it and what its own systems kept.

Nothing here is about a real person: names and addresses are drawn by a seeded lot from public lists of names and of
postal areas, and joined at random; mail lives under ``.example``, the intruder's address is from the documentation range
(RFC 5737), card numbers are the issuers' published test ranges.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from madoguchi.app.demo.sample import dump, lists, weblog
from madoguchi.app.demo.sample.orders import make_orders
from madoguchi.app.demo.sample.people import make_people

INTRUDER = "203.0.113.7"


@dataclass(frozen=True)
class Sample:
    """The files of the sample, and what is known to be true about them."""

    people: Path  # the shop's own customer list, CSV
    listed: int  # how many stand on it
    dump: Path  # story A: the stolen database dump, CP932
    access_log: Path  # story A: how it was fetched
    in_dump: frozenset[str]  # member ids of the customers who stand in the dump
    orders: Path  # story B: the shop's own orders, CSV
    attempts: Path  # story B: card attempts that did not become orders
    sessions: Path  # story B: visits to the altered page
    reach: Path  # story B: what the skimmer could reach
    altered_from: str  # story B: the first and the last day of the altered page
    altered_to: str
    within_reach: frozenset[
        str
    ]  # member ids of the list's customers who typed a card on the altered page in the window
    strangers_within_reach: int  # people without an account who did the same

    def write(self, path: Path) -> None:
        """Write down which file is which, and what is true."""
        known = {key: sorted(v) if isinstance(v, frozenset) else v for key, v in asdict(self).items()}
        path.write_text(json.dumps(known, default=str, indent=1), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> "Sample":
        """Return what `write` wrote."""
        kinds = {name: field.type for name, field in cls.__dataclass_fields__.items()}
        known = json.loads(path.read_text(encoding="utf-8"))
        make = {Path: Path, frozenset[str]: frozenset, int: int, str: str}
        return cls(**{name: make[kinds[name]](value) for name, value in known.items()})


def make(folder: Path, *, now: datetime, customers: int = 2000, seed: int = 20260401) -> Sample:
    """Write the sample into ``folder`` and return it; the same ``now``, ``customers`` and ``seed`` give the same bytes.

    ``now`` is an aware instant: the theft lies nine days before it, the skimming window ended six days before it.
    The dump was taken when the last eighth of the customers had not registered yet, so they do not stand in it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    people = make_people(customers, seed=seed)
    stolen_on = (now - timedelta(days=9)).replace(hour=3, minute=12, second=0, microsecond=0)
    dumped = people[: customers - customers // 8]
    orders = make_orders(dumped, before=stolen_on, seed=seed)
    skimmed = weblog.make_skimming(people, until=now - timedelta(days=6), seed=seed)
    return Sample(
        people=lists.write_people(folder / "customers.csv", people),
        listed=len(people),
        dump=dump.write_dump(folder / "shop_backup.sql", dumped, orders, taken=stolen_on),
        access_log=weblog.write_access_log(folder / "access.log", stolen_on=stolen_on, intruder=INTRUDER, seed=seed),
        in_dump=frozenset(person.member_no for person in dumped),
        orders=lists.write_rows(folder / "orders.csv", skimmed.orders),
        attempts=lists.write_rows(folder / "attempts.csv", skimmed.attempts),
        sessions=lists.write_rows(folder / "sessions.csv", skimmed.sessions),
        altered_from=skimmed.start.date().isoformat(),
        altered_to=skimmed.end.date().isoformat(),
        reach=weblog.write_reach(folder / "reach.yaml", skimmed),
        within_reach=skimmed.members,
        strangers_within_reach=skimmed.strangers,
    )

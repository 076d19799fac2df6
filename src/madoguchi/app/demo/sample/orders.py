"""The sample shop's orders and payments."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from madoguchi.app.demo.sample.people import Customer

GOODS = ("木の皿", "藍染めのふきん", "竹の箸", "豆皿五枚組", "真鍮の栓抜き", "麻の手提げ袋", "急須", "風呂敷")


@dataclass(frozen=True)
class Order:
    """One order with its payment; the shop keeps the last four digits of the card, as its payment company tells it."""

    number: int
    customer: Customer
    goods: str
    yen: int
    ordered: datetime
    card_last4: str | None


def make_orders(people: list[Customer], *, before: datetime, seed: int) -> list[Order]:
    """Return one to four orders for about seven customers in ten, all earlier than ``before``, oldest first."""
    lot = random.Random(seed + 1)
    drawn = [
        (before - timedelta(minutes=lot.randint(60, 2 * 365 * 24 * 60)), person)
        for person in people
        if lot.random() < 0.7
        for _ in range(lot.randint(1, 4))
    ]
    return [
        Order(
            number=100_000 + index,
            customer=person,
            goods=lot.choice(GOODS),
            yen=lot.randrange(8, 120) * 110,
            ordered=ordered,
            card_last4=person.card_number[-4:] if lot.random() < 0.6 else None,
        )
        for index, (ordered, person) in enumerate(sorted(drawn, key=lambda pair: (pair[0], pair[1].number)))
    ]

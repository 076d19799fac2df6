"""Story A: the stolen dump, as MySQL writes it, in CP932, with the full-width digits and half-width kana of old shops."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from madoguchi.app.demo.sample.orders import Order
from madoguchi.app.demo.sample.people import Customer

ROWS_A_STATEMENT = 50
WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")
HALF_KANA = dict(
    zip(
        "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンァィゥェォャュョッー",
        "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝｧｨｩｪｫｬｭｮｯｰ",
        strict=True,
    )
)
HALF_KANA |= {
    chr(ord(base) + step): HALF_KANA[base] + mark
    for bases, step, mark in (("カキクケコサシスセソタチツテトハヒフヘホ", 1, "ﾞ"), ("ハヒフヘホ", 2, "ﾟ"))
    for base in bases
}


def write_dump(path: Path, people: list[Customer], orders: list[Order], *, taken: datetime) -> Path:
    """Write the dump of tables ``dtb_customer``, ``dtb_order`` and ``dtb_payment``, taken at ``taken``; return ``path``."""
    parts = [_HEAD.format(taken=taken.strftime("%Y-%m-%d %H:%M:%S"))]
    parts += _inserts("dtb_customer", (_customer(person) for person in people))
    parts += _inserts("dtb_order", (_order(order) for order in orders))
    parts += _inserts("dtb_payment", (_payment(order) for order in orders if order.card_last4))
    parts.append("/*!40101 SET SQL_MODE=@OLD_SQL_MODE */;\n-- Dump completed\n")
    # A name that CP932 cannot write (𠮷) reached the old database as a question mark; so it does here.
    path.write_bytes("".join(parts).encode("cp932", errors="replace"))
    return path


def _customer(person: Customer) -> tuple[object, ...]:
    street = f"{person.city}{person.street}".translate(WIDE)
    kana = "".join(HALF_KANA.get(c, c) for c in f"{person.family_kana} {person.given_kana}")
    wide_phone = person.phone.translate(WIDE) if person.number % 3 == 0 else person.phone
    return (
        person.number,
        person.member_no,
        person.family,
        person.given,
        kana,
        person.email.upper() if person.number % 17 == 0 else person.email,
        wide_phone,
        person.postal_code,
        person.prefecture,
        street,
        person.building.translate(WIDE) or None,
        person.birth_date.strftime("%Y-%m-%d"),
        sha256(f"salt{person.number}{person.given}".encode()).hexdigest(),
    )


def _order(order: Order) -> tuple[object, ...]:
    return (order.number, order.customer.number, order.goods, order.yen, order.ordered.strftime("%Y-%m-%d %H:%M:%S"))


def _payment(order: Order) -> tuple[object, ...]:
    return (order.number + 500_000, order.number, "card", order.card_last4, order.yen)


def _inserts(table: str, rows: Iterator[tuple[object, ...]]) -> Iterator[str]:
    values = [f"({','.join(_value(value) for value in row)})" for row in rows]
    yield f"LOCK TABLES `{table}` WRITE;\n"
    for start in range(0, len(values), ROWS_A_STATEMENT):
        yield f"INSERT INTO `{table}` VALUES {','.join(values[start : start + ROWS_A_STATEMENT])};\n"
    yield "UNLOCK TABLES;\n"


def _value(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(value)
    escaped = str(value).replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


_HEAD = """-- MySQL dump 10.13  Distrib 5.7.44, for Linux (x86_64)
-- Host: localhost    Database: shop
-- Dump taken {taken}
/*!40101 SET NAMES cp932 */;
DROP TABLE IF EXISTS `dtb_customer`;
CREATE TABLE `dtb_customer` (
  `customer_id` int(11) NOT NULL AUTO_INCREMENT,
  `member_no` varchar(16) NOT NULL COMMENT '会員番号',
  `name01` varchar(64) NOT NULL COMMENT '姓',
  `name02` varchar(64) NOT NULL COMMENT '名',
  `kana` varchar(128) DEFAULT NULL,
  `email` varchar(255) NOT NULL,
  `tel` varchar(32) DEFAULT NULL,
  `zip` varchar(10) DEFAULT NULL,
  `pref` varchar(16) DEFAULT NULL,
  `addr01` varchar(255) DEFAULT NULL,
  `addr02` varchar(255) DEFAULT NULL,
  `birth` date DEFAULT NULL,
  `password` varchar(255) DEFAULT NULL,
  PRIMARY KEY (`customer_id`)
) ENGINE=InnoDB DEFAULT CHARSET=cp932;
CREATE TABLE `dtb_order` (
  `order_id` int(11) NOT NULL,
  `customer_id` int(11) NOT NULL,
  `goods` varchar(255) NOT NULL,
  `payment_total` int(11) NOT NULL,
  `order_date` datetime NOT NULL,
  PRIMARY KEY (`order_id`),
  KEY `customer_id` (`customer_id`),
  CONSTRAINT `order_customer` FOREIGN KEY (`customer_id`) REFERENCES `dtb_customer` (`customer_id`)
) ENGINE=InnoDB DEFAULT CHARSET=cp932;
CREATE TABLE `dtb_payment` (
  `payment_id` int(11) NOT NULL,
  `order_id` int(11) NOT NULL,
  `method` varchar(16) NOT NULL,
  `card_last4` char(4) DEFAULT NULL,
  `amount` int(11) NOT NULL,
  PRIMARY KEY (`payment_id`),
  CONSTRAINT `payment_order` FOREIGN KEY (`order_id`) REFERENCES `dtb_order` (`order_id`)
) ENGINE=InnoDB DEFAULT CHARSET=cp932;
"""

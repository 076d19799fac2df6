"""What the asker brings along: DNS records (`--dns`) and official phone numbers (`--phones`), as files."""

import re
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, RootModel

from madoguchi.authenticity import hosts
from madoguchi.authenticity.numbers import Listed
from madoguchi.authenticity.signature import Dns
from madoguchi.problem import Problem
from madoguchi.text import datafile, phones

M = TypeVar("M", bound=BaseModel)


class _Records(BaseModel):
    model_config = ConfigDict(extra="forbid")
    TXT: list[str] = []


class _Zone(RootModel[dict[str, _Records]]):
    """``{"selector._domainkey.example.co.jp": {"TXT": ["v=DKIM1; …"]}}``."""


class _Phones(RootModel[dict[str, list[str]]]):
    """``{"example.co.jp": ["0120-…"]}``."""


def read_dns(data: bytes, *, file: str | None = None) -> Dns:
    """Return a look-up in the records of a ``--dns`` file (JSON or YAML); `Problem` where it is not in that form.

    A record copied from ``dig`` with its quotation marks, or in its pieces of 255 letters, is put together.
    """
    zone = {name.lower().rstrip("."): records.TXT for name, records in _read(_Zone, data, file).root.items()}

    def look_up(name: str) -> list[bytes]:
        return _whole(zone.get(name.lower().rstrip("."), []))

    return look_up


def _whole(records: list[str]) -> list[bytes]:
    texts = [re.sub(r'"\s*"', "", record.strip()).strip('"') for record in records]
    if len(texts) > 1 and not any(re.search(r"(?:^|;)\s*[vp]\s*=", text) for text in texts[1:]):
        texts = ["".join(texts)]
    return [text.encode("utf-8", "replace") for text in texts]


def read_phones(data: bytes, *, file: str | None = None) -> Listed:
    """Return the official numbers by domain from a ``--phones`` file (JSON or YAML); `Problem` names a wrong place."""
    found = {}
    for domain, numbers in _read(_Phones, data, file).root.items():
        if hosts.canonical(domain) is None:
            raise Problem(
                ja=f"「{domain[:80]}」はドメインとして読めません。",
                en=f"{domain[:80]!r} is not a domain; write it like mihon.co.jp",
                file=file,
            )
        found[domain] = frozenset(_number(number, domain, at, file) for at, number in enumerate(numbers))
    return found


def _read(model: type[M], data: bytes, file: str | None) -> M:
    return datafile.check(model, datafile.read_yaml(data, file=file), file=file)


def _number(written: str, domain: str, at: int, file: str | None) -> str:
    number = phones.canonical(written)
    if number is None:
        raise Problem(
            ja=f"「{written[:40]}」は電話番号として読めません。市外局番から書いてください。",
            en=f"{written[:40]!r} is not a phone number; write it with its area code",
            file=file,
            place=f"{domain}[{at}]",
        )
    return number

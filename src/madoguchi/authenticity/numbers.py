"""Phone numbers of a message against the official ones."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from madoguchi.authenticity import hosts
from madoguchi.authenticity.verdict import Reason
from madoguchi.problem import Problem
from madoguchi.text import phones
from madoguchi.text.fold import DASHES

Listed = Mapping[str, frozenset[str]]
"""Numbers (E.164) by official domain."""

_ONE_DASH = str.maketrans(
    {
        **dict.fromkeys(DASHES + "ー", "-"),
        **{chr(0xFF10 + n): str(n) for n in range(10)},
        "（": "(",
        "）": ")",
        "＋": "+",
        "\u3000": " ",
        "\u00a0": " ",
    }
)
# Within a word or an address no number begins, but behind its label (TEL050-…) or a drawn line (....050-…) it does.
_NUMBER = re.compile(
    r"(?:(?<![0-9A-Za-z./@_#=-])|(?<=tel)|(?<=fax)|(?<=phone)|(?<=mobile)|(?<=tel=)|(?<=fax=)|(?<=\.\.)|(?<=--))"
    r"(?:\+[1-9]|\(?0[1-9])[0-9() .\-]{6,18}[0-9](?:(?!-?[0-9A-Za-z@])|(?=(?:fax|tel|e-?mail|http)\b|(?:fax|tel)[0-9(+]))",
    re.IGNORECASE,
)
_GAP = re.compile(r" +|\(")
_KANJI = "〇零○一二三四五六七八九⓪①②③④⑤⑥⑦⑧⑨"
_KANJI_DIGITS = str.maketrans(_KANJI, "00" + "0123456789" * 2)
_IN_KANJI = re.compile(rf"[{_KANJI}](?:[-() .]{{0,2}}[0-9{_KANJI}]){{8,13}}")
# 050/3333/4444, 050の3333の4444: the same mark twice, and no other number begins behind it.
_OTHER_MARKS = re.compile(r"(?<![0-9])(0[0-9]{1,4})( ?[・/_~〜の,|] ?)([0-9]{1,4})\2([0-9]{3,4})(?![0-9])")
_DIALLED = re.compile(r"(?:\*|#)?\+?[0-9(][0-9 ().\-]{1,24}[0-9]")
_SHORTEST = 2
_MOST = 2_000  # runs of digits looked at; more is no letter


def find(text: str) -> list[str]:
    """Return the phone numbers in a text as E.164, each once, in order."""
    plain = _IN_KANJI.sub(lambda run: run[0].translate(_KANJI_DIGITS), text.translate(_ONE_DASH))
    plain = _OTHER_MARKS.sub(r"\1-\3-\4", plain)
    found: list[str] = []
    at = 0
    for _ in range(_MOST):
        match = _NUMBER.search(plain, at)
        if match is None:
            break
        number, length = _canonical(match[0])
        at = match.start() + length
        if number is not None:
            found.append(number)
    return list(dict.fromkeys(found))


@lru_cache(maxsize=4096)
def _canonical(written: str) -> tuple[str | None, int]:
    """Return a number and how much of ``written`` it takes, where another number or a bracket follows in it."""
    gaps = [gap.start() for gap in _GAP.finditer(written)]
    for end in (len(written), *reversed(gaps)):
        number = phones.canonical(written[:end].rstrip("-. ("))
        if number is not None:
            return number, end
    return None, len(written)


def shown(number: str) -> str:
    """Return a number as it is dialled in Japan (``0120-…``) or abroad (``+1 …``)."""
    return _shown(number)


@cache
def _shown(number: str) -> str:
    import phonenumbers

    parsed = phonenumbers.parse(number, None)
    form = phonenumbers.PhoneNumberFormat
    home = parsed.country_code == 81
    return str(phonenumbers.format_number(parsed, form.NATIONAL if home else form.INTERNATIONAL))


def listed(phones_by_domain: Listed | None, official: hosts.Official) -> frozenset[str] | None:
    """Return the official numbers, None where no list names one of the official domains."""
    if phones_by_domain is None:
        return None
    own = [numbers for domain, numbers in phones_by_domain.items() if official.owns(hosts.canonical(domain) or "")]
    return frozenset().union(*own) if own else None


def judge(
    text: str, linked: Iterable[str], known: frozenset[str] | None, public: frozenset[str] = frozenset()
) -> Iterator[Reason]:
    """Yield how the numbers in a text and behind its links stand to the ``known`` ones and to those of ``public`` bodies."""
    numbers = find(text) + [number for value in linked if (number := phones.canonical(value)) is not None]
    for number in dict.fromkeys(numbers):
        if number in public:
            yield Reason("phone_public", shown(number))
        elif known is None:
            yield Reason("phone_unknown", shown(number))
        else:
            yield Reason("phone_official" if number in known else "phone_elsewhere", shown(number))


def judge_one(value: str, known: frozenset[str] | None) -> Reason:
    """Return how one number that somebody asks about stands to the ``known`` ones; `Problem` for what is no number.

    A display shows short numbers, and forged ones that nobody could have: those are on no list.
    """
    plain = value.translate(_ONE_DASH).strip()
    number = phones.canonical(re.sub(r"^18[46][ -]?(?=0)", "", plain))  # 184 and 186 hide or show the caller's number
    if number is None and _DIALLED.fullmatch(plain) and len(re.sub(r"[^0-9]", "", plain)) > _SHORTEST:
        return Reason("number_no_list" if known is None else "number_not_listed", plain)
    if number is None:
        raise Problem(
            ja="電話番号として読めません。市外局番から書いてください（例: tel:03-1234-5678）。海外の番号は + から書きます。",
            en="not a phone number; write it with its area code (such as tel:03-1234-5678), numbers abroad with their +",
            place=f"tel:{value[:40]}",
        )
    if known is None:
        return Reason("number_no_list", shown(number))
    return Reason("number_listed" if number in known else "number_not_listed", shown(number))

"""Mail addresses in one writing."""

import re

from madoguchi.text.fold import fold

# Older Japanese mobile addresses hold runs of dots and a dot before the @, against RFC 5321; they are real.
_SHAPE = re.compile(
    r"([a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64})@((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63})"
)
_TOP = re.compile(r"\.(?:[a-z]{2,63}|xn--[a-z0-9-]+)$")
_NAMED = re.compile(r"^[^<>]*<([^<>]+)>$")


def canonical(s: str) -> str | None:
    """Return a mail address as ``name@domain`` in small letters without ``+tag``, or None when ``s`` is not one.

    Full-width writing (ｔａｒｏ＠ｅｘａｍｐｌｅ．ｊｐ), ``mailto:`` and ``Taro <taro@example.jp>`` are read; a domain in another
    script becomes its ``xn--`` form. The shape alone is checked, not whether the mailbox exists.
    """
    if "@" not in s and "＠" not in s and "﹫" not in s:
        return None
    text = fold(s).casefold()
    if named := _NAMED.match(text):
        text = named[1].strip()
    local, _, domain = text.removeprefix("mailto:").rpartition("@")
    if len(local) > 2 and local[0] == local[-1] == '"':
        local = local[1:-1]
    domain = domain.replace("。", ".")
    if not domain.isascii():
        try:
            domain = domain.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    name = local.partition("+")[0] or local
    address = f"{name}@{domain}"
    return address if len(address) <= 254 and _SHAPE.fullmatch(address) and _TOP.search(domain) else None

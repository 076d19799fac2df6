"""An address of the web, taken apart and checked before anything is asked."""

import re
import urllib.parse
from typing import NamedTuple

from madoguchi.problem import Problem

_DEFAULT = {"http": 80, "https": 443}
_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9_-]{1,63}(?<!-))*\.?")
_LONGEST = 2_000


class Target(NamedTuple):
    """What is asked for: ``path`` with its query, everything in ASCII."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def url(self) -> str:
        """Return the address in one spelling, without its fragment."""
        return f"{self.scheme}://{self.netloc}{self.path}"

    @property
    def netloc(self) -> str:
        """Return host and port as the ``Host`` header says them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT[self.scheme] else f"{host}:{self.port}"


def target(url: str, ports: frozenset[int]) -> Target:
    """Return the parts of ``url``; `Problem` for what is no web address, holds a name and password, or another port.

    ``ports`` are allowed beside 80 for http and 443 for https.
    """
    shown = url[:200]
    if len(url) > _LONGEST or any(char <= " " or char == "\x7f" for char in url.strip()):
        raise _no_address(shown)
    try:
        parts = urllib.parse.urlsplit(url.strip().replace("\\", "/"))
        port, name = parts.port, parts.hostname or ""
    except ValueError:
        raise _no_address(shown) from None
    if parts.scheme not in _DEFAULT or not name:
        raise _no_address(shown)
    if "@" in parts.netloc:
        raise Problem(
            ja="アドレスの中に利用者名やパスワード（@ の前）があります。行き先を偽る書き方なので開きません。",
            en="the address holds a user name or password before an @, a way to hide where it leads; it is not opened",
            file=shown,
        )
    if port is not None and port != _DEFAULT[parts.scheme] and port not in ports:
        raise Problem(
            ja=f"通常と違うポート（{port}）を指定しているため開きません。",
            en=f"it names an unusual port ({port}) and is not opened",
            file=shown,
        )
    path = urllib.parse.quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = urllib.parse.quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]|")
    return Target(
        parts.scheme, _ascii(name, shown), port or _DEFAULT[parts.scheme], path + (f"?{query}" if query else "")
    )


def _ascii(name: str, shown: str) -> str:
    if ":" in name:
        return name
    if not name.isascii():
        try:
            name = name.replace("。", ".").encode("idna").decode("ascii")
        except UnicodeError:
            raise _no_address(shown) from None
    name = name.lower()
    if not _NAME.fullmatch(name) or len(name) > 254:
        raise _no_address(shown)
    return name.rstrip(".")


def _no_address(shown: str) -> Problem:
    return Problem(
        ja="開けるウェブアドレスではありません。https:// で始まるアドレスを指定してください。",
        en="not a web address that can be opened; give one that begins with https://",
        file=shown,
    )

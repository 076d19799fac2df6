"""One page of a site as it was seen."""

import datetime as dt
import urllib.parse
from typing import NamedTuple

from madoguchi.text.domains import suffixes

WELL_KNOWN = "/.well-known/madoguchi.json"
SECURITY = ("/.well-known/security.txt", "/security.txt")


class Page(NamedTuple):
    """What an address gave, or what was saved of it."""

    url: str
    """The address; empty where a saved page does not tell it."""
    markup: str | bytes
    """HTML, or the text of ``security.txt`` and ``madoguchi.json``."""
    seen_on: dt.date
    """The day on which it was fetched or saved."""
    file: str = ""
    """The file it was saved as, by its name in the folder."""
    live: bool = False
    """Fetched by ourselves from ``url``, so that HTTPS vouches for it."""

    @property
    def source(self) -> str:
        """Return where it is from, for a person: the address, else the file."""
        return self.url or self.file

    @property
    def path(self) -> str:
        """Return the path of its address, else of its file, with a leading slash, in small letters."""
        path = urllib.parse.urlsplit(self.url).path if self.url else self.file.replace("\\", "/")
        return "/" + path.lower().lstrip("/")


def host(url: str) -> str:
    """Return the host of an address in small letters, empty where it has none."""
    try:
        return (urllib.parse.urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def registrable(name: str) -> str:
    """Return the domain under which a host was registered (``www.a.co.jp`` → ``a.co.jp``), else the host itself."""
    name = name.lower().rstrip(".")
    return suffixes().privatesuffix(name) or name


def same_site(url: str, domain: str) -> bool:
    """Return whether an address is of ``domain`` or of a host under the same registered domain."""
    return bool(domain) and registrable(host(url)) == registrable(domain)

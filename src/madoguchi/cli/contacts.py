"""`madoguchi contacts SITE`: the official windows of a company."""

import datetime as dt
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from madoguchi.cli.common import answer_json, answer_text, answers
from madoguchi.problem import Lang, Problem

_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//|(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/|$)", re.IGNORECASE)


@click.command(
    "contacts",
    help="公式の窓口を探す / the official windows of a company; SITE is an address or a folder of saved pages.",
)
@click.argument("site")
@answers
def command(site: str, as_json: bool, lang: Lang) -> int:
    """Answer the contract's `contacts`; exit 0 also when no window was found, since then we can say where to look."""
    from madoguchi import contacts
    from madoguchi.contacts import saved
    from madoguchi.contacts.page import host
    from madoguchi.contacts.say import say

    if not Path(site).exists() and _ADDRESS.match(site):
        from madoguchi.contacts import site as live
        from madoguchi.edge.fetch import Fetcher

        address = site if "//" in site else f"https://{site}"
        pages = live.pages(f"https:{address}" if address.startswith("//") else address, Fetcher())
        domain = host(pages[0].url)
    else:
        pages, domain = saved.pages(_folder(site)), None
    found = contacts.windows(pages, domain=domain, now=dt.datetime.now(ZoneInfo("Asia/Tokyo")))
    if as_json:
        answer_json(contacts.answer(found))
    else:
        answer_text(say(found, lang))
    return 0


def _folder(site: str) -> Path:
    path = Path(site)
    if not site.strip():
        raise Problem(
            ja="会社のサイトが空です。アドレスか、保存したページを入れたフォルダーを指定してください。",
            en="no site is given; name an address or the folder that holds the saved pages",
            file="SITE",
        )
    if path.is_file():
        raise Problem(
            ja="ファイルです。保存したページを入れたフォルダーを指定してください。",
            en="this is a file; name the folder that holds the saved pages",
            file=site,
        )
    return path

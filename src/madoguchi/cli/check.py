"""`madoguchi check WHAT`: is it really from that company."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from madoguchi.cli.common import answer_json, answer_text, answers, cannot_read, read_input
from madoguchi.problem import Lang, Problem

if TYPE_CHECKING:
    from madoguchi.authenticity import Checked, Dns, Verdict
    from madoguchi.intake.document import Document

_MAIL = (".eml", ".msg")
_MBOX = (".mbox", ".mbx")
_FILES = (*_MAIL, *_MBOX, ".txt", ".html", ".htm", ".pdf", ".json")
_PHONE = re.compile(r"\+?[0-9０-９][0-9０-９()（）\s.ー－-]{6,20}[0-9０-９]")
_HOST = re.compile(r"[^\s/.][^\s/]*\.[A-Za-z]{2,24}/.*\.(?:html?|pdf|json)", re.IGNORECASE)  # www.mihon.co.jp/a.html
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_VALUED = {"--dns", "--keys", "--phones", "--lang"}


class _Command(click.Command):
    """A command whose ``--official`` takes several domains, as the contract says."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Write ``--official A B`` as ``--official A --official B``; what stands after it last may be WHAT."""
        return super().parse_args(ctx, _apart(args))


def _apart(args: list[str]) -> list[str]:
    out: list[str] = []
    domains: list[str] = []
    given = expected = False  # WHAT has been seen; the next word is the value of an option
    listing = False
    for word in args:
        if expected:
            out.append(word)
            expected = False
        elif word.startswith("-") and word != "-":
            listing = word == "--official"
            expected = word in _VALUED
            if not listing:
                out.append(word)
        elif listing and word != "-":
            domains.append(word)
        else:
            given = True
            out.append(word)
    if not given and len(domains) > 1:
        out.append(domains.pop())
    return [piece for domain in domains for piece in ("--official", domain)] + out


@click.command(
    "check",
    cls=_Command,
    help="本当にその会社からか / is it really from that company? WHAT is a file (.eml, .mbox, .msg, .txt for an SMS or letter), an address, or tel:.",
)
@click.argument("what")
@click.option(
    "--official", multiple=True, required=True, metavar="DOMAIN…", help="公式のドメイン / the company's domains."
)
@click.option(
    "--dns", "dns_file", metavar="FILE", help='{"selector._domainkey.example.co.jp": {"TXT": ["v=DKIM1; …"]}}'
)
@click.option("--keys", "keys_file", metavar="FILE", help='{"example.co.jp": {"keys": [JWK, …]}}, or madoguchi.json')
@click.option("--phones", "phones_file", metavar="FILE", help='{"example.co.jp": ["0120-…"]}')
@click.option(
    "--online", is_flag=True, help="公式ドメインの公開鍵を調べる / look the official domain's keys up in the DNS."
)
@answers
def command(
    what: str,
    official: tuple[str, ...],
    dns_file: str | None,
    keys_file: str | None,
    phones_file: str | None,
    *,
    online: bool,
    as_json: bool,
    lang: Lang,
) -> int:
    """Answer the contract's `check`; 1 when it is not genuine."""
    from madoguchi import authenticity
    from madoguchi.authenticity import hosts
    from madoguchi.law import bodies
    from madoguchi.record.keys import read_trusted

    hosts.official(official)  # what is wrong with it is told before any file is opened
    given: dict[str, Any] = {
        "official": official,
        "phones": _read(phones_file, authenticity.read_phones),
        "public": bodies.numbers(),
        "keys": _read(keys_file, read_trusted),
        "dns": _dns(_read(dns_file, authenticity.read_dns), online=online),
    }
    found = _check(what, given)
    if as_json:
        answer_json(found.answer(lang))
    else:
        answer_text(found.say(lang))
    return 0 if found.verdict == "genuine" else 1


def _read(name: str | None, reader: Callable[..., Any]) -> Any:
    if name is None:
        return None
    data, shown = read_input(name)
    return reader(data, file=shown)


def _dns(given: "Dns | None", *, online: bool) -> "Dns | None":
    """Return where keys are asked for: the file first, then, when it was asked for, the network."""
    if not online:
        return given
    from madoguchi.edge.dns import txt

    def look_up(name: str) -> list[bytes]:
        return (given(name) if given else []) or txt(name)

    return look_up


def _check(what: str, given: dict[str, Any]) -> "Verdict | Checked":
    from madoguchi import authenticity

    official, phones = given["official"], given["phones"]
    if what.lower().startswith("tel:"):
        return authenticity.check_phone(what, official=official, phones=phones)
    if not what.strip():
        raise Problem(
            ja="調べるものが空です。ファイル、行き先（アドレス）、tel: のどれかを書いてください。",
            en="nothing to check; name a file, an address or tel:",
        )
    if what == "-" or _is_file(what):
        data, name = read_input(what)
        try:
            return _check_file(data, name, given)
        except Problem as problem:
            raise problem.at(file=name) from None
    return authenticity.check_address(what, official=official)


def _is_file(what: str) -> bool:
    """Tell a file from an address; one that is missing is told as such where only a file can be meant."""
    path = Path(what)
    try:
        if path.is_file():
            return True
        if path.is_dir():
            raise cannot_read(what, IsADirectoryError())
    except (OSError, ValueError):  # too long for a name, or no name at all
        return False
    if _PHONE.fullmatch(what.strip()):
        raise Problem(
            ja=f"電話番号を確かめるときは「tel:{what.strip()}」と書いてください。",
            en=f"to check a phone number write tel:{what.strip()}",
            file=what,
        )
    address = "://" in what or _HOST.fullmatch(what) or what.lower().startswith(("mailto:", "//"))
    if not address and (what.lower().endswith(_FILES) or "." not in what):
        raise cannot_read(what, FileNotFoundError())
    return False


def _check_file(data: bytes, name: str, given: dict[str, Any]) -> "Verdict | Checked":
    from madoguchi import authenticity
    from madoguchi.authenticity import mbox

    now = datetime.now(UTC)
    ending = Path(name).suffix.lower()
    if data.startswith(_OLE):
        raise Problem(
            ja="Outlook 独自の形式（.msg）は読めません。Outlook でそのメールを開き、「名前を付けて保存」か Web 版の「ダウンロード」で .eml として保存し、それを指定してください。",
            en="this is Outlook's own format (.msg), which cannot be read; open the mail in Outlook, save or download it as .eml, and name that file",
            easy="Outlook の ファイル（.msg）は 読（よ）めません。メールを .eml で 保存（ほぞん）して ください。",
        )
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:  # a mail's source, saved by an editor as UTF-16
        data = data.decode("utf-16", "replace").encode()
    if not data.strip():
        raise Problem(ja="ファイルが空です。中身を確かめてください。", en="the file is empty; check what is in it")
    if ending in _MBOX or (ending not in _MAIL and mbox.is_one(data)):
        return authenticity.check_mbox(data, now=now, **given)
    if ending in _MAIL or _is_source(data):
        return _check_mail(data, now, given)
    return _check_document(_document(data, name), now, given)


def _is_source(data: bytes) -> bool:
    """Return whether a text is the source of a mail, as mail programs show it."""
    from madoguchi.intake.mail import headers as mail_headers

    names = {field.name for field in mail_headers.fields(data[:262_144], 500)[0]}
    return "from" in names and len(names & _TELLING) >= 2


_TELLING = {"received", "date", "subject", "message-id", "to", "dkim-signature", "return-path", "mime-version"}


def _check_mail(data: bytes, now: datetime, given: dict[str, Any]) -> "Verdict":
    from madoguchi import authenticity
    from madoguchi.intake.mail import headers as mail_headers

    names = {field.name for field in mail_headers.fields(data, 500)[0]}
    if not names & (_TELLING | {"from", "content-type"}):
        raise Problem(
            ja="メールとして読めません（差出人や件名の行がありません）。メールソフトから .eml として保存し直してください。",
            en="not a mail (no line of a sender or a subject); save it again from the mail program as .eml",
        )
    return authenticity.check_mail(data, now=now, **given)


def _document(data: bytes, name: str) -> "Document":
    from madoguchi.intake import document

    return document.read(data, name)


def _check_document(found: "Document", now: datetime, given: dict[str, Any]) -> "Verdict":
    from madoguchi import authenticity

    if found.mail is not None:
        return authenticity.check_mail(found.mail.raw, now=now, **given)
    return authenticity.check_text(
        found.text,
        shown=found.links,
        official=given["official"],
        keys=given["keys"],
        phones=given["phones"],
        public=given["public"],
        now=now,
    )

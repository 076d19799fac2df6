"""The parts of a mail (RFC 2045, 2046), found without recursion and within limits."""

import binascii
import re
from dataclasses import dataclass

from madoguchi.intake.limits import Limits
from madoguchi.intake.mail import headers


@dataclass(frozen=True)
class Flaw:
    """Something of a mail that is not as it should be, or that was left out; one sentence in each language."""

    ja: str
    en: str
    left_out: bool = False
    """Something was not read, so that nobody can say what is in it."""


@dataclass(frozen=True)
class Leaf:
    """One part that holds no other: ``data`` is decoded from its transfer encoding.

    ``block`` tells parts of one multipart/alternative, which say the same, from parts that follow each other.
    """

    type: str
    parameters: dict[str, str]
    name: str
    attached: bool
    block: int
    data: bytes


@dataclass(frozen=True)
class _Open:
    fields: list[headers.Field]
    body: bytes
    depth: int
    block: int | None
    default: str


def leaves(fields: list[headers.Field], body: bytes, limits: Limits) -> tuple[list[Leaf], list[Flaw]]:
    """Return the leaves in their order and what was wrong or left out."""
    found: list[Leaf] = []
    flaws: dict[Flaw, None] = {}
    stack = [_Open(fields, body, 0, None, "text/plain")]
    blocks = 0
    while stack:
        part = stack.pop()
        if len(found) >= limits.mail_parts:
            flaws[_too_many(limits)] = None
            break
        kind, parameters = headers.parameters(headers.first(part.fields, "content-type"))
        if "/" not in kind:
            kind = part.default
        if kind.startswith("multipart/"):
            if part.depth >= limits.mail_depth:
                flaws[_too_deep(limits)] = None
                continue
            inner, wrong = _inside(part, kind, parameters.get("boundary", ""), limits, blocks)
            blocks += 1
            flaws |= dict.fromkeys(wrong)
            stack.extend(reversed(inner))
            if inner:
                continue
            kind = "text/plain"  # a multipart without its boundary is shown as the text it is
        blocks += 1
        found.append(_leaf(part, kind, parameters, part.block if part.block is not None else blocks, flaws))
    return found, list(flaws)


def _leaf(part: _Open, kind: str, parameters: dict[str, str], block: int, flaws: dict[Flaw, None]) -> Leaf:
    disposition, more = headers.parameters(headers.first(part.fields, "content-disposition"))
    name = more.get("filename") or parameters.get("name") or ""
    name = " ".join(re.split(r"[/\\]", name)[-1].split())
    encoding = headers.raw_text(headers.first(part.fields, "content-transfer-encoding")).strip().lower()
    data, understood = _decoded(part.body, encoding)
    if not understood:
        flaws[_unknown_encoding(encoding)] = None
    return Leaf(kind, parameters, name[:255], disposition == "attachment", block, data)


def _inside(part: _Open, kind: str, boundary: str, limits: Limits, block: int) -> tuple[list[_Open], list[Flaw]]:
    boundary = boundary.rstrip()
    if not boundary:
        return [], [NO_BOUNDARY]
    mark = re.compile(
        rb"(?:\A|(?<=\n))--" + re.escape(boundary.encode("utf-8", "surrogateescape")) + rb"(--)?[ \t]*\r?(?:\n|\Z)"
    )
    starts: list[int] = []
    ends: list[int] = []
    closed = False
    before = after = len(part.body)  # what stands around the parts
    for line in mark.finditer(part.body):
        before, after = min(before, line.start()), line.end()
        if starts:
            ends.append(line.start())
        if line[1]:
            closed = True
            break
        if len(starts) > limits.mail_parts:
            closed = True  # the caller counts and tells
            after = len(part.body)
            break
        starts.append(line.end())
    if not starts:
        return [], [NO_BOUNDARY]
    if len(ends) < len(starts):
        ends.append(len(part.body))
    default = "message/rfc822" if kind == "multipart/digest" else "text/plain"
    shared = part.block if part.block is not None else block if kind == "multipart/alternative" else None
    inner = []
    for start, end in zip(starts, ends, strict=False):
        piece = re.sub(rb"\r?\n\Z", b"", part.body[start:end])
        found, at = ([], 0) if piece[:1] in b"\r\n" else headers.fields(piece, limits.mail_fields)
        body = piece[at:] if found else re.sub(rb"\A\r?\n", b"", piece)
        inner.append(_Open(found, body, part.depth + 1, shared, default))
    wrong = [] if closed else [NO_END]
    if _LEADS.search(part.body, 0, before) or (closed and _LEADS.search(part.body, after)):
        wrong.append(OUTSIDE)
    return inner, wrong


def _decoded(body: bytes, encoding: str) -> tuple[bytes, bool]:
    if encoding == "base64":
        return headers.base64(body), True
    if encoding == "quoted-printable":
        return binascii.a2b_qp(body), True
    return body, encoding in {"", "7bit", "8bit", "binary", "7-bit", "8-bit"}


_LEADS = re.compile(rb"https?:|www\.", re.IGNORECASE)
OUTSIDE = Flaw(
    ja="部分の区切りの外に、行き先（アドレス）が書かれています。ふつうは表示されませんが、表示するソフトもあります。",
    en="an address stands outside the parts of the mail, where most programs show nothing and some do",
    left_out=True,
)
NO_BOUNDARY = Flaw(
    ja="複数の部分からなるメールですが、区切りが見つかりません。全体を1つの文章として読みました。",
    en="a mail of several parts whose boundary is missing; it was read as one text",
)
NO_END = Flaw(
    ja="メールの終わりの区切りがありません。途中で切れているかもしれません。",
    en="the mail does not end with its boundary; it may be cut off",
)


NO_PAGE = Flaw(
    ja="HTMLの部分が大きすぎるか入れ子が深すぎるため、読みませんでした。添付として残してあります。",
    en="the HTML part is too large or nested too deep and was not read; it is kept as an attachment",
    left_out=True,
)


def _too_many(limits: Limits) -> Flaw:
    return Flaw(
        ja=f"部分が多すぎるため、初めの{limits.mail_parts:,}個だけを読みました。",
        en=f"too many parts; only the first {limits.mail_parts:,} were read",
        left_out=True,
    )


def _too_deep(limits: Limits) -> Flaw:
    return Flaw(
        ja=f"入れ子が{limits.mail_depth}段より深い部分は読みませんでした。",
        en=f"parts nested deeper than {limits.mail_depth} were not read",
        left_out=True,
    )


def _unknown_encoding(encoding: str) -> Flaw:
    return Flaw(
        ja=f"読めない符号化（{encoding[:40]}）の部分があります。そのままの形で扱いました。",
        en=f"a part is in a transfer encoding that cannot be read ({encoding[:40]}); it was taken as it is",
        left_out=True,
    )

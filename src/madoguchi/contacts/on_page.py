"""The windows that one page names."""

import re
import urllib.parse
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal

from madoguchi.contacts import desk, entity, forms, jsonld, table, words
from madoguchi.contacts.flat import bare, flat
from madoguchi.contacts.kind import grade_of, kind_of, kind_of_heading
from madoguchi.contacts.lines import Line, body_named, lines, whose_at
from madoguchi.contacts.mentions import Mention, mail, mentions, phone, place_in
from madoguchi.contacts.page import Page as Seen
from madoguchi.contacts.page import registrable
from madoguchi.contacts.recent import is_recent
from madoguchi.contacts.void import is_void
from madoguchi.contacts.window import Window
from madoguchi.intake import html
from madoguchi.intake.html import Page

_DIRECTORY = 12
"""More phone numbers than this on a page that is no page of windows: a list of branches, nobody's desk."""
_PREFECTURE = re.compile(
    r"(?:北海道|東京都|京都府|大阪府|[一-龥]{2,3}県)[一-龥ぁ-んァ-ヶ]{1,8}?[市区郡町村][^。、]{2,60}$"
)
_ADDRESS_LABEL = re.compile(r"(?:住所|所在地|おところ|本社|郵送先|送付先|宛先|あて先|事業者の所在地|本店所在地)")


class OnPage:
    """One page, read once, so that what every page of the site repeats can be told before windows are taken."""

    def __init__(self, seen: Seen) -> None:
        """Read the page; `Problem` for what is no page."""
        self.seen = seen
        self.page: Page = html.page(seen.markup, seen.url or None)
        self.kind = kind_of(seen, self.page)
        self.lines = lines(self.page)
        self._add_linked()
        title = flat(self.page.title)
        self.names = entity.own_names(title, ((line.flat, line.cells, line.margin) for line in self.lines))
        self._top = next((line for line in self.lines if line.heading and not line.margin), None)
        self._own = self.names

    def _add_linked(self) -> None:
        """Add the numbers and addresses that stand only behind links (``tel:``, ``mailto:``) to their lines."""
        ends = [line.start + len(line.raw) for line in self.lines]
        row = 0
        for link in sorted(self.page.links, key=lambda each: each.span):
            while row < len(self.lines) - 1 and ends[row] < link.span[0]:
                row += 1
            if link.span[0] > ends[row]:
                break
            line = self.lines[row]
            value = linked(link.href)
            if value is None or any(_same(each, value) for each in line.mentions):
                continue
            start, end = (place - line.start for place in link.span)
            line.mentions.append(Mention(*value, max(start, 0), max(end, 0)))
            line.mentions.sort(key=lambda each: each.start)

    def windows(
        self, domain: str, repeated: Counter[str], now_year_ago: str, own: entity.Own | None = None
    ) -> Iterator[Window]:
        """Yield the page's windows; ``repeated`` counts the lines on several pages, ``own`` are the site's names."""
        self._own = own or self.names
        numbers = {each.value for line in self.lines for each in line.mentions if each.channel == "phone"}
        directory = self.kind in {"other", "company"} and len(numbers) > _DIRECTORY
        current = self.kind == "leak" and is_recent(self.page.text, now_year_ago)
        for line in self.lines:
            for mention in [*line.mentions, *self._addresses(line)]:
                if directory or not self._is_ours(line, mention, domain):
                    continue
                framed = line.margin or repeated[line.flat.strip()] >= 3 or self._is_above(line)
                yield self._window(line, mention, framed=framed, current=current)
        yield from self._forms(domain, repeated, current=current)
        yield from jsonld.windows(self.page.data, self.seen, domain, grade_of(self.kind))

    def spare(self, domain: str) -> Iterator[Window]:
        """Yield what is taken only when the site names nothing better: the way to a contact page, the frame's address."""
        for form in forms.contact_links(self.seen, self.page, self.lines, domain):
            yield self._form(form, framed=True, current=False)
        for line in self.lines:
            for mention in [*line.mentions, *self._addresses(line)]:
                if mention.channel == "post" and self._is_free(line, mention):
                    yield self._window(line, mention, framed=True, current=False)

    def _is_above(self, line: Line) -> bool:
        """Return whether a line stands above the heading that says what the page is about."""
        top = self._top
        return top is not None and line.number < top.number and kind_of_heading(top.flat) is not None

    def _addresses(self, line: Line) -> Iterator[Mention]:
        """Yield a postal address without 〒 that its label tells, or whose 〒 stands in the line before."""
        if any(each.channel == "post" for each in line.mentions):
            return
        before = self.lines[line.number - 1].flat if line.number else ""
        code = re.search(r"〒? ?([0-9]{3}-[0-9]{4})\s*$", before)
        if code and (place := place_in(line.flat)):
            at = line.flat.index(place)
            yield Mention("post", f"〒{code[1]} {place}", at, at + len(place))
            return
        value = line.cells[1] if len(line.cells) > 1 and _ADDRESS_LABEL.search(line.cells[0]) else None
        if (top := table.header(line, self.lines)) is not None:
            value = table.place_under(line, top)
        match = re.match(rf"\W*{_ADDRESS_LABEL.pattern}\S{{0,6}}?(?:\s*[:：]\s*|\s+(?=\S{{0,30}}[0-9]))", line.flat)
        value = value if value is not None else line.flat[match.end() :] if match else None
        if value is None and (_ADDRESS_LABEL.fullmatch(bare(before)) or _PREFECTURE.match(bare(line.flat))):
            value = bare(line.flat)
        if value and (place := place_in(value)):
            at = line.flat.index(place)
            yield Mention("post", place, at, at + len(place))

    def _block(self, line: Line) -> list[Line]:
        last = next(
            (each.number for each in self.lines[line.number + 1 : line.number + 12] if each.block != line.block),
            line.number + 12,
        )
        first = max(line.block, line.number - 40)
        return [each for each in self.lines[first:last] if each.margin == line.margin]

    def _context(self, line: Line) -> str:
        """Return the words around a line by which it is told whether a window is meant: its block up to it."""
        return "\n".join(each.flat for each in self._block(line) if each.number <= line.number)[-1_500:] + line.section

    def _is_ours(self, line: Line, mention: Mention, domain: str) -> bool:
        wanted = words.desks()
        left = line.flat[: mention.start]
        label = left[-24:] or (self.lines[line.number - 1].flat[-24:] if line.number else "")
        if not self._is_free(line, mention):
            return False
        head = self.lines[line.block].flat if self.lines[line.block].title else ""
        if words.pattern(wanted.not_for_us).search(f"{label}\n{head}\n{line.section}") and not re.search(
            "個人情報", head + left
        ):
            return False
        if mention.channel == "phone":
            above = self.lines[max(line.number - 1, 0) : line.number]
            top = table.header(line, self.lines)
            if top is not None and table.is_under_fax(line, mention, top):
                return False
            return not desk.is_fax(line, mention, above)
        if mention.channel == "email":
            local, _, host = mention.value.partition("@")
            placeholder = registrable(host) in {"example.com", "example.net", "example.org"}
            other = bool(domain) and registrable(domain) != registrable(host)
            return not words.pattern(wanted.not_for_us_mailbox).search(local) and not (placeholder and other)
        if self.kind in {"commerce_law", "company"}:
            return not line.margin or self.kind == "company"
        if self.kind == "other" or line.margin:
            return False
        return bool(re.search(wanted.desk_words, self._context(line))) or bool(_ADDRESS_LABEL.search(line.flat[:12]))

    def _is_free(self, line: Line, mention: Mention) -> bool:
        """Return whether a mention is neither somebody else's, nor an example, nor a window no longer."""
        if whose_at(line, mention, self._own) is not None or is_void(line, mention, self.lines):
            return False
        return not re.search(words.desks().example, line.flat[: mention.start][-8:], re.IGNORECASE)

    def _window(self, line: Line, mention: Mention, *, framed: bool, current: bool) -> Window:
        block = self._block(line)
        kind = "other" if framed else self.kind
        if kind in {"other", "company"} and not framed and line.section:
            kind = kind_of_heading(line.section) or kind
        top = table.header(line, self.lines)
        block = [each for each in block if each is not top]
        heading = table.heading_at(line, mention.start, top) if top is not None else ""
        name = (desk.named(heading) if not table.is_label(heading) else None) or desk.name_of(line, mention, block)
        return Window(
            channel=mention.channel,
            value=mention.value,
            name=name,
            hours=desk.hours_of(line, mention, block) if mention.channel == "phone" else None,
            purpose=desk.purpose_of(line, mention, name, block, kind, self._subject()),
            grade=grade_of(kind),
            source=self.seen.source,
            quote=desk.quote(line, self.lines),
            seen_on=self.seen.seen_on,
            current_leak=current and not framed,
        )

    def _forms(self, domain: str, repeated: Counter[str], *, current: bool) -> Iterator[Window]:
        found: Iterable[forms.Found] = [
            *forms.own_form(self.seen, self.page, self.kind),
            *forms.linked_forms(self.seen, self.page, self.lines, domain),
        ]
        for form in found:
            line = form.line
            framed = line is not None and (line.margin or repeated[line.flat.strip()] >= 3)
            if line is None or not (line.whose or body_named(line.flat, self._own.names)):
                yield self._form(form, framed=framed, current=current)

    def _form(self, form: forms.Found, *, framed: bool, current: bool) -> Window:
        line, kind = form.line, "other" if framed else self.kind
        if line is None:
            name, purpose = None, desk.purpose_of(self.lines[0], None, form.quote, [], kind, self._subject())
        else:
            if kind in {"other", "company"} and line.section and not framed:
                kind = kind_of_heading(line.section) or kind
            name = None if framed else desk.name_of(line, Mention("phone", "", 0, 0), self._block(line))
            purpose = desk.purpose_of(line, None, name, self._block(line), kind, self._subject())
        return Window(
            channel="form",
            value=form.value,
            name=name,
            hours=None,
            purpose=purpose,
            grade=grade_of(kind),
            source=self.seen.source,
            quote=form.quote,
            seen_on=self.seen.seen_on,
            current_leak=current and not framed,
        )

    def _subject(self) -> str:
        """Return what the page's first heading says it is about, flat."""
        return self._top.flat if self._top is not None else ""


def linked(href: str) -> tuple[Literal["phone", "email"], str] | None:
    """Return channel and value of a ``tel:`` or ``mailto:`` link, and of one that a site keeps from mail robots."""
    scheme, _, rest = href.partition(":")
    if scheme.lower() == "tel":
        value = phone(urllib.parse.unquote(rest).split(";")[0])
        return ("phone", value) if value else None
    if scheme.lower() == "mailto":
        found = mentions(urllib.parse.unquote(rest).split("?")[0].translate({0xFF20: "@"}))
        return ("email", found[0].value) if found and found[0].channel == "email" else None
    hidden = re.search(r"/cdn-cgi/l/email-protection#([0-9a-f]{8,400})$", href)
    if hidden and len(hidden[1]) % 2 == 0:
        data = bytes.fromhex(hidden[1])
        value = mail(bytes(byte ^ data[0] for byte in data[1:]).decode("utf-8", "replace"))
        return ("email", value) if value else None
    return None


def _same(mention: Mention, value: tuple[str, str]) -> bool:
    if mention.channel != value[0]:
        return False
    if mention.channel == "phone":
        return re.sub("[^0-9]", "", mention.value) == re.sub("[^0-9]", "", value[1])
    return mention.value.lower() == value[1].lower()

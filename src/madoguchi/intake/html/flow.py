"""Words flowing into lines as browsers set them: spaces run together, blocks on lines of their own, cells side by side."""

import re
import unicodedata

_SPACE = " \t\n\r\f\u00a0"
_RUNS = re.compile(f"[{_SPACE}]+|[^{_SPACE}]+")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_OWN_MARK = re.compile(r"[・･●○■□◆◇▪※*–—‐①-⑳⑴-⒇❶-❿-]|[(（]?[0-9０-９]{1,3}[)）.．、:：]")


class Flow:
    """The text so far, and the gap that the next word will stand after."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._breaks = 0  # line ends that come before the next word
        self._tabs = 0  # cells that come before the next word, and outweigh line ends
        self._space = ""  # the spaces before the next word, as they are written
        self._starts: list[int] = []  # for each mark, where the first word after it stands; -1: not yet
        self._waiting: list[int] = []
        self._rows: list[int] = []  # for each open row, the length of the text when it began
        self._lists: list[int | None] = []  # for each open list, the next number; None: bullets
        self._item = ""  # the bullet or number that the next word will stand after

    def text(self) -> str:
        """Return the text, without blank ends."""
        return "".join(self._pieces)

    def write(self, text: str, *, kept: bool = False) -> None:
        """Add the text of one text node; ``kept``: its line ends and spaces count."""
        text = _INVISIBLE.sub("", text)
        if kept:
            for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
                if number:
                    self.newline()
                self._put(line.replace("\u00a0", " ").rstrip())
                self._space = " " * line.endswith((" ", "\t"))
            return
        for run in _RUNS.findall(text):
            if run[0] in _SPACE:
                self._space = (self._space + run)[:64]
            else:
                self._put(run)

    def _put(self, word: str) -> None:
        if not self._pieces:
            word = word.lstrip(" \t")  # the text begins with a word, also where spaces are kept
        if not word:
            return
        before = ""
        if not self._pieces:
            pass
        elif self._tabs:
            before = "\t" * self._tabs
        elif self._breaks:
            before = "\n" * self._breaks
        elif self._space and not ("\n" in self._space and _wide(self._pieces[-1][-1]) and _wide(word[0])):
            before = " "  # a line end in the source between two Japanese characters is no space
        if self._item and not _OWN_MARK.match(word):
            before += self._item
        self._breaks, self._tabs, self._space, self._item = 0, 0, "", ""
        self._length += len(before)
        for mark in self._waiting:
            self._starts[mark] = self._length
        self._waiting.clear()
        self._pieces.append(before + word)
        self._length += len(word)

    def mark(self) -> int:
        """Return a number for the place of the next word, to be given to `span`."""
        self._waiting.append(len(self._starts))
        self._starts.append(-1)
        return self._waiting[-1]

    def span(self, mark: int) -> tuple[int, int]:
        """Return where what was written since `mark` stands; an empty span when nothing was."""
        if self._starts[mark] < 0:
            self._waiting.remove(mark)
            return self._length, self._length
        return self._starts[mark], self._length

    def newline(self) -> None:
        """Break the line (``<br>``); a second one makes an empty line."""
        if not self._tabs:
            self._breaks, self._space = min(self._breaks + 1, 2), ""

    def line(self, count: int = 1) -> None:
        """See that what follows begins a line; ``count`` 2: after an empty line."""
        if self._rows and self._rows[-1] == self._length:
            count = 1  # in the first cell of a row
        if not self._tabs:
            self._breaks, self._space = max(self._breaks, count), ""

    def row_starts(self) -> None:
        """Begin a row of a table."""
        self.line()
        self._rows.append(self._length)

    def row_ends(self) -> None:
        """End it: what follows begins a line."""
        if self._rows.pop() < self._length:
            self._tabs, self._breaks, self._space = 0, 1, ""
        self.line()

    def cell(self) -> None:
        """Begin a cell: on the line of the row, after a tab where something of the row stands before it."""
        if self._rows and self._rows[-1] < self._length:
            self._tabs, self._breaks, self._space = self._tabs + 1, 0, ""

    def list_starts(self, number: int | None) -> None:
        """Begin a list: of bullets (None), or counted from ``number``."""
        self._lists.append(number)

    def list_ends(self) -> None:
        """End it."""
        self._lists.pop()

    def item_starts(self, number: int | None) -> None:
        """Begin an item; its bullet or number is left out where its text begins with one of its own."""
        count = self._lists[-1] if self._lists else None
        if count is None:
            self._item = "・"
            return
        count = count if number is None else number
        self._item, self._lists[-1] = f"{count}. ", count + 1

    def item_ends(self) -> None:
        """End it; an item without text leaves nothing."""
        self._item = ""


def _wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WFH" and not "\uac00" <= char <= "\ud7a3"

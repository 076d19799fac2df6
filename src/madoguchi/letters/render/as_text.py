"""A letter as plain text, as it stands in a mail or is pasted into a form."""

from madoguchi.letters.letter import Block, Heading, Letter, Lines, Note, Paragraph, Points, Table
from madoguchi.letters.render.wrap import COLUMNS, width, wrap


def text(letter: Letter) -> str:
    """Return the letter as lines of at most 70 columns (35 full-width characters), ended by ``\\n``."""
    colon = ": " if letter.lang == "en" else "："
    opening, body = ([_block(block, colon) for block in blocks] for blocks in (letter.opening, letter.blocks))
    parts = [*opening, _title(letter.title), *body]
    return "\n\n".join("\n".join(line.rstrip() for line in lines) for lines in parts if lines) + "\n"


def _title(title: str) -> list[str]:
    return [" " * max(0, (COLUMNS - width(line)) // 2) + line for line in wrap(title)]


def _block(block: Block, colon: str) -> list[str]:
    match block:
        case Heading(text=text, level=2):
            return wrap(text, first="■ ", rest="   ")
        case Heading(text=text):
            return wrap(text, first="◇ ", rest="   ")
        case Paragraph(text=text):
            return wrap(text)
        case Points(texts=texts, numbered=numbered, start=start):
            marks = [f"{number}. " if numbered else "・" for number in range(start, start + len(texts))]
            points = zip(marks, texts, strict=True)
            return [line for mark, text in points for line in wrap(text, first=mark, rest=" " * width(mark))]
        case Table():
            return _table(block, colon)
        case Lines(texts=texts, side=side):
            lines = [line for text in texts for line in wrap(text)]
            # A block on the right keeps its left edge straight, as on paper.
            indent = COLUMNS - max((width(line) for line in lines), default=0) if side == "right" else 0
            return [" " * max(0, indent) + line for line in lines]
        case Note(text=text):
            return wrap(text, first="", rest="")


def _table(table: Table, colon: str) -> list[str]:
    """A table row by row: a label with its value, or each value under the name of its column."""
    lines: list[str] = []
    for number, row in enumerate(table.rows):
        if table.head:
            lines += [""] if number else []
            for name, cell in zip(table.head, row, strict=True):
                lines += _labelled(name + colon, cell)
        else:
            lines += _labelled(row[0] + colon, "\n".join(row[1:]))
    return lines


def _labelled(label: str, value: str) -> list[str]:
    if "\n" not in value and width(label + value) <= COLUMNS:
        return [label + value]
    return [label, *wrap(value, first="  ", rest="  ")]

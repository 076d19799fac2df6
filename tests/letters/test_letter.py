"""One letter as blocks."""

import datetime as dt

import pytest
from pydantic import ValidationError

from madoguchi.letters.letter import Heading, Letter, Lines, Paragraph, Table


def test_every_text_of_a_letter_is_cleaned_wherever_it_stands() -> None:
    letter = Letter(
        kind="test",
        lang="ja",
        subject="件名\nBcc: x",
        title="題\u202e",
        date=dt.date(2026, 1, 1),
        opening=(Lines(texts=("行\n行",)),),
        blocks=(Paragraph(text="文\u202e\n文"), Table(rows=(("欄\x00", "値\u2066"),))),
    )
    assert letter.subject == "件名 Bcc: x"
    assert letter.title == "題"
    assert letter.opening[0].model_dump()["texts"] == ("行 行",)
    assert letter.blocks[0].model_dump()["text"] == "文\n文"
    assert letter.blocks[1].model_dump()["rows"] == (("欄", "値"),)


def test_a_heading_without_words_is_refused() -> None:
    with pytest.raises(ValidationError):
        Heading(text="\u200b ")


@pytest.mark.parametrize(("lang", "tag"), [("ja", "ja"), ("en", "en"), ("ja-easy", "ja")])
def test_easy_japanese_is_japanese_to_a_machine(lang: str, tag: str) -> None:
    letter = Letter(kind="t", lang=lang, subject="s", title="t", date=dt.date(2026, 1, 1), blocks=())
    assert letter.language_tag == tag

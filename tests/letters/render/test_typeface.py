"""Which characters the typeface can draw."""

import pytest

from madoguchi.letters.clean import GETA
from madoguchi.letters.render import typeface
from madoguchi.problem import Problem


@pytest.mark.parametrize(
    "name", ["髙橋 﨑子", "𠮷田", "濵﨑", "Nguyễn Thị Mai", "김민수", "葛\U000e0100城", "か\u3099", "㈱①〒", GETA]
)
def test_the_names_of_people_in_japan_can_be_drawn(name: str) -> None:
    assert typeface.drawable(name) == (name, frozenset())


@pytest.mark.parametrize("char", ["😀", "ש", "ع", "ก", "\ufffd", "\ue000"])
def test_a_character_that_cannot_be_drawn_becomes_a_visible_mark(char: str) -> None:
    assert typeface.drawable(f"名{char}前") == (f"名{GETA}前", frozenset(char))


def test_a_missing_typeface_is_said_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typeface, "PACKAGE", "no_such_typeface")
    typeface.folder.cache_clear()
    try:
        with pytest.raises(Problem, match="noto-cjk-sans-jp-regular"):
            typeface.folder()
    finally:
        typeface.folder.cache_clear()

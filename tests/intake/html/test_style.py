"""What attributes say about how an element looks."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from madoguchi.intake.html.style import Look, look


def seen(attributes: str, outside: Look | None = None) -> bool:
    node = LexborHTMLParser(f"<div {attributes}></div>").css_first("div")
    assert node is not None
    return look(node, outside or Look()).seen


@pytest.mark.parametrize(
    "attributes",
    [
        "hidden",
        "style='display:none'",
        "style='display: block; display: none !important'",
        "style='VISIBILITY:hidden'",
        "style='font-size:0'",
        "style='font-size:0.0px'",
        "style='opacity:0'",
        "style='mso-hide:all'",
        "style='height:0;overflow:hidden'",
        "style='text-indent:-9999px'",
        "style='position:absolute;left:-5000px'",
    ],
)
def test_what_is_hidden(attributes: str) -> None:
    assert not seen(attributes)


@pytest.mark.parametrize(
    "attributes",
    [
        "",
        "style='display:none;display:block'",
        "style='/* display:none */'",
        "style='font-size:0.8em'",
        "style='opacity:0.9'",
        "style='height:0'",
        "style='left:-5000px'",
        "style='text-indent:-1em'",
        "style=':;;display'",
        "aria-hidden=true",
    ],
)
def test_what_is_seen(attributes: str) -> None:
    assert seen(attributes)


def test_what_the_outside_hides_for_good_and_what_can_be_undone() -> None:
    assert seen("style='visibility:visible'", Look(hidden=True))
    assert seen("style='font-size:12px'", Look(tiny=True))
    assert not seen("style='font-size:2em'", Look(tiny=True))
    assert not seen("", Look(tiny=True))

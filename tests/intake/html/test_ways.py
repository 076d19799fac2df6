"""Everywhere a page can take its reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.intake.html.ways import ways


@pytest.mark.parametrize(
    ("markup", "hrefs"),
    [
        ('<form method=post action="https://a.example/x">', ["https://a.example/x"]),
        ('<form title=">" action="https://a.example/x?a=1&amp;b=2">', ["https://a.example/x?a=1&b=2"]),
        ("<button formaction=https://a.example/y>", ["https://a.example/y"]),
        ('<meta http-equiv="Refresh" content="0; URL=\'https://a.example/z\'">', ["https://a.example/z"]),
        ('<base href="https://b.example/a/"><form action="post"></form>', ["https://b.example/a/post"]),
        (
            '<iframe src="https://a.example/"></iframe><embed src="//b.example/">',
            ["https://a.example/", "//b.example/"],
        ),
        ('<svg><a xlink:href="https://a.example/"><text>x</text></a></svg>', ["https://a.example/"]),
        ('<svg><image href="https://a.example/x.png"></image></svg><img src="https://a.example/y.png">', []),
        (
            '<object data="https://a.example/x"><a href="https://b.example/">x</a></object>',
            ["https://a.example/x", "https://b.example/"],
        ),
        ('<a style="display:none" href="https://a.example/">x</a>', ["https://a.example/"]),
        ('<noscript><a href="https://a.example/">x</a></noscript>', ["https://a.example/"]),
        ('<p>x</p><!--[if mso]><a href="https://a.example/">x</a><![endif]-->', ["https://a.example/"]),
        ('<a href="https://a.example/">x</a><a href="https://a.example/">y</a>', ["https://a.example/"]),
        ('<link rel="stylesheet" href="https://a.example/x.css"><form><input>', []),
    ],
)
def test_every_way_out_of_a_page_is_found(markup, hrefs):
    assert sorted(ways(markup)) == sorted(hrefs)


@given(st.text(alphabet="<>/=\"' abefhiorsvg:!-[]", max_size=120))
def test_no_markup_makes_it_fail(markup):
    assert isinstance(ways(markup), list)

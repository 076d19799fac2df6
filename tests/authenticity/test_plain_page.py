"""A page that shows its words and nothing else; what may look well and what may not speak."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.authenticity.plain_page import shows_only_words
from madoguchi.letters import render
from madoguchi.letters.letter import Letter


@pytest.mark.parametrize(
    "markup",
    [
        "<p>お知らせ</p>",
        '<p style="margin:0;color:#333;font-size:14px;line-height:1.8">お知らせ</p>',
        "<style>p{font:1rem/1.8 sans-serif} @media (max-width:36rem){td{display:block;width:auto}}</style><p>x</p>",
        '<table border=0 width="100%"><tr><td style="background:#f4f4f4;padding:1em">x</td></tr></table>',
    ],
)
def test_words_may_look_well(markup):
    assert shows_only_words(markup, "x")


@pytest.mark.parametrize(
    "markup",
    [
        '<p>x</p><img src="cid:a">',
        "<p>x</p><input value=y>",
        "<p hidden>x</p>",
        '<p dir="rtl">x</p>',
        '<p style="color:#fff">x</p>',
        '<p style="background:#000">x</p>',
        '<p style="background:url(//a.example/p.png)">x</p>',
        '<p style="font-size:1px">x</p>',
        '<p style="font:0/0 a">x</p>',
        '<p style="line-height:0">x</p>',
        '<p style="margin-left:-999px">x</p>',
        '<p style="margin:9999px">x</p>',
        '<p style="position:absolute">x</p>',
        "<style>p{display:none}</style><p>x</p>",
        "<style>p::before{content:'y'}</style><p>x</p>",
        "<style>p{.a{color:#333} opacity:0}</style><p>x</p>",
        "<style>p{opacity:0;.a{color:#333}}</style><p>x</p>",
        "<style>p{/*}*/opacity:0}</style><p>x</p>",
        r"<style>p{\6f pacity:0}</style><p>x</p>",
        "<style>@import 'https://a.example/x.css';</style><p>x</p>",
        "<style>@media all{p{visibility:hidden}}</style><p>x</p>",
        '<link rel=stylesheet href="https://a.example/x.css"><p>x</p>',
        "<p>x</p><!--[if mso]><p>y</p><![endif]-->",
        "<ruby>x<rt>y</rt></ruby>",
        "<svg><text>y</text></svg>",
    ],
)
def test_what_adds_hides_or_moves_words_is_seen(markup):
    assert not shows_only_words(markup, "x")


def test_letters_in_another_order_are_seen():
    assert not shows_only_words("<p>x</p>", "\u202ex")


def test_our_own_letters_show_only_words():
    letter = Letter(kind="notice", lang="ja", subject="お知らせ", title="お知らせ", date=date(2026, 11, 21), blocks=())
    for paper in ("letter", "large"):
        assert shows_only_words(render.html(letter.model_copy(update={"paper": paper})), "お知らせ")


@given(st.text(alphabet="<>/=\"'{};:@ abcdeiopsty\\", max_size=120))
def test_no_markup_makes_it_fail(markup):
    assert shows_only_words(markup, markup) in {True, False}

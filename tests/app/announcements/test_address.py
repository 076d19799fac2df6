"""An announcement stands on the official domain over https, and its file inside the site's own folder."""

from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.app.announcements.address import checked, page_file
from madoguchi.problem import Problem
from madoguchi.text.datafile import read_yaml

DOMAIN = "minato.example"
CASES = read_yaml(Path(__file__).with_name("cases").joinpath("addresses.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["taken"], ids=lambda case: case["url"].strip())
def test_a_page_of_ours_is_taken_in_one_writing(case: dict):
    url = checked(case["url"], DOMAIN)
    assert url == case.get("as", case["url"])
    assert page_file(url) == PurePosixPath(case["file"])
    assert checked(url, DOMAIN) == url


@pytest.mark.parametrize("url", CASES["refused"])
def test_what_is_no_page_of_ours_is_refused_at_its_place(url: str):
    with pytest.raises(Problem) as caught:
        checked(url, DOMAIN)
    assert caught.value.place == "url"


def test_without_an_official_domain_no_address_is_ours():
    with pytest.raises(Problem, match="no official domain") as caught:
        checked("https://minato.example/a.html", "")
    assert caught.value.place == "domain"


def test_an_address_too_long_for_a_link_is_refused():
    with pytest.raises(Problem):
        checked(f"https://minato.example/?{'a' * 2000}", DOMAIN)


@given(st.text(), st.sampled_from(["", "https://", "https://minato.example/", "https://minato.example/%2e"]))
def test_any_text_is_a_page_inside_the_site_or_a_problem(text: str, begin: str):
    try:
        url = checked(begin + text, DOMAIN)
    except Problem:
        return
    assert url.startswith("https://")
    file = page_file(url)
    assert not file.is_absolute()
    assert not any(part.startswith(".") for part in file.parts)

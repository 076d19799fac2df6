"""Windows on made-up sites in the styles of real ones."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from madoguchi.contacts import Page, windows

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
SITES = [
    site
    for path in sorted((Path(__file__).parent / "cases").glob("*.yaml"))
    for site in yaml.safe_load(path.read_text("utf-8"))
]


def read(site: dict[str, Any]) -> list[dict[str, Any]]:
    pages = [Page(f"https://{site['site']}{path}", markup, NOW.date()) for path, markup in site["pages"].items()]
    return [window.answer() for window in windows(pages, domain=site["site"], now=NOW)]


@pytest.mark.parametrize("site", SITES, ids=lambda site: site["name"])
def test_each_window_of_a_site_is_found_and_no_other(site: dict[str, Any]) -> None:
    found = read(site)
    values = [window["value"] for window in found]
    assert sorted(values) == sorted(wanted["value"] for wanted in site["windows"])
    assert values[0] == site["windows"][0]["value"]
    for wanted in site["windows"]:
        window = found[values.index(wanted["value"])]
        assert {key: window[key] for key in wanted} == wanted
    assert not set(values) & set(site.get("not", []))

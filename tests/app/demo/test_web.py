"""The demo's web site is served over HTTPS on this machine, and the person's visitor reaches it and nothing else."""

import json
import ssl
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from madoguchi.app.demo import shop
from madoguchi.app.demo.places import Customer, Places
from madoguchi.app.demo.sample.site import write_site
from madoguchi.app.demo.visitor import visitor
from madoguchi.app.demo.web import Web
from madoguchi.contacts import site, windows
from madoguchi.problem import Problem

CUSTOMER = Customer(number="M1", name="見本 一", kana="ミホン ハジメ", email="m@mail.example", address="見本県")


@pytest.fixture
def places(tmp_path: Path) -> Iterator[Places]:
    write_site(tmp_path / "web" / "site", shop.SHOP, address=shop.SHOP["website"])
    web = Web(tmp_path / "web" / "site", [shop.DOMAIN, f"www.{shop.DOMAIN}"], tmp_path / "web" / "keys")
    with web:
        yield Places(out=tmp_path, post=0, web=web.port, customer=CUSTOMER, gone="")


def test_the_site_is_trusted_only_by_its_own_certificate(places: Places):
    with pytest.raises(URLError, match="CERTIFICATE_VERIFY_FAILED"):
        urlopen(f"https://127.0.0.1:{places.web}/")
    context = ssl.create_default_context(cafile=str(places.certificate))
    context.check_hostname = False
    with urlopen(f"https://127.0.0.1:{places.web}/", context=context) as page:
        assert shop.SHOP["name"] in page.read().decode()


def test_the_visitor_reads_the_shops_pages_under_their_own_address(places: Places):
    fetched = visitor(places)(f"https://www.{shop.DOMAIN}/privacy.html")
    assert (fetched.status, fetched.url) == (200, f"https://www.{shop.DOMAIN}/privacy.html")


@pytest.mark.parametrize(
    "url", ["https://other.example/", "http://127.0.0.1/", "https://www.mihon-zakka.example.evil.example/"]
)
def test_the_visitor_goes_nowhere_else(places: Places, url: str):
    with pytest.raises(Problem):
        visitor(places)(url)


def test_the_desk_stands_on_the_sites_privacy_page(places: Places):
    import datetime as dt

    pages = site.pages(f"https://www.{shop.DOMAIN}/", visitor(places))
    found = windows(pages, domain=shop.DOMAIN, now=dt.datetime.now(dt.UTC))
    assert {(window.channel, window.grade) for window in found if window.value == shop.SHOP["desk_email"]} == {
        ("email", "privacy_page")
    }
    assert shop.SHOP["desk_phone"] in {window.value for window in found}


def test_the_places_are_read_back_as_written(places: Places, tmp_path: Path):
    places.write(tmp_path / "places.json")
    assert Places.read(tmp_path / "places.json") == places
    assert json.loads((tmp_path / "places.json").read_text(encoding="utf-8"))["customer"]["number"] == "M1"

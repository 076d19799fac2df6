"""The demo's way to the web: the guarded fetcher, with the one exception that the shop's site lies on this machine."""

from collections.abc import Callable
from dataclasses import replace

from madoguchi.app.demo import shop
from madoguchi.app.demo.places import Places
from madoguchi.edge.addresses import Address
from madoguchi.edge.fetch import Fetched, Fetcher


def visitor(places: Places) -> Callable[[str], Fetched]:
    """Return what fetches pages of the shop's site from the demo's web server, and nothing else from anywhere.

    A local server cannot have port 443: the port is put in on the way out and taken away from what comes back.
    """
    port = f":{places.web}"
    fetcher = Fetcher(
        resolve=lambda host, _: ["127.0.0.1"] if host in HOSTS else [],
        allowed=_is_loopback,
        ports=[places.web],
        pace=0.0,
        certificates=str(places.certificate),
    )

    def fetch(url: str) -> Fetched:
        for host in HOSTS:
            url = url.replace(f"https://{host}/", f"https://{host}{port}/", 1)
        found = fetcher(url)
        return replace(found, url=found.url.replace(port, "", 1))

    return fetch


HOSTS = (shop.DOMAIN, f"www.{shop.DOMAIN}")


def _is_loopback(address: Address) -> bool:
    return address.is_loopback

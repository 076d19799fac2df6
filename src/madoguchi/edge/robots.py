"""What a site asks of programs (robots.txt, RFC 9309), and the pace at which it is asked."""

from collections.abc import Callable
from dataclasses import dataclass

from protego import Protego

AGENT = "MadoguchiBot"
USER_AGENT = f"{AGENT}/0.1 (looks up a company's published contact pages for a person; obeys robots.txt)"
MOST_BYTES = 512_000
"""RFC 9309, 2.5: at least 500 KiB are read."""
_LONGEST_WAIT = 30.0
"""Seconds of a ``Crawl-delay`` that are kept; a site that asks for more is asked this slowly."""


@dataclass
class Site:
    """One scheme, host and port: its rules and when it was last asked."""

    rules: Protego
    asked_at: float | None = None

    def allows(self, url: str) -> bool:
        """Return whether programs like ours may read an address."""
        return bool(self.rules.can_fetch(url, AGENT))

    def wait(self, pace: float, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        """Wait until ``pace`` seconds (or the site's ``Crawl-delay``) have passed since it was last asked."""
        delay = max(pace, min(float(self.rules.crawl_delay(AGENT) or 0), _LONGEST_WAIT))
        if self.asked_at is not None and (rest := self.asked_at + delay - clock()) > 0:
            sleep(rest)
        self.asked_at = clock()


def rules(status: int, body: bytes) -> Protego:
    """Return the rules that a ``robots.txt`` answer makes (RFC 9309, 2.3.1).

    2xx: what it says. Other 4xx: none, everything may be read. 5xx and 429: the site is in trouble, nothing may be.
    """
    if 200 <= status < 300:
        return Protego.parse(body[:MOST_BYTES].decode("utf-8", "replace"))
    return Protego.parse("User-agent: *\nDisallow: /" if status >= 500 or status == 429 else "")

"""An incident with an official domain and a key, and the way to an announcement that is published."""

from pathlib import Path

import pytest


@pytest.fixture
def incident(shop_case):
    """Return an incident whose scan is taken over, of a shop with a domain and a key."""
    shop_case.has_domain(key=True)
    made = shop_case.incident(not_affected=["card_security_code"], investigating=["4"])
    shop_case.take(made)
    return made


@pytest.fixture
def published(shop_case, tmp_path: Path):
    """Return a function that prepares, approves and publishes an announcement of an incident."""
    from madoguchi.app.announcements.services import (
        approve_announcement,
        prepare_announcement,
        publish_announcement,
    )

    def publish(incident, url: str = shop_case.page, **more):
        made = prepare_announcement(incident=incident, by=shop_case.manager, url=url, **more)
        approved = approve_announcement(announcement=made, by=shop_case.owner)
        return publish_announcement(announcement=approved, by=shop_case.staff, folder=tmp_path / "web")

    return publish

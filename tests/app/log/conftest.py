"""A shop and its log."""

import uuid

import pytest


@pytest.fixture
def shop(db):
    """Return a made-up shop."""
    from madoguchi.app.accounts.models import Organisation

    return Organisation.objects.create(name="見本商店")


@pytest.fixture
def log(shop):
    """Return the log of an incident of the shop."""
    from madoguchi.app.log.services import incident_log

    return incident_log(shop, uuid.uuid4())

"""The person's side of the counter (本人): on one's own computer, one implicit organisation, nothing of the company."""

from madoguchi.app.settings.base import *  # noqa: F403 - Django's settings are names of this module
from madoguchi.app.settings.base import COMMON_APPS, HOME

HOME.must_be("person")
INSTALLED_APPS = [*COMMON_APPS, "madoguchi.app.person"]
INCOMING_SORTER = "madoguchi.app.person.sorting.sort"

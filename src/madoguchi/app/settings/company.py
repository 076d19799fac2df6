"""The company's side of the counter (事業者): incidents, notices, the desk."""

from madoguchi.app.settings.base import *  # noqa: F403 - Django's settings are names of this module
from madoguchi.app.settings.base import COMMON_APPS, HOME

HOME.must_be("company")
INSTALLED_APPS = [
    *COMMON_APPS,
    "madoguchi.app.statements",
    "madoguchi.app.company",
    "madoguchi.app.reports",
    "madoguchi.app.notices",
    "madoguchi.app.announcements",
    "madoguchi.app.desk",
]
INCOMING_SORTER = "madoguchi.app.desk.sorting.sort"

"""The reports as a Django app."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Registers the app under its short name."""

    name = "madoguchi.app.reports"
    label = "reports"

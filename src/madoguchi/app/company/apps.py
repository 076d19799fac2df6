"""The company's side as a Django app."""

from django.apps import AppConfig


class CompanyConfig(AppConfig):
    """Registers the app under its short name."""

    name = "madoguchi.app.company"
    label = "company"

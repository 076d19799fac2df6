"""The statement keys as a Django app."""

from django.apps import AppConfig


class StatementsConfig(AppConfig):
    """Registers the app under its short name."""

    name = "madoguchi.app.statements"
    label = "statements"

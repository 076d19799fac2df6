"""The desk as a Django app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Registers the app under its short name."""

    name = "madoguchi.app.desk"
    label = "desk"

"""The notices as a Django app."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Registers the app under its short name."""

    name = "madoguchi.app.notices"
    label = "notices"

"""The person's side as a Django app."""

from django.apps import AppConfig


class PersonConfig(AppConfig):
    """Registers the app under its short name."""

    name = "madoguchi.app.person"
    label = "person"

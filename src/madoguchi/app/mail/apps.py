"""The mail of both sides as a Django app."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Registers the app under its short name."""

    name = "madoguchi.app.mail"
    label = "mail"

"""The accounts as a Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Organisations, users and members."""

    name = "madoguchi.app.accounts"
    label = "accounts"

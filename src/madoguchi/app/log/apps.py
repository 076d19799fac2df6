"""The log as a Django app: after each migration its triggers are put back."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LogConfig(AppConfig):
    """Logs, entries, heads and what they commit to."""

    name = "madoguchi.app.log"
    label = "log"

    def ready(self) -> None:
        """Have the triggers put back after each migration: one that rebuilds a table drops them without a word."""
        post_migrate.connect(_put_triggers_back, sender=self)


def _put_triggers_back(using: str, **_: Any) -> None:
    from madoguchi.app.log import triggers

    triggers.put_back(using)

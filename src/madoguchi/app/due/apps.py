"""Due-time work as a Django app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DueConfig(AppConfig):
    """Finds the handlers: each app's ``work.py``."""

    name = "madoguchi.app.due"
    label = "due"

    def ready(self) -> None:
        """Import every ``work.py``, which registers its handlers."""
        autodiscover_modules("work")

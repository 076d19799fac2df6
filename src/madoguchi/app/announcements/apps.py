"""The announcements as a Django app."""

from django.apps import AppConfig


class AnnouncementsConfig(AppConfig):
    """Registers the app under its short name."""

    name = "madoguchi.app.announcements"
    label = "announcements"

"""Madoguchi (窓口): the counter for the day personal data leaks in Japan."""

__version__ = "0.1.0"

"""A page of the web as text: what a browser shows, where it leads, what it weighs, in which charset it came."""

from madoguchi.intake.html.shown import Form, Link, Page, page, resolve

__all__ = ["Form", "Link", "Page", "page", "resolve"]

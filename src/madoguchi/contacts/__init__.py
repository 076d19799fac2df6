"""Where to ask: a site's pages and its official windows."""

from madoguchi.contacts.find import windows
from madoguchi.contacts.page import Page
from madoguchi.contacts.window import Window, answer

__all__ = ["Page", "Window", "answer", "windows"]

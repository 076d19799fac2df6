"""Strangers' files, opened safely: weighed, unpacked, decoded, within limits, in a process of their own."""

from madoguchi.intake.archive import open_all
from madoguchi.intake.limits import Limits
from madoguchi.intake.part import Opened, Part, Unread

__all__ = ["Limits", "Opened", "Part", "Unread", "open_all"]

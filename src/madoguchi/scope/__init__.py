"""Who was affected: leaked material or a window of reach x people -> person, item, tier of proof."""

from madoguchi.scope.contacts import Contact, contacts
from madoguchi.scope.files import write
from madoguchi.scope.run import scan
from madoguchi.scope.shapes import TIERS, Affected, Exposure, Result, Tier

__all__ = ["TIERS", "Affected", "Contact", "Exposure", "Result", "Tier", "contacts", "scan", "write"]

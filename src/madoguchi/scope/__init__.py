"""Who was affected: leaked material or a window of reach x people -> person, item, tier of proof."""

from madoguchi.scope.run import scan
from madoguchi.scope.shapes import TIERS, Affected, Exposure, Result, Tier

__all__ = ["TIERS", "Affected", "Exposure", "Result", "Tier", "scan"]

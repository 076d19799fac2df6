"""What can leak: the items of personal data, their names, words, column headings, value patterns and class in law."""

from madoguchi.catalogue.columns import Column, column_item, column_part, join
from madoguchi.catalogue.corpus import check_keys, combinations, in_order, items, say
from madoguchi.catalogue.masks import mask
from madoguchi.catalogue.models import Combination, Item, Part
from madoguchi.catalogue.tables import table_columns
from madoguchi.catalogue.values import matches, refine, value_item

__all__ = [
    "Column",
    "Combination",
    "Item",
    "Part",
    "check_keys",
    "column_item",
    "column_part",
    "combinations",
    "in_order",
    "items",
    "join",
    "mask",
    "matches",
    "refine",
    "say",
    "table_columns",
    "value_item",
]

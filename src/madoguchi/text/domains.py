"""The Public Suffix List: where a registered domain ends and what a registry or a provider hands out begins."""

from functools import cache

from publicsuffixlist import PublicSuffixList


@cache
def suffixes() -> PublicSuffixList:
    """Return the list, read once, with both its sections.

    A name under a hosting provider's suffix belongs to its customer, not to the provider.
    """
    return PublicSuffixList()

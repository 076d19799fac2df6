"""What the steps and the risks share: whose items lead to an entry, and the models that refuse unknown keys."""

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

from madoguchi import catalogue


class Model(BaseModel):
    """A data file's object: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def known(items: Iterable[str]) -> frozenset[str]:
    """Return ``items`` as a set; `Problem` for a key that the catalogue does not have."""
    keys = list(items)
    catalogue.check_keys(keys)
    return frozenset(keys)


def led_by(of: Iterable[frozenset[str]], leaked: frozenset[str]) -> frozenset[str]:
    """Return the items of those sets of ``of`` that leaked whole: they lead to the entry; empty when none did."""
    return frozenset[str]().union(*(keys for keys in of if keys <= leaked))

"""What a company must keep knowable to the person (article 32(1), Order 10): `corpus/appi/matters.yaml`."""

from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from madoguchi.text import datafile
from madoguchi.text.language import LocalText


class Matter(BaseModel):
    """One matter: ``title`` its label, ``text`` what must be knowable, ``ask`` a question for where it is missing.

    ``unless`` says when it need not be there. Keys are those of the contract's ``covers`` for a policy.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str
    title: LocalText
    text: LocalText
    ask: LocalText
    unless: LocalText | None = None
    citations: tuple[str, ...]
    confirmed: bool = True


class MattersFile(BaseModel):
    """`matters.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    matters: tuple[Matter, ...]


MATTERS: tuple[Matter, ...] = datafile.load(
    MattersFile, files("madoguchi.law") / "corpus" / "appi" / "matters.yaml"
).matters

"""Texts of the house in its three languages, side by side."""

from pydantic import BaseModel, ConfigDict, Field

from madoguchi.problem import Lang


class LocalText(BaseModel):
    """One text as Japanese (``ja``), English (``en``) and やさしい日本語 (``ja-easy``)."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    ja: str
    en: str
    ja_easy: str = Field(alias="ja-easy")

    def say(self, lang: Lang, /, **values: object) -> str:
        """Return the text of ``lang`` with ``{name}`` places filled from ``values``."""
        text = {"ja": self.ja, "en": self.en, "ja-easy": self.ja_easy}[lang]
        return text.format(**values) if values else text

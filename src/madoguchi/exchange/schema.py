"""The JSON Schemas in `schemas/`, made from the models: ``python -m madoguchi.exchange.schema`` writes them anew."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from madoguchi.exchange.opening import MODELS
from madoguchi.exchange.wellknown import WellKnown

FOLDER = files("madoguchi.exchange") / "schemas"
PUBLISHED: dict[str, type[BaseModel]] = {**{str(name): model for name, model in MODELS.items()}, "wellknown": WellKnown}


def schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of ``notice``, ``inquiry``, ``answer``, ``announcement``, ``wellknown``."""
    made = _untitled(PUBLISHED[name].model_json_schema())
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:madoguchi:schema:{name}:1",
        "title": name,
        **made,
    }


def write(name: str) -> str:
    """Return the file of schema ``name``."""
    return json.dumps(schema(name), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _untitled(value: Any) -> Any:
    """Leave out the titles, which only repeat the names."""
    if isinstance(value, list):
        return [_untitled(each) for each in value]
    if isinstance(value, dict):
        return {key: _untitled(each) for key, each in value.items() if key != "title" or not isinstance(each, str)}
    return value


if __name__ == "__main__":
    for each in PUBLISHED:
        Path(str(FOLDER / f"{each}.json")).write_text(write(each), encoding="utf-8")

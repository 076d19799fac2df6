"""YAML and JSON files of ours and of users, read by models that refuse unknown keys and name the nearest right one."""

import difflib
import re
from collections.abc import Hashable, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, RootModel, ValidationError

from madoguchi.problem import Problem
from madoguchi.text import misfit

M = TypeVar("M", bound=BaseModel)


class _Twice(yaml.constructor.ConstructorError):
    """A key that stands twice in one mapping; YAML would keep the last in silence."""


_OTHER_WORDS = ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:int", "tag:yaml.org,2002:float")


class _Loader(yaml.SafeLoader):
    """YAML with the words of YAML 1.2: ``no`` and ``on`` are words (NO is Norway), only true and false are booleans.

    So are 9:30 (never 570) and what begins with a needless 0: a phone number keeps it.
    """

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    raise _Twice(None, None, key.value, key.start_mark)
                seen.add(key.value)
        return super().construct_mapping(node, deep)

    def construct_day(self, node: yaml.ScalarNode) -> Any:
        """Return a date, or 2026-02-30 as the text it is, so that the model can name its place."""
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError:
            return node.value


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _OTHER_WORDS]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?(?:0|[1-9][0-9]*)$"), list("-+0123456789"))
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"^[-+]?(?:(?:0|[1-9][0-9]*)?\.[0-9]+|(?:0|[1-9][0-9]*)\.[0-9]*)(?:[eE][-+]?[0-9]+)?$"),
    list("-+.0123456789"),
)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_day)


def read_yaml(data: str | bytes, *, file: str | None = None) -> Any:
    """Return what a YAML (or JSON) text holds; `Problem` with line and column where it is not YAML."""
    try:
        return yaml.load(data, Loader=_Loader)  # noqa: S506 - a SafeLoader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f"line {mark.line + 1}, column {mark.column + 1}" if mark else None
        if isinstance(error, _Twice):
            raise Problem(
                ja=f"項目「{error.problem}」が2回あります。どちらか1つにしてください。",
                en=f"the key {error.problem!r} stands twice; keep one of them",
                file=file,
                place=place,
            ) from None
        raise Problem(
            ja="YAML（または JSON）として読めません。この行の書き方を直してください。",
            en=f"not readable as YAML or JSON ({error.problem}); mend this line",
            file=file,
            place=place,
        ) from None
    except RecursionError:
        raise Problem(
            ja="入れ子が深すぎて読めません。1行に1つずつ、「項目: 値」の形で書いてください。",
            en="nested too deep to read; write one `key: value` a line",
            file=file,
        ) from None
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        raise Problem(
            ja="YAML（または JSON）として読めません。UTF-8 のテキストで書いてください。",
            en=f"not readable as YAML or JSON ({type(error).__name__}); write it as UTF-8 text",
            file=file,
        ) from None


def check(model: type[M], value: Any, *, file: str | None = None) -> M:
    """Return ``value`` as a ``model``; `Problem` names the first wrong place and, for an unknown key, the nearest right one.

    A validator says its own reason as ``ValueError("English / 日本語")``, or raises a `Problem`.
    """
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise _problem(model, error, file) from None
    except Problem as problem:  # raised by a validator of ours, which does not know the file
        raise problem.at(file=file) from None


def read_model(model: type[M], data: str | bytes, *, file: str | None = None) -> M:
    """Return a YAML or JSON text as a ``model`` (`read_yaml`, then `check`)."""
    value = read_yaml(data, file=file)
    if not isinstance(value, Mapping):
        required = [field.alias or name for name, field in model.model_fields.items() if field.is_required()]
        ja_keys = f"必ず書く項目は {'、'.join(required)} です。" if required else ""
        en_keys = f"; the required keys are {', '.join(required)}" if required else ""
        raise Problem(
            ja=f"「項目: 値」の形になっていません。1行に1つずつ書いてください。{ja_keys}",
            en=f"not a list of `key: value` lines; write one a line{en_keys}",
            file=file,
        )
    return check(model, value, file=file)


def load(model: type[M], path: Path | Traversable) -> M:
    """Return a data file of ours as a ``model``."""
    return read_model(model, path.read_text(encoding="utf-8"), file=path.name)


def nearest(word: str, known: list[str]) -> str | None:
    """Return the known key that ``word`` most resembles, or nothing when none is near."""
    found = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return found[0] if found else None


def _problem(model: type[BaseModel], error: ValidationError, file: str | None) -> Problem:
    # Unknown keys first: a misspelt required key shows as one unknown and one missing, and the first explains both.
    first = min(error.errors(), key=lambda e: e["type"] != "extra_forbidden")
    place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in first["loc"]).lstrip(".")
    if first["type"] == "extra_forbidden":
        word = str(first["loc"][-1])
        right = nearest(word, _keys(model, first["loc"][:-1]))
        ja, en = f"「{word}」という項目はありません。", f"there is no key {word!r}"
        if right:
            ja, en = f"{ja}「{right}」ではありませんか。", f"{en}; did you mean {right!r}?"
        else:
            ja, en = f"{ja}取り除いてください。", f"{en}; take it out"
        return Problem(ja=ja, en=en, file=file, place=place)
    if first["type"] == "missing":
        word = str(first["loc"][-1])
        return Problem(
            ja=f"必須の項目「{word}」がありません。書き足してください。",
            en=f"the required key {word!r} is missing; add it",
            file=file,
            place=place,
        )
    ja, en = misfit.say(first)
    return Problem(ja=ja, en=en, file=file, place=place)


def _keys(model: type[BaseModel], loc: tuple[int | str, ...]) -> list[str]:
    """Return the keys allowed at ``loc``, following nested models as far as their types tell."""
    current: Any = model
    while issubclass(current, RootModel):  # a mapping whose values are models
        inner = _models_in(current.model_fields["root"].annotation)
        if not inner:
            return []
        current = inner[0]
    for part in loc:
        field = next((f for n, f in current.model_fields.items() if part in (n, f.alias)), None)
        if field is None:  # a place in a list, a key of a mapping
            continue
        inner = _models_in(field.annotation)
        if not inner:
            return []
        current = inner[0]
    return [field.alias or name for name, field in current.model_fields.items()]


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for arg in getattr(annotation, "__args__", ()) for model in _models_in(arg)]

"""The published JSON Schemas are those of the models, and refuse what the models refuse."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from madoguchi.exchange import schema
from madoguchi.exchange.opening import MODELS

CASES = yaml.safe_load((Path(__file__).parent / "cases/refused.yaml").read_text(encoding="utf-8"))


def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schema.schema(name), format_checker=Draft202012Validator.FORMAT_CHECKER)


def spoilt(payload: dict[str, Any], case: dict[str, Any]) -> dict[str, Any]:
    for path, value in [*case.get("set", {}).items(), *([(case["drop"], None)] if "drop" in case else [])]:
        *way, last = path.split(".")
        place: Any = payload
        for step in way:
            place = place[int(step)] if isinstance(place, list) else place[step]
        if "drop" in case:
            del place[last]
        else:
            place[int(last) if isinstance(place, list) else last] = value
    return payload


@pytest.mark.parametrize("name", schema.PUBLISHED)
def test_the_published_schema_is_the_one_of_the_model(name):
    published = schema.FOLDER.joinpath(f"{name}.json").read_text(encoding="utf-8")
    assert published == schema.write(name), "run python -m madoguchi.exchange.schema"
    Draft202012Validator.check_schema(schema.schema(name))


def test_every_published_schema_has_a_model():
    assert {path.name for path in schema.FOLDER.iterdir()} == {f"{name}.json" for name in schema.PUBLISHED}


@pytest.mark.parametrize("kind", MODELS)
def test_a_good_statement_is_good_by_schema_and_by_model(made, kind):
    assert validator(kind).is_valid(made.payload(kind))
    written = made.statement(kind).model_dump(mode="json", exclude_none=True)
    assert validator(kind).is_valid(written)
    assert MODELS[kind].model_validate(written) == made.statement(kind)


@pytest.mark.parametrize("kind", MODELS)
def test_every_member_that_a_model_knows_is_tried(made, kind):
    """A payload of the tests holds each member of its body once, so that none is only claimed to work."""
    given = made.payload(kind)["body"]
    assert set(given) == {
        field.alias or name for name, field in MODELS[kind].model_fields["body"].annotation.model_fields.items()
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_statement_out_of_form_is_refused_with_its_place(made, trusted, case):
    kind = case["of"]
    payload = spoilt(made.payload(kind), case)
    assert json.dumps(payload) != json.dumps(made.payload(kind))
    problem = made.refused(kind, payload, trusted)
    assert (problem.reason, problem.place) == ("schema", case["place"])
    assert validator(kind).is_valid(payload) is case.get("models_only", False)


@pytest.mark.parametrize("kind", MODELS)
def test_each_required_member_is_required_by_both(made, trusted, kind):
    made_of = schema.schema(kind)
    body = made_of["$defs"][made_of["properties"]["body"]["$ref"].rpartition("/")[2]]
    for place, names in (((), made_of["required"]), (("body",), body["required"])):
        for name in names:
            payload = target = made.payload(kind)
            for step in place:
                target = target[step]
            del target[name]
            assert not validator(kind).is_valid(payload)
            assert made.refused(kind, payload, trusted).reason in {"schema", "type", "issuer"}

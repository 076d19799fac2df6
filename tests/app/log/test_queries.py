"""The case file out of the database, and what it finds when somebody went past the program."""

import json

import pytest
from django.db import connection, transaction

from madoguchi.app.log import queries, services, triggers
from madoguchi.app.log.models import File, Payload
from madoguchi.problem import Problem
from madoguchi.record import container, keys
from madoguchi.record.verify import verify


def add(log, payload, **more):
    with transaction.atomic():
        return services.append(log=log, kind="company:incident:opened", actor="member:1", payload=payload, **more)


def members(data: bytes) -> dict[str, bytes]:
    return {member.name: bytes(member.data) for member in container.read(data).members}


@pytest.fixture
def filled(log):
    add(log, {"title": "流出"})
    add(log, {"what": "report"}, files={"速報.pdf": b"%PDF-1.7"})
    add(log, {"what": "notices"}, parts=[{"person": f"p{at}"} for at in range(4)])
    return log


def test_the_case_file_verifies_with_the_shops_published_keys(filled, shop):
    published = json.dumps({"shop.example": queries.public_keys(shop)}).encode()
    verdict = verify(queries.case_file(filled), keys.read_trusted(published))
    assert (verdict.whole, verdict.entries, verdict.signer, verdict.undisclosed) == (True, 3, "shop.example", 0)


def test_the_public_keys_hold_no_private_one(filled, shop):
    (jwk,) = queries.public_keys(shop)["keys"]
    assert set(jwk) == {"kty", "crv", "x", "kid", "nbf"}


def test_documents_are_in_it_and_parts_are_not(filled):
    inside = members(queries.case_file(filled))
    assert inside["files/1/速報.pdf"] == b"%PDF-1.7"
    assert b'"person"' not in inside["payloads.jsonl"]


def test_a_part_is_disclosed_when_it_is_asked_for(filled):
    data = queries.case_file(filled, parts=[(2, 3), (2, 0)])
    lines = [json.loads(line) for line in members(data)["payloads.jsonl"].splitlines()]
    assert [(line["part"], line["payload"]) for line in lines if "part" in line] == [
        (0, {"person": "p0"}),
        (3, {"person": "p3"}),
    ]
    assert verify(data).whole


def test_a_destroyed_payload_is_left_out_and_the_rest_verifies(filled, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        services.destroy(row=filled.entries.get(index=1))
    data = queries.case_file(filled)
    assert verify(data).undisclosed == 1
    assert not any(name.startswith("files/") for name in members(data))


def test_a_log_without_entries_has_a_case_file(log):
    assert verify(queries.case_file(log)).entries == 0


def test_a_destroyed_salt_leaves_its_payload_out(filled):
    from madoguchi.app import vault

    vault.store().destroy_salt(filled.id, 0)
    assert verify(queries.case_file(filled)).undisclosed == 1


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE log_entry SET actor = 'member:2' WHERE \"index\" = 1",
        "UPDATE log_entry SET kind = 'company:incident:closed' WHERE \"index\" = 0",
        "DELETE FROM log_head WHERE size = 2; UPDATE log_head SET size = 2 WHERE size = 3",
    ],
)
def test_what_was_changed_with_the_triggers_gone_is_not_handed_out(filled, change):
    triggers.take_away()
    with connection.cursor() as cursor:
        for statement in change.split(";"):
            cursor.execute(statement)
    triggers.put_back()
    with pytest.raises(Problem, match="does not verify"):
        queries.case_file(filled)


@pytest.mark.parametrize("model", [Payload, File])
def test_content_that_was_altered_is_not_handed_out(filled, model):
    model.objects.update(sealed=b"\0" * 40)
    with pytest.raises(Problem, match="altered"):
        queries.case_file(filled)

"""The record, read: the case file of a log, and the public keys that its reader needs."""

from collections.abc import Collection, Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone

from madoguchi.app.accounts.models import Organisation
from madoguchi.app.log import services
from madoguchi.app.log.models import Entry, Head, Key, Log
from madoguchi.app.log.sealing import Secret
from madoguchi.app.vault.keystore import KeyDestroyed
from madoguchi.problem import Problem
from madoguchi.record import casefile, entry, head, keys
from madoguchi.record.disclosure import Disclosure
from madoguchi.record.verify import verify


def case_file(log: Log, *, parts: Collection[tuple[int, int]] = ()) -> bytes:
    """Return the case file of ``log``: all entries and heads, every payload and document that still exists, sealed now.

    Parts of batches concern one person each and are left out, but for those in ``parts`` (entry, part). `Problem` when
    what is stored does not verify: then somebody changed it past the program, and it must not be handed out.
    """
    with transaction.atomic():
        # The lock holds appends off, so that entries and heads are of one moment.
        log = Log.objects.select_for_update(no_key=True).get(pk=log.pk)
        private, key = services.signing_key(log.organisation_id, timezone.now())
        now = max(timezone.now(), log.last_at or key.since, key.since)
        rows = list(log.entries.order_by("index").select_related("payload").prefetch_related("files"))
        disclosures, documents = _open(rows, parts)
        data = casefile.write(
            log=str(log.id),
            entries=[_entry(row) for row in rows],
            heads=[_head(row) for row in log.heads.order_by("size")],
            keyset=_keys(log.organisation_id),
            disclosures=disclosures,
            documents=documents,
            key=private,
            time=now,
        )
    verdict = verify(data)
    if not verdict.whole:
        raise Problem(
            ja=f"保存されている記録が正しくありません（{verdict.problems[0].say('ja')}）。バックアップと比べてください。",
            en=f"the stored record does not verify ({verdict.problems[0].say('en')}); compare it with the backup",
            file=f"log {log.id}",
        )
    return data


def public_keys(organisation: Organisation) -> dict[str, Any]:
    """Return the JWK set of the keys that signed logs of ``organisation``, for its page and for ``--keys``."""
    return {"keys": [key.jwk() for key in _keys(organisation.id)]}


def payload(row: Entry) -> dict[str, Any] | None:
    """Return what an entry says, or None when it was destroyed."""
    if not hasattr(row, "payload"):
        return None
    try:
        return Secret(row.log_id, row.index).open_payload(row.payload.sealed)[0]
    except KeyDestroyed:
        return None


def _open(
    rows: list[Entry], parts: Collection[tuple[int, int]]
) -> tuple[list[Disclosure], dict[tuple[int, str], bytes]]:
    disclosures: list[Disclosure] = []
    documents: dict[tuple[int, str], bytes] = {}
    wanted: dict[int, list[int]] = {}
    for index, part in parts:
        wanted.setdefault(index, []).append(part)
    for row in rows:
        if not hasattr(row, "payload"):
            continue
        try:
            secret = Secret(row.log_id, row.index)
        except KeyDestroyed:
            continue
        told, all_parts = secret.open_payload(row.payload.sealed)
        disclosures.append(Disclosure(row.index, secret.salt(), told))
        disclosures.extend(_parts(row.index, secret, all_parts, wanted.get(row.index, ())))
        for file in row.files.all():
            documents[row.index, file.name] = secret.open(f"file:{file.name}", file.sealed)
    return disclosures, documents


def _parts(index: int, secret: Secret, parts: list[dict[str, Any]], wanted: Collection[int]) -> Iterator[Disclosure]:
    if not wanted:
        return
    commitments = [entry.commit(part, secret.salt(at)) for at, part in enumerate(parts)]
    for at in sorted(set(wanted)):
        yield Disclosure(index, secret.salt(at), parts[at], part=at, proof=entry.batch_proof(commitments, at))


def _entry(row: Entry) -> entry.Entry:
    return entry.Entry(row.index, row.time, row.kind, row.actor, bytes(row.commitment))


def _head(row: Head) -> head.Head:
    return head.Head(str(row.log_id), row.size, bytes(row.root), row.time, row.key_id, bytes(row.signature))


def _keys(organisation_id: Any) -> list[keys.Key]:
    return [keys.Key.model_validate(row.jwk) for row in Key.objects.filter(organisation_id=organisation_id)]

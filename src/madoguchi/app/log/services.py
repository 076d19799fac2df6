"""The only writers of the record."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, transaction
from django.utils import timezone

from madoguchi.app import vault
from madoguchi.app.accounts.models import Organisation
from madoguchi.app.log.models import Entry, File, Head, Key, Log, Payload, Subject
from madoguchi.app.log.sealing import Secret
from madoguchi.app.service import entry_written
from madoguchi.problem import Problem
from madoguchi.record import canonical, entry, head, keys, limits, tree
from madoguchi.record.files import describe


def organisation_log(organisation: Organisation) -> Log:
    """Return the log of an organisation, made at the first call."""
    return _log(organisation, Subject.ORGANISATION, organisation.id)


def incident_log(organisation: Organisation, incident: UUID) -> Log:
    """Return the log of the organisation's incident with the id ``incident``, made at the first call."""
    return _log(organisation, Subject.INCIDENT, incident)


def case_log(organisation: Organisation, case: UUID) -> Log:
    """Return the log of the person's case with the id ``case``, made at the first call."""
    return _log(organisation, Subject.CASE, case)


def append(
    *,
    log: Log,
    kind: str,
    actor: str,
    payload: Mapping[str, Any],
    files: Mapping[str, bytes] | None = None,
    parts: Sequence[Mapping[str, Any]] = (),
) -> Entry:
    """Append one entry to ``log`` within the caller's transaction, and sign the new head.

    ``payload`` is JSON of text, whole numbers, lists and keys. ``files`` are documents kept with the entry, by name; the
    payload then lists them with their SHA-256. ``parts`` make it a batch: each is a payload of its own, and this one
    holds their root under ``parts``. Others who append to the same log wait until the transaction ends.
    `ValueError` for a payload that has no canonical form, `Problem` for one that is too large.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an entry belongs to the transaction of what it tells of")
    locked = Log.objects.select_for_update(no_key=True).get(pk=log.pk)
    private, key = signing_key(locked.organisation_id, timezone.now())
    # Clocks are set back; the order of the record and the start of a key are not.
    time = max(timezone.now(), locked.last_at or key.since, key.since)
    secret = Secret(locked.id, locked.size)
    told = _whole_payload(secret, payload, files or {}, parts)
    line = entry.Entry(locked.size, time, kind, actor, entry.commit(told, secret.salt()))
    row = Entry.objects.create(
        log=locked, index=line.index, time=time, kind=kind, actor=actor, commitment=line.commitment
    )
    Payload.objects.create(entry=row, sealed=secret.seal_payload(told, [dict(part) for part in parts]))
    for name, data in (files or {}).items():
        File.objects.create(entry=row, name=name, sealed=secret.seal(f"file:{name}", data))
    frontier = tree.Frontier.load(locked.size, bytes(locked.peaks)).append(line.leaf())
    signed = head.sign(str(locked.id), frontier.size, frontier.root(), time, private)
    Head.objects.create(log=locked, size=signed.size, root=signed.root, time=time, key=key, signature=signed.signature)
    log.size, log.peaks, log.last_at = frontier.size, frontier.dump(), time
    log.save(update_fields=["size", "peaks", "last_at"])
    entry_written()
    return row


def destroy(*, row: Entry) -> None:
    """Destroy what entry ``row`` said, its documents and its salt; the line stays and the log still verifies.

    The caller is a service whose own entry says that, and why, it was destroyed. The salt goes once the caller's
    transaction is committed, so that nothing is destroyed which the record does not tell of.
    """
    row.files.all().delete()
    Payload.objects.filter(entry=row).delete()
    transaction.on_commit(lambda: vault.store().destroy_salt(row.log_id, row.index))


def signing_key(organisation_id: UUID, since: datetime) -> tuple[Ed25519PrivateKey, Key]:
    """Return the key that signs the logs of an organisation, and the row of its public half, made at the first use."""
    private = vault.store().signing_key(f"record:{organisation_id}")
    public = keys.public(private, since=since)
    row, _ = Key.objects.get_or_create(
        kid=public.kid, defaults={"organisation_id": organisation_id, "jwk": public.jwk()}
    )
    return private, row


def _log(organisation: Organisation, subject: Subject, subject_id: UUID) -> Log:
    log, _ = Log.objects.get_or_create(subject=subject, subject_id=subject_id, defaults={"organisation": organisation})
    return log


def _whole_payload(
    secret: Secret, payload: Mapping[str, Any], files: Mapping[str, bytes], parts: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Return the payload with what it must say of its documents and parts."""
    taken = {"files", "parts"} & payload.keys()
    if taken:
        raise ValueError(f"{sorted(taken)} are written by the record itself")
    told = dict(payload)
    if files:
        told["files"] = describe(files)
    if parts:
        told["parts"] = entry.batch([entry.commit(part, secret.salt(at)) for at, part in enumerate(parts)])
    largest = max(len(canonical.encode(each)) for each in (told, *map(dict, parts)))
    if largest > limits.PAYLOAD_BYTES // 2:
        raise Problem(
            ja=f"記録の1件が大きすぎます（{largest} バイト）。内容は書類として添えてください。",
            en=f"one entry of the record would be too large ({largest} bytes); attach the content as a document",
        )
    return told

"""The writers of statement keys: made, replaced, revoked. Each is in the organisation's log, with its public half."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from madoguchi.app import vault
from madoguchi.app.accounts.models import Organisation
from madoguchi.app.accounts.permission import Actor
from madoguchi.app.service import Done, service
from madoguchi.app.statements.models import StatementKey
from madoguchi.app.statements.queries import usable
from madoguchi.exchange import wellknown
from madoguchi.problem import Problem
from madoguchi.record import keys

# After a key was replaced, what it signed shortly before is still on its way.
OVERLAP = timedelta(days=7)


@service(kind="statements:key:made", action="statements.keys", on="organisation")
def make_key(*, organisation: Organisation, by: Actor) -> Done:
    """Make a new key for the organisation's domain, which signs from now on; the one before ends in seven days.

    `Problem` when no official domain is told yet.
    """
    if not organisation.domain:
        raise Problem(
            ja="公式のドメインがまだ登録されていません。組織の情報に「ドメイン」を記入してから、鍵を作ってください。",
            en="no official domain is told yet; enter the organisation's domain, then make the key",
            place="domain",
        )
    now = timezone.now()
    organisation = Organisation.objects.select_for_update(no_key=True).get(id=organisation.id)
    name = f"statement:{uuid4()}"
    public = keys.public(vault.store().signing_key(name), since=now)
    replaced = usable(organisation, now)
    *ending, _ = wellknown.rotated([row.key for row in replaced], public, until=now + OVERLAP)
    for row, key in zip(replaced, ending, strict=True):
        row.jwk = key.jwk()
        row.save(update_fields=["jwk"])
    made = StatementKey.objects.create(
        kid=public.kid, organisation=organisation, name=name, jwk=public.jwk(), made_at=now
    )
    return Done(made, {"domain": organisation.domain, "key": made.jwk, "replaced": [row.kid for row in replaced]})


@service(kind="statements:key:revoked", action="statements.keys", on="key")
def revoke_key(*, key: StatementKey, by: Actor, reason: str) -> Done:
    """Revoke a key: ``compromised`` (what it signed counts no more) or ``superseded`` (what it signed still counts).

    Its private half is destroyed. `Problem` when it is revoked already or the reason is another.
    """
    if reason not in ("compromised", "superseded"):
        raise Problem(
            ja="失効の理由は compromised（漏れた・そのおそれ）か superseded（交換した）です。",
            en="the reason is compromised (leaked, or may have) or superseded (replaced)",
            place="reason",
        )
    key = StatementKey.objects.select_for_update(no_key=True).get(kid=key.kid)
    if key.key.revoked:
        raise Problem(ja="この鍵は、すでに失効しています。", en="this key is revoked already", place=key.kid)
    (ended,) = wellknown.revoked([key.key], key.kid, at=timezone.now(), reason=reason)
    key.jwk = ended.jwk()
    key.save(update_fields=["jwk"])
    vault.store().destroy(key.name)
    return Done(key, {"key": key.jwk, "reason": reason})

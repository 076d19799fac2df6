"""The key that signs now, and the document that stands at ``https://<domain>/.well-known/madoguchi.json``."""

import re
from collections.abc import Sequence
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from madoguchi.app import vault
from madoguchi.app.accounts.models import Organisation
from madoguchi.app.log.queries import public_keys
from madoguchi.app.statements.models import StatementKey
from madoguchi.exchange import Window, wellknown
from madoguchi.exchange.parts import Windows
from madoguchi.problem import Problem
from madoguchi.record import keys
from madoguchi.text import emails
from madoguchi.text.fold import fold

_PHONE = re.compile(r"\+?[0-9][0-9 ()-]{2,30}")


def usable(organisation: Organisation, now: datetime) -> list[StatementKey]:
    """Return the keys that may sign at ``now``, the newest first."""
    rows = StatementKey.objects.filter(organisation=organisation).order_by("-made_at")
    return [row for row in rows if row.key.valid_at(now)]


def signing_key(organisation: Organisation, now: datetime) -> Ed25519PrivateKey | None:
    """Return the private half of the newest key that may sign, or None where there is none yet."""
    rows = usable(organisation, now)
    return vault.store().signing_key(rows[0].name) if rows else None


def must_sign(organisation: Organisation, now: datetime) -> Ed25519PrivateKey:
    """Return the signing key; `Problem` where the organisation has none."""
    key = signing_key(organisation, now)
    if key is None:
        raise Problem(
            ja="署名に使う鍵がまだありません。責任者に、公式ドメインの鍵を作ってもらってください。",
            en="there is no key to sign with yet; have an owner make one for the official domain",
            place=organisation.domain or "domain",
        )
    return key


def keyset(organisation: Organisation) -> list[keys.Key]:
    """Return every key that ever signed, with validity and revocation."""
    return [row.key for row in StatementKey.objects.filter(organisation=organisation).order_by("made_at")]


def published_keys(organisation: Organisation) -> list[keys.Key]:
    """Return the keys to publish: those of the statements, and those that sign the record and its case files."""
    record = public_keys(organisation)["keys"]
    return [*keyset(organisation), *(keys.Key.model_validate(jwk) for jwk in record)]


def desk_windows(organisation: Organisation) -> Windows:
    """Return the organisation's desk as windows of a statement, means that leave a record first.

    What was typed beside a number (代表, 内線) is left out; what is no number or address at all is no window.
    """
    told = {"name": organisation.desk_name or None, "for": "leak"}
    phone = _PHONE.match(fold(organisation.desk_phone).strip())
    ways = (
        ("email", emails.canonical(organisation.desk_email or ""), None),
        ("phone", phone.group().rstrip(" (") if phone else None, organisation.desk_hours or None),
    )
    return tuple(
        Window.model_validate({"channel": channel, "value": value, "hours": hours, **told})
        for channel, value, hours in ways
        if value
    )


def well_known(organisation: Organisation, *, announcements: Sequence[str], now: datetime) -> bytes:
    """Return the document for the organisation's web site, with the announcements (JWS) that hold at ``now``."""
    document = wellknown.WellKnown(
        domain=organisation.domain,
        keys=tuple(published_keys(organisation)),
        windows=desk_windows(organisation),
        announcements=tuple(announcements),
        updated=now,
    )
    return wellknown.write(document)

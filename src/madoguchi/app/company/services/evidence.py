"""Evidence is looked at where it lies: its hash and place are kept, the file is not copied."""

import hashlib
from pathlib import Path

from django.utils import timezone

from madoguchi.app.accounts.models import Member
from madoguchi.app.company.models import Evidence, Incident
from madoguchi.app.company.services.incidents import must_be_open
from madoguchi.app.service import Done, service
from madoguchi.problem import Problem


@service(kind="company:evidence:added", action="incident.change", on="incident")
def add_evidence(*, incident: Incident, by: Member, kind: str, path: Path) -> Done:
    """Add the file ``path`` as evidence of ``kind`` (``leak``, ``people`` or ``source``); it stays where it lies.

    `Problem` when the file cannot be read, or the same bytes are evidence of that kind already.
    """
    must_be_open(incident)
    digest, size = weigh(path)
    if incident.evidences.filter(kind=kind, sha256=digest).exists():
        raise Problem(
            ja="同じ内容のファイルが、すでに登録されています。",
            en="a file with the same content is evidence already",
            file=_shown(path.name),
        )
    evidence = Evidence.objects.create(
        organisation_id=incident.organisation_id,
        incident=incident,
        kind=kind,
        name=_shown(path.name),
        place=_shown(str(path.absolute())),
        sha256=digest,
        size=size,
        added_at=timezone.now(),
    )
    # The folder's name can tell who works here; the entry needs only what identifies the file.
    return Done(evidence, {"kind": kind, "name": evidence.name, "sha256": digest, "size": size})


def _shown(name: str) -> str:
    """Return a file name as text: one in another encoding than this system's has bytes that are none."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def weigh(path: Path) -> tuple[str, int]:
    """Return SHA-256 (hex) and size in bytes of a file, read in pieces; `Problem` when it cannot be read."""
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
                size += len(piece)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        raise Problem(
            ja=f"ファイルを読めません（{why}）。場所と読み取りの許可を確かめてください。",
            en=f"the file cannot be read ({why}); check where it is and that you may read it",
            file=_shown(path.name),
        ) from None
    return digest.hexdigest(), size

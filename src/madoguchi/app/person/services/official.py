"""Where to ask and what to trust: the windows that were found, and the keys of a domain fixed beforehand."""

from typing import Any

from django.utils import timezone

from madoguchi.app.accounts.permission import Actor
from madoguchi.app.person.documents import as_json
from madoguchi.app.person.models import Case, KeyDocument, Windows
from madoguchi.app.person.queries import current_facts
from madoguchi.app.person.sealing import fill
from madoguchi.app.person.services.cases import must_be_open
from madoguchi.app.service import Done, service
from madoguchi.exchange import wellknown
from madoguchi.problem import Problem


@service(kind="person:windows:found", action="case.change", on="case")
def keep_windows(*, case: Case, by: Actor, answer: dict[str, Any]) -> Done:
    """Keep the official windows as `contacts` answered them on a day, each with its source; return the row."""
    must_be_open(case)
    row = Windows(case=case, at=timezone.now())
    fill(row, answer).save(force_insert=True)
    payload = {"windows": len(answer["windows"]), "sources": sorted({each["source"] for each in answer["windows"]})}
    return Done(row, payload, files={"windows.json": as_json(answer)})


@service(kind="person:keys:kept", action="case.change", on="case")
def keep_keys(*, case: Case, by: Actor, domain: str, document: bytes) -> Done:
    """Keep what stands at ``https://<domain>/.well-known/madoguchi.json``; return the row.

    A key counts only for a domain that the person fixed beforehand: `Problem` for any other, or where the document
    cannot be read or speaks for another domain.
    """
    must_be_open(case)
    domain = domain.strip().rstrip(".").lower()
    if domain not in {each.domain for each in current_facts(case).domains or ()}:
        raise Problem(
            ja="このドメインは、公式のドメインとして登録されていません。注文時のメールや特定商取引法に基づく表記で確かめたドメインを先に登録してください。",
            en="this domain is not fixed as an official one; enter it first, from an order mail or the page 特定商取引法に基づく表記",
            place=domain[:80],
        )
    read = wellknown.read(document, domain)
    row = KeyDocument(case=case, at=timezone.now())
    fill(row, {"domain": domain, "document": document.decode()}).save(force_insert=True)
    payload = {"domain": domain, "keys": sorted(key.kid for key in read.keys)}
    return Done(row, payload, files={"madoguchi.json": document})

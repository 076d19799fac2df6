"""A company's program in a process of its own, which a test may kill: ``python in_a_process.py STAGE HOME DATABASE``.

``prepare`` makes the shop, 25 people and an approved round; ``die`` queues one batch and stops dead within the second,
when its rows are written and not yet committed; ``go on`` queues the rest. Each prints what then stands in the outbox.
"""

import json
import os
import sys
from datetime import timedelta
from unittest import mock

from django.utils import timezone

from madoguchi.app import home as homes
from madoguchi.app.setup import start

BATCH, PEOPLE = 10, 25


def prepare() -> None:
    from madoguchi.app.accounts.permission import System
    from madoguchi.app.accounts.services import add_member, create_organisation
    from madoguchi.app.company.services import register_incident, take_scan
    from madoguchi.app.notices.services import approve_round, prepare_round
    from madoguchi.scope import Affected, Contact, Exposure, Result

    setup = System("setup")
    shop = create_organisation(by=setup, name="みなと堂")
    owner, manager = (
        add_member(organisation=shop, by=setup, email=f"{role}@minato.example", role=role)
        for role in ("owner", "manager")
    )
    known = (timezone.now() - timedelta(days=3)).date().isoformat()
    facts = {"known_on": known, "events": ["leak"], "items": ["email"]}
    incident = register_incident(organisation=shop, by=manager, title="流出", facts=facts)
    contacts = {f"P{n}": Contact(f"P{n}", f"見本 {n}", f"p{n}@mail.example") for n in range(PEOPLE)}
    exposures = [Exposure(who, "email", "proved", "email", "x.csv", "x.csv:2", 0, 4, 1) for who in contacts]
    people = [Affected(who, "proved", ("email",)) for who in contacts]
    result = Result(exposures, people, {"people": {}, "items": {}, "files": [], "unread": [], "not_identifying": []})
    take_scan(incident=incident, by=manager, result=result, contacts=contacts)
    approve_round(round_=prepare_round(incident=incident, by=manager), by=owner)


def queue(*, die: bool) -> None:
    from madoguchi.app.accounts.models import Member
    from madoguchi.app.notices import services
    from madoguchi.app.notices.models import Round

    manager, round_ = Member.objects.get(role="manager"), Round.objects.get()
    with mock.patch.object(services, "BATCH", BATCH):
        services.queue_notices(round_=round_, by=manager)
        if die:
            tell()
            with mock.patch.object(services, "plan", side_effect=lambda **_: os._exit(9)):
                services.queue_notices(round_=round_, by=manager)
        while services.queue_notices(round_=round_, by=manager):
            pass


def tell() -> None:
    from madoguchi.app.log.models import Entry
    from madoguchi.app.log.queries import case_file
    from madoguchi.app.mail import outbox
    from madoguchi.app.mail.models import OutgoingMail
    from madoguchi.app.notices.models import Round
    from madoguchi.record.verify import verify

    log = Round.objects.get().record_log()
    said = {
        "recipients": sorted(map(outbox.recipient_of, OutgoingMail.objects.all())),
        "issued": Round.objects.get().notices.filter(issued_at__isnull=False).count(),
        "batches": Entry.objects.filter(log=log, kind="notices:notices:queued").count(),
        "whole": verify(case_file(log)).whole,
    }
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    stage, folder, database = sys.argv[1:]
    server = homes.MailServer(host="127.0.0.1", port=9, sender="privacy@minato.example")
    start(homes.create(folder, "company", database=database, mail=server))
    if stage == "prepare":
        prepare()
    else:
        queue(die=stage == "die")
    tell()

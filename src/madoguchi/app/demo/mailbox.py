"""How either side of the demo gets and sends its mail, and looks at the other side's case files."""

from contextlib import suppress
from pathlib import Path

from django.utils import timezone

from madoguchi.app.accounts.models import Organisation
from madoguchi.app.accounts.permission import Actor
from madoguchi.app.due.worker import run_due
from madoguchi.app.mail.incoming import AlreadyHere
from madoguchi.app.mail.services import take_in as take_in_one
from madoguchi.record.keys import read_trusted
from madoguchi.record.verify import verify


def take_in(folder: Path, organisation: Organisation, *, by: Actor) -> int:
    """Take in every mail of a mailbox that is new, have it sorted, and return how many there were."""
    taken = 0
    for path in sorted(folder.glob("*.eml")):
        with suppress(AlreadyHere):
            take_in_one(organisation=organisation, by=by, raw=path.read_bytes(), source="file")
            taken += 1
    send_all()
    return taken


def send_all() -> None:
    """Do everything that is due now: sort what came in, send what waits."""
    while run_due(now=timezone.now()):
        pass


def verified(papers: Path) -> int:
    """Verify the case file among ``papers`` with the keys beside it, and return how many entries it has."""
    (path,) = papers.glob("*/case-file.zip")
    verdict = verify(path.read_bytes(), read_trusted((path.parent / "keys.json").read_bytes(), file="keys.json"))
    if not verdict.whole:
        raise AssertionError(verdict.problems)
    return verdict.entries

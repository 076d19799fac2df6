"""A case is opened, what is known of it is stated as it becomes known, steps are ticked off, and one day it is closed."""

from collections.abc import Collection
from typing import Any

from django.utils import timezone

from madoguchi import harm
from madoguchi.app.accounts.models import Organisation
from madoguchi.app.accounts.permission import Actor
from madoguchi.app.person import facts as case_facts
from madoguchi.app.person.models import Case, CaseSheet, StepDone
from madoguchi.app.person.queries import current_facts
from madoguchi.app.person.sealing import fill
from madoguchi.app.service import Done, service
from madoguchi.letters.clean import clean
from madoguchi.problem import Problem


@service(kind="person:case:opened", action="case.change", on="organisation")
def open_case(*, organisation: Organisation, by: Actor, facts: dict[str, Any]) -> Done:
    """Open a case on what the person knows (`facts.CaseFacts`, all of it may be missing); return it."""
    told = case_facts.read(facts)
    case = Case.objects.create(organisation=organisation, opened_at=timezone.now())
    new_sheet(case, told)
    return Done(case, {"case": str(case.id), "facts": case_facts.as_json(told)}, about=case)


@service(kind="person:facts:stated", action="case.change", on="case")
def state_case_facts(*, case: Case, by: Actor, facts: dict[str, Any], clear: Collection[str] = ()) -> Done:
    """State what is newly known or was wrong; what is not given stays. Return the new sheet.

    A blank is not a deletion: name a fact in ``clear`` to make it unknown again. `Problem` when nothing changes, a field cannot be used, or the case is closed.
    """
    must_be_open(case)
    before = current_facts(case)
    after = case_facts.read(facts, before=before, clear=clear)
    changed = sorted(name for name in type(after).model_fields if getattr(after, name) != getattr(before, name))
    if not changed:
        raise Problem(
            ja="変わったところがありません。新しく分かったことを記入してください。",
            en="nothing has changed; state what is newly known",
        )
    sheet = new_sheet(case, after)
    return Done(sheet, {"version": sheet.version, "changed": changed, "facts": case_facts.as_json(after)})


@service(kind="person:step:done", action="case.change", on="case")
def tick_step(*, case: Case, by: Actor, step: str) -> Done:
    """Tick a step of the advice (`harm.Step.id`) off. `Problem` where it is none, or was ticked before."""
    must_be_open(case)
    if step not in {entry.id for entry in harm.steps.entries()}:
        raise Problem(ja="そのような手順はありません。", en="there is no such step", place=step[:60])
    if StepDone.objects.filter(case=case, step=step).exists():
        raise Problem(ja="この手順は、すでに済みになっています。", en="this step is ticked off already", place=step)
    row = StepDone(case=case, at=timezone.now(), step=step)
    fill(row, {}).save(force_insert=True)
    return Done(row, {"step": step})


@service(kind="person:case:closed", action="case.change", on="case")
def close_case(*, case: Case, by: Actor, reason: str) -> Done:
    """Close a case: nothing is added any more, its record stays."""
    must_be_open(case)
    case.closed_at = timezone.now()
    case.save(update_fields=["closed_at"])
    return Done(case, {"reason": clean(reason)})


def must_be_open(case: Case) -> None:
    """Refuse to change what is closed, and let others who would change the case wait until this one is done."""
    if Case.objects.select_for_update(no_key=True).get(id=case.id).closed_at:
        raise Problem(
            ja="この相談は終了しています。続きがあるときは、新しい相談を開いてください。",
            en="this case is closed; open a new one if there is more",
        )


def new_sheet(case: Case, facts: case_facts.CaseFacts) -> CaseSheet:
    """Add the next sheet of what is known; the earlier ones stay."""
    last = CaseSheet.objects.filter(case=case).order_by("-version").first()
    row = CaseSheet(case=case, at=timezone.now(), version=last.version + 1 if last else 1)
    fill(row, case_facts.as_json(facts)).save(force_insert=True)
    return row

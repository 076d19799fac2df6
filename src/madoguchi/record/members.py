"""The part of the verifier that says which members of a case file are not as they were sealed, and how much still is."""

import itertools
from collections import Counter
from collections.abc import Callable

from madoguchi.record import casefile, container, files
from madoguchi.record.seal import Seal, weigh
from madoguchi.record.verdict import Verdict


def check_members(contents: container.Contents, seal: Seal | None, verdict: Verdict) -> None:
    """Tell of each member that changed, in the order of the file, and note it as spoilt: once, whatever follows from it.

    ``seal`` is what the members are compared with; None when it vouches for nothing.
    """
    label = _labels(contents, seal)
    unlike = _unlike(contents, seal)
    told: set[str] = set()
    for member in contents.members:
        if member.name in told:
            continue
        told.add(member.name)
        if member.name in unlike:
            verdict.found(unlike[member.name], about=(member.name,), member=label(member.name))
            verdict.spoilt.add(member.name)
        elif member.header_at is not None:
            verdict.found("header_changed", member=label(member.name), at=member.header_at)
    _check_order(contents, label, verdict)
    for absent in sorted({*casefile.MEMBERS, *(name for name, _, _ in (seal.members if seal else ()))} - told):
        if not (contents.broken and contents.broken.early):  # else it lies where nothing could be read, if it does
            verdict.found("member_missing", about=(absent,), member=label(absent))
        verdict.spoilt.add(absent)
    _check_end(contents, label, verdict)


def _unlike(contents: container.Contents, seal: Seal | None) -> dict[str, str]:
    """Return by name what is to be said of each member that is not as it was sealed."""
    weighed = weigh((member.name, member.data) for member in contents.members if member.name != casefile.SEAL)
    sealed = set(seal.members) if seal else set(weighed)
    expected = {name for name, _, _ in sealed}
    found = {
        each[0]: "member_changed" if each[0] in expected else "member_added" for each in weighed if each not in sealed
    }
    found |= {member.name: "member_changed" for member in contents.members if member.changed}
    times = Counter(member.name for member in contents.members)
    found |= {name: "member_twice" for name in times if times[name] > 1}
    strange = {name for name in times if name not in casefile.MEMBERS and files.split(name) is None}
    return found | dict.fromkeys(strange, "member_unknown")


def tell_intact(contents: container.Contents, verdict: Verdict) -> None:
    """Say what of a file that is not whole is proved to be as it was sealed: the record, the other documents."""
    essential = {casefile.LOG, casefile.HEADS, casefile.SEAL}
    if verdict.whole or verdict.anchor != "signed" or verdict.touched & essential or verdict.spoilt & essential:
        return
    verdict.holds("record", entries=verdict.entries)
    doubtful = verdict.spoilt | verdict.touched
    documents = [m for m in contents.members if files.split(m.name) and m.name not in doubtful]
    if documents:
        verdict.holds("documents", documents=len(documents))


def shown(stranger: str) -> str:
    """Return a stranger's words short and without anything that moves a terminal's cursor."""
    return "".join(letter if letter.isprintable() else "�" for letter in stranger[:80])


def _check_order(contents: container.Contents, label: Callable[[str], str], verdict: Verdict) -> None:
    for before, after in itertools.pairwise(contents.members):
        if before.name.encode() > after.name.encode():
            verdict.found("member_order", member=label(after.name))
            return  # what stands behind it is out of place for the same reason


def _check_end(contents: container.Contents, label: Callable[[str], str], verdict: Verdict) -> None:
    broken = contents.broken
    if broken is None:
        return
    if broken.cut:
        verdict.found("cut_in" if broken.member else "cut", at=broken.at, member=label(broken.member or ""))
    elif broken.at is not None:
        verdict.found("container_at", at=broken.at)
    elif verdict.whole:
        verdict.found("container")


def _labels(contents: container.Contents, seal: Seal | None) -> Callable[[str], str]:
    """Return how a person knows a member: a document by its name alone where no other entry has one of that name."""
    all_names = {member.name for member in contents.members} | {name for name, _, _ in (seal.members if seal else ())}
    times = Counter(place[1] for place in map(files.split, all_names) if place)

    def label(member: str) -> str:
        place = files.split(member)
        return shown(place[1] if place and times[place[1]] <= 1 else member)

    return label

"""Is this case file whole and unchanged, and signed by whom: read from its bytes alone, by our own strict reader.

A case file comes from a stranger: nothing in it is believed before it was compared, and nothing in it makes this
raise, hang or grow; what is found goes into the `Verdict`.
"""

import itertools
from collections.abc import Callable, Iterator
from datetime import datetime

from madoguchi.record import casefile, container, files, keys, limits, tree
from madoguchi.record.disclosed import check_disclosures
from madoguchi.record.entry import Entry
from madoguchi.record.head import Head
from madoguchi.record.head import verify as head_holds
from madoguchi.record.seal import Seal, weigh
from madoguchi.record.verdict import Verdict

Members = dict[str, memoryview]
Progress = Callable[[int, int], None]


def verify(data: bytes, trusted: keys.Trusted | None = None, *, progress: Progress | None = None) -> Verdict:
    """Return what is to be said of the case file ``data``.

    ``trusted`` are keys that the asker knows from elsewhere, by domain: the seal must then be made by one of them.
    ``progress(done, total)`` is told of each entry. Needs no network, no clock, no database; never raises for what
    stands in ``data``.
    """
    verdict = Verdict()
    members = _open(data, verdict)
    if members is None:
        return verdict
    seal = _read_seal(members, verdict)
    known = _Keys(_read_keys(members, verdict), trusted)
    log = seal.log if seal else None
    heads = _heads(members, log, known, verdict)
    frontier, commitments, last = _entries(members, heads, verdict, progress)
    verdict.entries, verdict.head = frontier.size, frontier.root().hex()
    if seal:
        _check_seal(seal, members, frontier, last, verdict)
        _check_signer(seal, known, verdict)
    payloads = _lines(members, casefile.PAYLOADS, limits.PAYLOAD_BYTES, verdict)
    verdict.undisclosed = check_disclosures(members, payloads, commitments, verdict)
    return verdict


class _Keys:
    """Which key an id names: the one that the asker brought, else the one in the file."""

    def __init__(self, in_file: keys.KeySet, trusted: keys.Trusted | None) -> None:
        self.trusted = trusted
        self._by_kid = dict(in_file)
        for keyset in (trusted or {}).values():
            self._by_kid.update(keyset)

    def get(self, kid: str) -> keys.Key | None:
        return self._by_kid.get(kid)

    def domains(self, kid: str) -> list[str]:
        return sorted(domain for domain, keyset in (self.trusted or {}).items() if kid in keyset)


def _open(data: bytes, verdict: Verdict) -> Members | None:
    """Return the members by name, or None when there is nothing that could be read."""
    if len(data) > limits.FILE_BYTES:
        verdict.found("too_large", most=limits.FILE_BYTES)
        return None
    contents = container.read(data)
    if not contents.members:
        verdict.found("no_case_file")
        return None
    _check_container(contents, verdict)
    members = {member.name: member.data for member in contents.members}
    for name in casefile.MEMBERS:
        if name not in members:
            verdict.found("member_missing", name)
    return members


def _check_container(contents: container.Contents, verdict: Verdict) -> None:
    """Tell of all that is not as our own writer would have written it."""
    for member in contents.members:
        if member.damaged:
            verdict.found("member_damaged", _shown(member.name))
        if member.name not in casefile.MEMBERS and files.split(member.name) is None:
            verdict.found("member_unknown", _shown(member.name))
    for before, after in itertools.pairwise(contents.members):
        if before.name.encode() >= after.name.encode():
            verdict.found("member_order", _shown(after.name))
    if contents.broken_at is not None:
        verdict.found("container", f"byte {contents.broken_at}")


def _read_seal(members: Members, verdict: Verdict) -> Seal | None:
    data = _short(members, casefile.SEAL, limits.SEAL_BYTES, verdict)
    try:
        return Seal.read(data) if data is not None else None
    except ValueError:
        verdict.found("unreadable", casefile.SEAL)
        return None


def _read_keys(members: Members, verdict: Verdict) -> keys.KeySet:
    data = _short(members, casefile.KEYS, limits.KEYS_BYTES, verdict)
    try:
        return keys.read_set(data) if data is not None else {}
    except ValueError:
        verdict.found("unreadable", casefile.KEYS)
        return {}


def _short(members: Members, name: str, longest: int, verdict: Verdict) -> bytes | None:
    """Return a member that is parsed in one go, or None when it is missing (told already) or too long for that."""
    data = members.get(name)
    if data is not None and len(data) > longest:
        verdict.found("unreadable", name)
        return None
    return None if data is None else bytes(data)


def _lines(members: Members, name: str, longest: int, verdict: Verdict) -> Iterator[tuple[str, bytes]]:
    """Return place and text of each line of a member; a line that is too long or cut off is told and passed over."""
    data, at, number = bytes(members.get(name, b"")), 0, 0
    while at < len(data):
        number, end = number + 1, data.find(b"\n", at)
        place = f"{name}:{number}"
        if end < 0:
            verdict.found("cut_line", place)
            return
        if end - at > longest:
            verdict.found("unreadable", place)
        else:
            yield place, data[at:end]
        at = end + 1


def _heads(members: Members, log: str | None, known: _Keys, verdict: Verdict) -> list[tuple[str, Head]]:
    """Return the heads with their places, each looked at by itself: its log, its order, its signature."""
    found: list[tuple[str, Head]] = []
    for place, line in _lines(members, casefile.HEADS, limits.LINE_BYTES, verdict):
        try:
            head = Head.read(line)
        except ValueError:
            verdict.found("unreadable", place)
            continue
        if log is not None and head.log != log:
            verdict.found("other_log", place)
        if head.size <= (found[-1][1].size if found else 0):
            verdict.found("head_size", place, size=head.size)
            continue
        if found and head.time < found[-1][1].time:
            verdict.found("time_order", place)
        key = known.get(head.kid)
        if key is None:
            verdict.found("no_key", place, kid=_shown(head.kid))
        elif not head_holds(head, key):
            verdict.found("signature", place)
        elif not key.valid_at(head.time):
            verdict.found("key_time", place, kid=head.kid)
        found.append((place, head))
    return found


def _entries(
    members: Members, heads: list[tuple[str, Head]], verdict: Verdict, progress: Progress | None
) -> tuple[tree.Frontier, list[bytes | None], datetime | None]:
    """Return the tree over all lines, the commitment of each (None for a line that is none), and the last time."""
    frontier, last = tree.Frontier(), None
    commitments: list[bytes | None] = []
    waiting, changed = iter(heads), False
    place_of_head, head = next(waiting, ("", None))
    total = bytes(members.get(casefile.LOG, b"")).count(b"\n") if progress else 0
    for place, line in _lines(members, casefile.LOG, limits.LINE_BYTES, verdict):
        entry = _entry(line, place, frontier.size, last, verdict)
        last = entry.time if entry else last
        frontier = frontier.append(tree.leaf_hash(line))
        commitments.append(entry.commitment if entry else None)
        if head and head.size == frontier.size:
            # The first head that does not hold tells where; every later one is wrong for the same reason.
            if head.root != frontier.root() and not changed:
                changed = True
                verdict.found("root", place_of_head, size=head.size)
            if entry and head.time < entry.time:
                verdict.found("head_time", place_of_head)
            place_of_head, head = next(waiting, ("", None))
        if progress:
            progress(frontier.size, total)
    if head:
        verdict.found("head_size", place_of_head, size=head.size)
    return frontier, commitments, last


def _entry(line: bytes, place: str, index: int, last: datetime | None, verdict: Verdict) -> Entry | None:
    try:
        entry = Entry.read(line)
    except ValueError:
        verdict.found("unreadable", place)
        return None
    if entry.index != index:
        verdict.found("index", place, expected=index, found=entry.index)
    if last and entry.time < last:
        verdict.found("time_order", place)
    return entry


def _check_seal(seal: Seal, members: Members, frontier: tree.Frontier, last: datetime | None, verdict: Verdict) -> None:
    """Compare what the seal vouches for with what lies in the file."""
    if (seal.size, seal.root) != (frontier.size, frontier.root()):
        verdict.found("seal_log", casefile.SEAL)
    if last and seal.time < last:
        verdict.found("head_time", casefile.SEAL)
    lying = {each[0]: each for each in weigh((n, d) for n, d in members.items() if n != casefile.SEAL)}
    sealed = {each[0]: each for each in seal.members}
    for name in sorted(sealed.keys() | lying.keys()):
        if sealed.get(name) != lying.get(name):
            verdict.found("seal_member", _shown(name))
    if len(sealed) != len(seal.members):
        verdict.found("unreadable", casefile.SEAL)


def _check_signer(seal: Seal, known: _Keys, verdict: Verdict) -> None:
    """Say who sealed the file: by the asker's keys when there are any, else by the key in the file."""
    key, place, shown = known.get(seal.kid), casefile.SEAL, _shown(seal.kid)
    if key is None or (known.trusted is not None and not known.domains(seal.kid)):
        verdict.found("no_key" if known.trusted is None else "not_among_keys", place, kid=shown)
        return
    if not seal.verifies(key):
        verdict.found("signature", place)
        return
    verdict.kid, verdict.signer, verdict.signer_known_from = seal.kid, seal.kid, "file"
    if known.trusted is not None:
        verdict.signer, verdict.signer_known_from = ", ".join(known.domains(seal.kid)), "keys"
    if not key.trusted_alone():
        verdict.found("key_revoked", place, kid=shown)
    elif not key.valid_at(seal.time):
        verdict.found("key_time", place, kid=shown)
    else:
        verdict.anchor = "signed"


def _shown(stranger: str) -> str:
    """Return a stranger's words short and without anything that moves a terminal's cursor."""
    return "".join(letter if letter.isprintable() else "�" for letter in stranger[:80])

"""Is this case file whole and unchanged, and signed by whom: read from its bytes alone, by our own strict reader.

A case file comes from a stranger: nothing in it is believed before it was compared, and nothing in it makes this
raise, hang or grow; what is found goes into the `Verdict`.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from madoguchi.record import casefile, container, keys, limits, tree
from madoguchi.record.disclosed import check_disclosures
from madoguchi.record.entry import Entry
from madoguchi.record.head import Head
from madoguchi.record.head import verify as head_holds
from madoguchi.record.members import check_members, shown, tell_intact
from madoguchi.record.seal import Seal
from madoguchi.record.verdict import Verdict

Members = dict[str, memoryview]
_TELLING = (casefile.HEADS, casefile.PAYLOADS, casefile.SEAL)  # no other zip has files of these names
Progress = Callable[[int, int], None]


def verify(data: bytes, trusted: keys.Trusted | None = None, *, progress: Progress | None = None) -> Verdict:
    """Return what is to be said of the case file ``data``.

    ``trusted`` are keys that the asker knows from elsewhere, by domain: the seal must then be made by one of them.
    ``progress(done, total)`` is told of each entry. Needs no network, no clock, no database; never raises for what
    stands in ``data``.
    """
    verdict = Verdict()
    contents = _open(data, verdict)
    if contents is None:
        return verdict
    members = {member.name: member.data for member in contents.members}
    seal, in_file = _seal(members), _keys(members)
    known = _Keys(in_file or {}, trusted)
    key = known.get(seal.kid) if seal else None
    false = bool(seal and key and not seal.verifies(key))
    check_members(contents, None if false else seal, verdict)
    for name, value in ((casefile.SEAL, seal), (casefile.KEYS, in_file)):
        if value is None:
            verdict.found("unreadable", name, about=(name,))
            verdict.spoilt.add(name)
    if seal:
        _check_signer(seal, known, verdict, false=false)
    heads = _heads(members, seal.log if seal else None, known, verdict)
    frontier, commitments, last = _entries(members, heads, verdict, progress)
    verdict.entries, verdict.head = frontier.size, frontier.root().hex()
    if seal:
        _check_seal(seal, frontier, last, verdict)
    payloads = _lines(members, casefile.PAYLOADS, limits.PAYLOAD_BYTES, verdict)
    verdict.undisclosed = check_disclosures(members, payloads, commitments, verdict)
    tell_intact(contents, verdict)
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


def _open(data: bytes, verdict: Verdict) -> container.Contents | None:
    """Return what lies in the file, or None when there is nothing that could be read."""
    if len(data) > limits.FILE_BYTES:
        verdict.found("too_large", most=limits.FILE_BYTES)
    elif container.is_ours(data):
        return _read(data)
    elif data.startswith(container.LOCAL) and any(name.encode() in data for name in _TELLING):
        verdict.found("repacked")
    else:
        verdict.found("no_case_file")
    return None


def _read(data: bytes) -> container.Contents:
    """Return what lies in the file, read so that it fits the names under the seal as far as it can."""
    contents = container.read(data, casefile.MEMBERS)
    members = {member.name: member.data for member in contents.members}
    if contents.flaws and (seal := _seal(members)):
        names = {casefile.SEAL, *(name for name, _, _ in seal.members)}
        if not members.keys() <= names:
            return container.read(data, names)
    return contents


def _seal(members: Members) -> Seal | None:
    """Return the seal, or None when there is none that can be read."""
    data = members.get(casefile.SEAL, b"")
    try:
        return Seal.read(bytes(data)) if len(data) <= limits.SEAL_BYTES else None
    except ValueError:
        return None


def _keys(members: Members) -> keys.KeySet | None:
    """Return the keys in the file, or None when they cannot be read."""
    data = members.get(casefile.KEYS, b"")
    try:
        return keys.read_set(bytes(data)) if len(data) <= limits.KEYS_BYTES else None
    except ValueError:
        return None


def _lines(members: Members, name: str, longest: int, verdict: Verdict) -> Iterator[tuple[str, bytes]]:
    """Return place and text of each line of a member; a line that is too long or cut off is told and passed over."""
    data, at, number = bytes(members.get(name, b"")), 0, 0
    while at < len(data):
        number, end = number + 1, data.find(b"\n", at)
        place = f"{name}:{number}"
        if end < 0:
            verdict.found("cut_line", place, about=(name,))
            return
        if end - at > longest:
            verdict.found("unreadable", place, about=(name,))
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
            verdict.found("unreadable", place, about=(casefile.HEADS,))
            continue
        if log is not None and head.log != log:
            verdict.found("other_log", place, about=(casefile.HEADS, casefile.SEAL))
        if head.size <= (found[-1][1].size if found else 0):
            verdict.found("head_size", place, about=(casefile.HEADS,), size=head.size)
            continue
        if found and head.time < found[-1][1].time:
            verdict.found("time_order", place, about=(casefile.HEADS,))
        key = known.get(head.kid)
        if key is None:
            verdict.found("no_key", place, about=(casefile.HEADS, casefile.KEYS), kid=shown(head.kid))
        elif not head_holds(head, key):
            verdict.found("signature", place, about=(casefile.HEADS, casefile.KEYS))
        elif not key.valid_at(head.time):
            verdict.found("key_time", place, about=(casefile.HEADS, casefile.KEYS), kid=head.kid)
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
                verdict.found("root", place_of_head, about=(casefile.LOG, casefile.HEADS), size=head.size)
            if entry and head.time < entry.time:
                verdict.found("head_time", place_of_head, about=(casefile.LOG, casefile.HEADS))
            place_of_head, head = next(waiting, ("", None))
        if progress:
            progress(frontier.size, total)
    if head:
        verdict.found("head_size", place_of_head, about=(casefile.LOG, casefile.HEADS), size=head.size)
    return frontier, commitments, last


def _entry(line: bytes, place: str, index: int, last: datetime | None, verdict: Verdict) -> Entry | None:
    try:
        entry = Entry.read(line)
    except ValueError:
        verdict.found("unreadable", place, about=(casefile.LOG,))
        return None
    if entry.index != index:
        verdict.found("index", place, about=(casefile.LOG,), expected=index, found=entry.index)
    if last and entry.time < last:
        verdict.found("time_order", place, about=(casefile.LOG,))
    return entry


def _check_signer(seal: Seal, known: _Keys, verdict: Verdict, *, false: bool) -> None:
    """Say who sealed the file: by the asker's keys when there are any, else by the key in the file.

    ``false``: the key is known, and did not make this seal.
    """
    key, place, kid = known.get(seal.kid), casefile.SEAL, shown(seal.kid)
    about = (casefile.SEAL,) if known.trusted is not None else (casefile.SEAL, casefile.KEYS)
    if false:
        verdict.found("signature", place, about=about)
        verdict.spoilt.add(casefile.SEAL)
    elif known.trusted is not None and not known.domains(seal.kid):
        verdict.found("not_among_keys", place, about=about, kid=kid)
    elif key is None:
        verdict.found("no_key", place, about=about, kid=kid)
    else:
        verdict.kid, verdict.signer, verdict.signer_known_from = seal.kid, seal.kid, "file"
        if known.trusted is not None:
            verdict.signer, verdict.signer_known_from = ", ".join(known.domains(seal.kid)), "keys"
        if not key.trusted_alone():
            verdict.found("key_revoked", place, about=about, kid=kid)
        elif not key.valid_at(seal.time):
            verdict.found("key_time", place, about=about, kid=kid)
        else:
            verdict.anchor = "signed"


def _check_seal(seal: Seal, frontier: tree.Frontier, last: datetime | None, verdict: Verdict) -> None:
    """Compare what the seal vouches for with the log; its members were compared before."""
    if (seal.size, seal.root) != (frontier.size, frontier.root()):
        verdict.found("seal_log", casefile.SEAL, about=(casefile.SEAL, casefile.LOG))
    if last and seal.time < last:
        verdict.found("head_time", casefile.SEAL, about=(casefile.SEAL, casefile.LOG))
    if len({name for name, _, _ in seal.members}) != len(seal.members):
        verdict.found("unreadable", casefile.SEAL, about=(casefile.SEAL,))

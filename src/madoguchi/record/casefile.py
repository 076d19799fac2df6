"""The case file: the whole record of one log, with what of it is disclosed, in one zip that anybody can verify."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from importlib import resources

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from madoguchi.record import container, files, keys, seal, tree
from madoguchi.record.disclosure import Disclosure
from madoguchi.record.entry import Entry
from madoguchi.record.head import Head

README, LOG, HEADS, KEYS, PAYLOADS, SEAL = (
    "README.txt",
    "log.jsonl",
    "heads.jsonl",
    "keys.json",
    "payloads.jsonl",
    "seal.json",
)
MEMBERS = (README, LOG, HEADS, KEYS, PAYLOADS, SEAL)


def write(
    *,
    log: str,
    entries: Iterable[Entry],
    heads: Iterable[Head],
    keyset: Iterable[keys.Key],
    disclosures: Iterable[Disclosure],
    documents: Mapping[tuple[int, str], bytes],
    key: Ed25519PrivateKey,
    time: datetime,
) -> bytes:
    """Return the case file of log ``log``, sealed with ``key`` (its public half is in ``keyset``) at ``time``.

    ``entries`` are all entries, ``heads`` the signed heads, ``disclosures`` the payloads to open, ``documents`` the
    contents of documents by entry and name, each named in a disclosed payload. `Problem` when it would be too large.
    Whether the parts agree is for `verify.verify` to say.
    """
    frontier, lines = tree.Frontier(), []
    for entry in entries:
        lines.append(entry.line())
        frontier = frontier.append(tree.leaf_hash(lines[-1]))
    members = {
        README: resources.files(__package__).joinpath("readme.txt").read_bytes(),
        LOG: _lines(lines),
        HEADS: _lines([head.line() for head in heads]),
        KEYS: keys.write_set(keyset),
        PAYLOADS: _lines([each.line() for each in sorted(disclosures, key=lambda each: each.order)]),
        **{files.path(index, name): data for (index, name), data in documents.items()},
    }
    bare = seal.Seal(log, frontier.size, frontier.root(), time, seal.weigh(members.items()), kid="")
    return container.write({**members, SEAL: bare.signed(key).write()})


def _lines(lines: Sequence[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)

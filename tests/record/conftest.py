"""A small case file, made as the application makes it: four entries, one destroyed, one a batch, one with a document."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from madoguchi.record import casefile, entry, files, head, keys, tree
from madoguchi.record.disclosure import Disclosure

START = datetime(2026, 11, 21, 0, 0, tzinfo=UTC)
LOG = "6f1c1f6e-8a5e-4c0e-9a70-2f6f3d6f0a11"


def a_salt(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()


@dataclass
class Case:
    """The parts of a case file before they are written, so that a test can spoil one and sign the rest anew."""

    key: Ed25519PrivateKey
    log: str = LOG
    entries: list[entry.Entry] = field(default_factory=list)
    heads: list[head.Head] = field(default_factory=list)
    keyset: list[keys.Key] = field(default_factory=list)
    disclosures: list[Disclosure] = field(default_factory=list)
    documents: dict[tuple[int, str], bytes] = field(default_factory=dict)
    time: datetime = START + timedelta(days=1)

    def append(self, kind: str, payload: dict[str, Any]) -> None:
        index = len(self.entries)
        salt = a_salt(f"salt {index}")
        time = START + timedelta(minutes=index)
        self.entries.append(entry.Entry(index, time, kind, "member:1", entry.commit(payload, salt)))
        self.disclosures.append(Disclosure(index, salt, payload))
        self.sign()

    def sign(self, *, time: datetime | None = None) -> None:
        leaves = [each.leaf() for each in self.entries]
        last = self.entries[-1].time if self.entries else START
        self.heads.append(head.sign(self.log, len(leaves), tree.root(leaves), time or last, self.key))

    def sign_all_again(self) -> None:
        """Do what somebody with the key can do: sign every size anew over the entries as they are now."""
        kept, self.entries, self.heads = self.entries, [], []
        for each in kept:
            self.entries.append(each)
            leaves = [one.leaf() for one in self.entries]
            self.heads.append(head.sign(self.log, len(leaves), tree.root(leaves), each.time, self.key))

    def write(self) -> bytes:
        return casefile.write(
            log=self.log,
            entries=self.entries,
            heads=self.heads,
            keyset=self.keyset,
            disclosures=self.disclosures,
            documents=self.documents,
            key=self.key,
            time=self.time,
        )


def build() -> Case:
    key = Ed25519PrivateKey.from_private_bytes(a_salt("key"))
    case = Case(key=key, keyset=[keys.public(key, since=START)])
    case.append("company:incident:opened", {"title": "顧客リストの流出", "known_on": "2026-11-21"})
    case.append("company:scope:run", {"people": 3})
    parts = [{"person": name} for name in ("p1", "p2", "p3")]
    commitments = [entry.commit(part, a_salt(f"part {at}")) for at, part in enumerate(parts)]
    case.append("notices:batch:queued", {"parts": entry.batch(commitments)})
    report = {"速報.pdf": b"%PDF-1.7 made up"}
    case.append("company:report:sent", {"files": files.describe(report)})
    case.documents[3, "速報.pdf"] = report["速報.pdf"]
    del case.disclosures[1]  # destroyed: the log must hold without it
    proof = entry.batch_proof(commitments, 1)
    case.disclosures.append(Disclosure(2, a_salt("part 1"), parts[1], part=1, proof=proof))
    return case


@pytest.fixture
def case() -> Case:
    """Return a case that a test may spoil."""
    return build()


@pytest.fixture(scope="session")
def whole() -> bytes:
    """Return the case file of the unspoilt case."""
    return build().write()


@pytest.fixture
def trusted(case) -> keys.Trusted:
    """Return the shop's key as the asker knows it from elsewhere."""
    return {"shop.example": {case.keyset[0].kid: case.keyset[0]}}

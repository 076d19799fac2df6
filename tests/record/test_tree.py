"""The tree against the published roots, against the definition written down naively, and against wrong proofs."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.record import tree

# The leaves and roots of the reference tests of Certificate Transparency (RFC 6962), as many implementations carry them.
LEAVES = [
    bytes.fromhex(leaf)
    for leaf in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

leaves = st.lists(st.binary(max_size=8).map(tree.leaf_hash), max_size=40)


def naive_root(hashes: list[bytes]) -> bytes:
    """MTH of RFC 9162 2.1.1, word for word."""
    if not hashes:
        return hashlib.sha256().digest()
    if len(hashes) == 1:
        return hashes[0]
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    return hashlib.sha256(b"\x01" + naive_root(hashes[:k]) + naive_root(hashes[k:])).digest()


@pytest.mark.parametrize("size", range(1, 9))
def test_the_published_roots_are_reached(size):
    assert tree.root([tree.leaf_hash(leaf) for leaf in LEAVES[:size]]).hex() == ROOTS[size - 1]


def test_the_empty_tree_has_the_hash_of_nothing():
    assert tree.root([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_the_published_inclusion_proof_is_made():
    hashes = [tree.leaf_hash(leaf) for leaf in LEAVES]
    assert [step.hex() for step in tree.inclusion_proof(hashes, 0)] == [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]


@given(leaves)
def test_the_root_is_the_one_of_the_definition(hashes):
    assert tree.root(hashes) == naive_root(hashes)


@given(leaves)
def test_a_frontier_goes_on_from_where_it_was_kept(hashes):
    frontier = tree.Frontier()
    for leaf in hashes:
        frontier = tree.Frontier.load(frontier.size, frontier.dump()).append(leaf)
    assert (frontier.size, frontier.root()) == (len(hashes), naive_root(hashes))


def test_peaks_of_another_size_are_refused():
    with pytest.raises(ValueError, match="2 peaks"):
        tree.Frontier.load(3, b"\0" * 32)


@given(leaves.filter(bool), st.data())
def test_every_leaf_proves_that_it_is_in_and_nothing_else_does(hashes, data):
    index = data.draw(st.integers(0, len(hashes) - 1))
    root, proof = tree.root(hashes), tree.inclusion_proof(hashes, index)
    assert tree.verify_inclusion(hashes[index], index, len(hashes), proof, root)
    assert not tree.verify_inclusion(tree.leaf_hash(b"another leaf"), index, len(hashes), proof, root)
    assert not tree.verify_inclusion(hashes[index], len(hashes), len(hashes), proof, root)
    assert not tree.verify_inclusion(hashes[index], index, len(hashes), [*proof, root], root)
    if proof:
        assert not tree.verify_inclusion(hashes[index], index, len(hashes), proof[:-1], root)
    wrong = data.draw(st.integers(0, len(hashes) - 1).filter(lambda other: hashes[other] != hashes[index]) | st.none())
    if wrong is not None:
        assert not tree.verify_inclusion(hashes[index], wrong, len(hashes), proof, root)


@given(leaves.filter(bool), st.data())
def test_a_tree_that_grew_proves_it_and_one_that_was_changed_cannot(hashes, data):
    first = data.draw(st.integers(1, len(hashes)))
    old, new, proof = tree.root(hashes[:first]), tree.root(hashes), tree.consistency_proof(hashes, first)
    assert tree.verify_consistency(first, len(hashes), old, new, proof)
    other = tree.root([tree.leaf_hash(b"rewritten"), *hashes[1:first]])
    if other != old:
        assert not tree.verify_consistency(first, len(hashes), other, new, proof)
    assert not tree.verify_consistency(first, len(hashes), old, new, [*proof, new])
    assert not tree.verify_consistency(0, len(hashes), old, new, proof)
    assert not tree.verify_consistency(len(hashes) + 1, len(hashes), old, new, proof)
    if proof:
        assert not tree.verify_consistency(first, len(hashes), old, new, proof[:-1])


@pytest.mark.parametrize("index", [-1, 3])
def test_there_is_no_proof_for_a_leaf_that_is_not_there(index):
    with pytest.raises(IndexError):
        tree.inclusion_proof([b"a", b"b", b"c"], index)


@pytest.mark.parametrize("first", [0, 4])
def test_there_is_no_proof_from_a_tree_that_never_was(first):
    with pytest.raises(IndexError):
        tree.consistency_proof([b"a", b"b", b"c"], first)

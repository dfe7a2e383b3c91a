"""The tree of RFC 9162: known roots, every proof that is right, and none that is wrong."""

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from depositary.register.merkle import EMPTY, Frontier, Tree, is_consistent, is_included
from tests.longer import examples

CT_LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
CT_ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
"""The reference vector of Certificate Transparency."""


def leaf(content: bytes) -> bytes:
    return sha256(b"\x00" + content).digest()


def tree(size: int) -> Tree:
    return Tree(leaf(str(number).encode()) for number in range(size))


@pytest.mark.parametrize("size", CT_ROOTS)
def test_the_reference_vector(size: int) -> None:
    frontier = Frontier()
    for content in CT_LEAVES[:size]:
        frontier.add(leaf(content))
    assert frontier.root.hex() == CT_ROOTS[size]
    assert Tree(map(leaf, CT_LEAVES)).root(size).hex() == CT_ROOTS[size]
    assert Frontier().root == Tree().root() == EMPTY


@pytest.mark.parametrize("size", range(1, 66))
def test_every_proof_of_every_small_tree_holds(size: int) -> None:
    grown = tree(size)
    frontier = Frontier()
    for index in range(size):
        own = leaf(str(index).encode())
        assert is_included(own, index, size, grown.inclusion(index, size), grown.root(size))
        frontier.add(own)
        assert frontier.root == grown.root(index + 1)
        proof = grown.consistency(index + 1, size)
        assert is_consistent(index + 1, grown.root(index + 1), size, grown.root(size), proof)
        assert Frontier(frontier.size, frontier.peaks).root == frontier.root


def mutated(proof: list[bytes], kind: str, where: int) -> list[bytes]:
    if kind == "longer":
        return [*proof, sha256(b"more").digest()]
    if not proof:
        return [EMPTY]
    where %= len(proof)
    match kind:
        case "flipped":
            changed = bytes([proof[where][0] ^ 1]) + proof[where][1:]
            return [*proof[:where], changed, *proof[where + 1 :]]
        case "shorter":
            return proof[:-1]
        case _:
            return [*proof[:where], *proof[where + 1 :], proof[where]] if len(set(proof)) > 1 else [EMPTY]


KINDS = st.sampled_from(["flipped", "shorter", "longer", "turned"])


@settings(max_examples=examples(400))
@given(st.integers(2, 70), st.integers(0, 69), KINDS, st.integers(0, 9))
def test_no_wrong_proof_is_accepted(size: int, index: int, kind: str, where: int) -> None:
    index %= size
    grown, own = tree(size), leaf(str(index).encode())
    root, proof = grown.root(), grown.inclusion(index)
    assert is_included(own, index, size, proof, root)
    wrong = mutated(proof, kind, where)
    if wrong != proof:
        assert not is_included(own, index, size, wrong, root)
    assert not is_included(own, (index + 1) % size, size, proof, root)
    assert not is_included(leaf(b"another"), index, size, proof, root)
    assert not is_included(own, index, size, proof, EMPTY)
    assert not is_included(own, size, size, proof, root)
    earlier = index + 1
    consistency, earlier_root = grown.consistency(earlier), grown.root(earlier)
    assert is_consistent(earlier, earlier_root, size, root, consistency)
    wrong = mutated(consistency, kind, where)
    if wrong != consistency:
        assert not is_consistent(earlier, earlier_root, size, root, wrong)
    assert not is_consistent(earlier, EMPTY, size, root, consistency)
    if earlier < size:
        assert not is_consistent(earlier, earlier_root, size, EMPTY, consistency)
        assert not is_consistent(size, root, earlier, earlier_root, consistency)


@pytest.mark.parametrize("ask", [lambda t: t.inclusion(4), lambda t: t.inclusion(-1), lambda t: t.consistency(0)])
def test_there_is_no_proof_of_what_is_not_there(ask: object) -> None:
    with pytest.raises(ValueError, match="no"):
        ask(tree(4))  # type: ignore[operator]
    with pytest.raises(ValueError, match="leaves"):
        tree(4).root(5)
    with pytest.raises(ValueError, match="subtrees"):
        Frontier(3, [EMPTY])

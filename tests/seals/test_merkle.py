"""The tree of the journal: against the vectors of others, and against the recursive words of RFC 6962."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rahdari.seals.merkle import (
    EMPTY,
    completed_by,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root,
    verify_consistency,
    verify_inclusion,
    verify_range,
)

VECTORS = Path(__file__).resolve().parent.parent / "vectors"
PROOFS = [json.loads(line) for line in (VECTORS / "merkle_proofs_rfc6962.jsonl").read_text(encoding="utf-8").splitlines()]
REFERENCE = json.loads((VECTORS / "merkle_reference_tree.json").read_text(encoding="utf-8"))
# Others refuse a proof from the empty tree as useless; a witness must accept it (C2SP tlog-witness: old size zero, no proof).
FROM_NOTHING = "consistency/additional/size1-is-zero-and-size2-is-not-zero.json"


class Store:
    """The nodes as a journal keeps them: grown in batches, asked through `fetch`, every question counted."""

    def __init__(self):
        self.nodes, self.size, self.questions = {}, 0, []

    def fetch(self, names):
        self.questions.append(list(names))
        return {name: self.nodes[name] for name in names}

    def append(self, leaves):
        made = completed_by(self.size, leaves, self.fetch)
        assert not {(level, index) for level, index, _ in made} & set(self.nodes)
        self.nodes |= {(level, index): value for level, index, value in made}
        self.size += len(leaves)
        return made

    @classmethod
    def of(cls, leaves):
        store = cls()
        store.append(leaves)
        store.questions.clear()
        return store


def leaves_of(size):
    return [leaf_hash(b"leaf %d" % number) for number in range(size)]


def half(size):
    power = 1
    while power * 2 < size:
        power *= 2
    return power


def naive_root(leaves):
    if not leaves:
        return EMPTY
    if len(leaves) == 1:
        return leaves[0]
    at = half(len(leaves))
    return node_hash(naive_root(leaves[:at]), naive_root(leaves[at:]))


def naive_path(index, leaves):
    if len(leaves) == 1:
        return []
    at = half(len(leaves))
    if index < at:
        return [*naive_path(index, leaves[:at]), naive_root(leaves[at:])]
    return [*naive_path(index - at, leaves[at:]), naive_root(leaves[:at])]


def naive_consistency(old, leaves, known=True):
    if old == len(leaves):
        return [] if known else [naive_root(leaves)]
    at = half(len(leaves))
    if old <= at:
        return [*naive_consistency(old, leaves[:at], known), naive_root(leaves[at:])]
    return [*naive_consistency(old - at, leaves[at:], False), naive_root(leaves[:at])]


def raw(text):
    return base64.b64decode(text)


def listed(proof):
    return [raw(one) for one in proof or ()]


@pytest.mark.parametrize("vector", [one for one in PROOFS if "treeSize" in one], ids=lambda one: one["path"])
def test_inclusion_as_others_see_it(vector):
    proof, leaf = listed(vector["proof"]), raw(vector["leafHash"])
    assert verify_inclusion(vector["leafIdx"], vector["treeSize"], leaf, proof, raw(vector["root"])) is not vector["wantErr"]


@pytest.mark.parametrize("vector", [one for one in PROOFS if "size1" in one], ids=lambda one: one["path"])
def test_consistency_as_others_see_it(vector):
    roots = raw(vector["root1"]), raw(vector["root2"])
    seen = verify_consistency(vector["size1"], vector["size2"], *roots, listed(vector["proof"]))
    assert seen is (vector["path"] == FROM_NOTHING or not vector["wantErr"])


def test_there_are_vectors_of_both_kinds_and_both_answers():
    assert {(one["wantErr"], "size1" in one) for one in PROOFS} == {(True, True), (True, False), (False, True), (False, False)}
    assert FROM_NOTHING in {one["path"] for one in PROOFS}


def test_the_reference_tree():
    store = Store()
    for size, data in enumerate(REFERENCE["leaf_inputs_hex"], start=1):
        store.append([leaf_hash(bytes.fromhex(data))])
        assert root(size, store.fetch).hex() == REFERENCE["root_hashes_hex_size_0_up"][size - 1]
    for level, hashes in enumerate(REFERENCE["node_hashes_hex_by_level"]):
        assert [store.nodes[level, index].hex() for index in range(len(hashes))] == hashes


def test_the_root_of_nothing_is_the_hash_of_nothing():
    assert EMPTY.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert root(0, Store().fetch) == EMPTY


class TestAppending:
    @given(st.lists(st.integers(0, 70), max_size=6))
    def test_batches_give_the_tree_of_single_leaves(self, sizes):
        leaves, store = leaves_of(sum(sizes)), Store()
        for size in sizes:
            store.append(leaves[store.size : store.size + size])
        single = Store()
        for leaf in leaves:
            single.append([leaf])
        assert store.nodes == single.nodes
        assert root(store.size, store.fetch) == naive_root(leaves)

    @given(st.integers(0, 600), st.integers(0, 600))
    def test_names_every_complete_subtree(self, first, more):
        store = Store.of(leaves_of(first + more))
        size, level, names = first + more, 0, set()
        while size >> level:
            names |= {(level, index) for index in range(size >> level)}
            level += 1
        assert set(store.nodes) == names

    @pytest.mark.parametrize("first", [0, 1, 63, 64, 100_000, 2**20 - 1, 2**40 - 5])
    def test_sixty_four_leaves_cost_one_question_and_about_130_nodes(self, first):
        asked = []

        def fetch(names):
            asked.append(names)
            return dict.fromkeys(names, b"\x00" * 32)

        made = completed_by(first, leaves_of(64), fetch)
        assert len(asked) <= 1
        assert sum(len(names) for names in asked) <= first.bit_length()
        assert len(made) <= 64 + 63 + first.bit_length() + 1

    def test_asks_nothing_that_is_not_joined(self):
        store = Store.of(leaves_of(7))
        store.append(leaves_of(8)[7:])
        assert store.questions == [[(0, 6), (1, 2), (2, 0)]]
        store.append([leaf_hash(b"ninth")])
        assert len(store.questions) == 1


@st.composite
def trees(draw):
    size = draw(st.integers(1, 300))
    return size, draw(st.integers(0, size - 1)), leaves_of(size)


class TestProofs:
    @given(trees())
    def test_inclusion_is_that_of_the_standard_and_holds(self, tree):
        size, index, leaves = tree
        store = Store.of(leaves)
        proof = inclusion_proof(index, size, store.fetch)
        assert proof == naive_path(index, leaves)
        assert len(store.questions) <= 1
        assert verify_inclusion(index, size, leaves[index], proof, naive_root(leaves))

    @given(trees(), st.data())
    def test_inclusion_in_an_older_tree_needs_nothing_of_the_newer(self, tree, data):
        size, index, leaves = tree
        older = data.draw(st.integers(index + 1, size))
        proof = inclusion_proof(index, older, Store.of(leaves).fetch)
        assert proof == naive_path(index, leaves[:older])

    @given(trees())
    def test_consistency_is_that_of_the_standard_and_holds(self, tree):
        new, old, leaves = tree
        store = Store.of(leaves)
        proof = consistency_proof(old, new, store.fetch)
        assert proof == (naive_consistency(old, leaves) if old else [])
        assert len(store.questions) <= 1
        assert len(proof) <= 63
        assert verify_consistency(old, new, naive_root(leaves[:old]), naive_root(leaves), proof)

    @given(trees(), st.data())
    def test_a_changed_inclusion_proof_is_seen(self, tree, data):
        size, index, leaves = tree
        proof, top = inclusion_proof(index, size, Store.of(leaves).fetch), naive_root(leaves)
        assert not verify_inclusion(index, size, leaf_hash(b"another"), proof, top)
        assert not verify_inclusion(index, size, leaves[index], [*proof, EMPTY], top)
        assert not verify_inclusion(size, size, leaves[index], proof, top)
        if proof:
            place = data.draw(st.integers(0, len(proof) - 1))
            wrong = [*proof[:place], leaf_hash(b"wrong"), *proof[place + 1 :]]
            assert not verify_inclusion(index, size, leaves[index], wrong, top)
            assert not verify_inclusion(index, size, leaves[index], proof[:-1], top)
            assert not verify_inclusion((index + 1) % size, size, leaves[index], proof, top)

    @given(trees(), st.data())
    def test_two_proofs_are_enough_for_all_that_stand_between(self, tree, data):
        size, first, leaves = tree
        end = data.draw(st.integers(first + 1, size))
        before, after = naive_path(first, leaves), naive_path(end - 1, leaves)
        top, middle = naive_root(leaves), leaves[first:end]
        assert verify_range(first, middle, size, before, after, top)
        place = data.draw(st.integers(0, len(middle) - 1))
        wrong = [*middle[:place], leaf_hash(b"wrong"), *middle[place + 1 :]]
        assert not verify_range(first, wrong, size, before, after, top)
        assert not verify_range(first, middle, size, before, after, leaf_hash(b"another root"))
        assert not verify_range(first + 1, middle, size, before, after, top)
        assert not verify_range(first, [], size, before, after, top)
        if before:
            assert not verify_range(first, middle, size, before[:-1], after, top)
            assert not verify_range(first, middle, size, before, [b"", *after[1:]], top)
        if len(middle) > 1:
            assert not verify_range(first, middle[:-1], size, before, after, top)
            assert not verify_range(first, [*middle[:-2], middle[-1], middle[-2]], size, before, after, top)

    @given(trees(), st.data())
    def test_a_changed_consistency_proof_is_seen(self, tree, data):
        new, old, leaves = tree
        proof, before, after = consistency_proof(old, new, Store.of(leaves).fetch), naive_root(leaves[:old]), naive_root(leaves)
        wrong_root = leaf_hash(b"wrong")
        assert not verify_consistency(old, new, wrong_root, after, proof)
        assert not verify_consistency(old, new, before, after, [*proof, wrong_root])
        assert old == 0 or not verify_consistency(old, new, before, wrong_root, proof)
        if proof:
            place = data.draw(st.integers(0, len(proof) - 1))
            assert not verify_consistency(old, new, before, after, [*proof[:place], wrong_root, *proof[place + 1 :]])
            assert not verify_consistency(old, new, before, after, proof[:-1])

    def test_hashes_of_another_length_are_refused(self):
        leaves = leaves_of(3)
        first, second = naive_path(0, leaves)
        shifted = [first + second[:1], second[1:]]
        assert not verify_inclusion(0, 3, leaves[0], shifted, naive_root(leaves))
        assert not verify_inclusion(0, 2, leaves[0][:31], [leaves[0][31:] + leaves[1]], naive_root(leaves[:2]))
        assert not verify_consistency(1, 2, leaves[0][:31], naive_root(leaves[:2]), [leaves[0][31:] + leaves[1]])

    def test_equal_sizes_need_equal_roots_and_no_proof(self):
        top = naive_root(leaves_of(5))
        assert consistency_proof(5, 5, Store.of(leaves_of(5)).fetch) == []
        assert verify_consistency(5, 5, top, top, [])
        assert not verify_consistency(5, 5, top, EMPTY, [])
        assert not verify_consistency(5, 5, top, top, [EMPTY])

    def test_refuse_what_the_tree_does_not_have(self):
        store = Store.of(leaves_of(5))
        for wrong in (5, -1):
            with pytest.raises(ValueError, match="no such leaf"):
                inclusion_proof(wrong, 5, store.fetch)
        for old, new in ((6, 5), (-1, 5)):
            with pytest.raises(ValueError, match="larger"):
                consistency_proof(old, new, store.fetch)
        assert not verify_consistency(6, 5, EMPTY, EMPTY, [])
        assert not verify_inclusion(-1, 5, EMPTY, [], EMPTY)

"""The tree of the journal (RFC 6962, section 2): appending, roots, and proofs.

A node is named by its level and its index there; level 0 are the leaves. Only complete subtrees have a name, so a node
once written never changes. Nothing is kept here: `fetch` is given the names that are needed and returns their hashes,
and it is called once at most, whatever the size of the tree.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

Name = tuple[int, int]
Fetch = Callable[[Sequence[Name]], Mapping[Name, bytes]]
Range = tuple[int, int]

EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def completed_by(first_index: int, leaves: Sequence[bytes], fetch: Fetch) -> list[tuple[int, int, bytes]]:
    """Every node, as (level, index, hash), that is complete once these leaf hashes stand from `first_index` on.

    The leaves themselves are among them. What is fetched are at most as many nodes as the tree has levels.
    """
    row, index, level = list(leaves), first_index, 0
    left = _fetched(_joined(first_index, len(leaves)), fetch)
    made: list[tuple[int, int, bytes]] = []
    while row:
        made += [(level, index + offset, value) for offset, value in enumerate(row)]
        if (level, index - 1) in left:
            row, index = [left[level, index - 1], *row], index - 1
        skipped = index % 2  # the node to the left is not joined now: its parent was complete before
        pairs = range(skipped, len(row) - 1, 2)
        row = [node_hash(row[place], row[place + 1]) for place in pairs]
        index, level = (index + skipped) // 2, level + 1
    return made


def _joined(size: int, more: int) -> Iterator[Name]:
    """The complete subtrees at the right edge of a tree that become a left child when `more` leaves come."""
    level = 0
    while size >> level:
        last = size >> level
        if last % 2 and (last + 1) << level <= size + more:
            yield level, last - 1
        level += 1


def root(size: int, fetch: Fetch) -> bytes:
    """The root of the first `size` leaves."""
    return _range_hashes([(0, size)], fetch)[0]


def inclusion_proof(index: int, size: int, fetch: Fetch) -> list[bytes]:
    """The audit path of a leaf in the tree of `size` leaves; `ValueError` when the tree has no such leaf."""
    if not 0 <= index < size:
        raise ValueError("no such leaf in a tree of this size")
    return _range_hashes(_path(index, 0, size), fetch)


def consistency_proof(old: int, new: int, fetch: Fetch) -> list[bytes]:
    """The proof that the tree of `new` leaves begins with the tree of `old`; empty when `old` is 0 or equal to `new`.

    `ValueError` when `old` is the larger.
    """
    if not 0 <= old <= new:
        raise ValueError("the old tree is larger than the new one")
    if old in (0, new):
        return []
    low, high, beside = 0, new, list[Range]()
    while old != high:
        half = low + _split(high - low)
        if old <= half:
            beside.append((half, high))
            high = half
        else:
            beside.append((low, half))
            low = half
    whole = [] if low == 0 else [(low, high)]  # the old root itself is known to the reader of the proof
    return _range_hashes([*whole, *reversed(beside)], fetch)


def _path(index: int, low: int, high: int) -> list[Range]:
    """The ranges beside the way from a leaf to the root, nearest the leaf first."""
    beside = []
    while high - low > 1:
        half = low + _split(high - low)
        if index < half:
            beside.append((half, high))
            high = half
        else:
            beside.append((low, half))
            low = half
    return beside[::-1]


def _split(size: int) -> int:
    """The largest power of two below a size of 2 or more."""
    return 1 << ((size - 1).bit_length() - 1)


def _pieces(low: int, high: int) -> list[Name]:
    """The complete subtrees of a range, the largest first; its beginning is a multiple of every one of them."""
    names = []
    while low < high:
        level = (high - low).bit_length() - 1
        names.append((level, low >> level))
        low += 1 << level
    return names


def _range_hashes(ranges: Sequence[Range], fetch: Fetch) -> list[bytes]:
    pieces = [_pieces(low, high) for low, high in ranges]
    held = _fetched((name for names in pieces for name in names), fetch)
    return [_folded([held[name] for name in names]) for names in pieces]


def _folded(hashes: list[bytes]) -> bytes:
    if not hashes:
        return EMPTY
    value = hashes[-1]
    for left in reversed(hashes[:-1]):
        value = node_hash(left, value)
    return value


def _fetched(names: Iterable[Name], fetch: Fetch) -> Mapping[Name, bytes]:
    wanted = list(names)
    return fetch(wanted) if wanted else {}


def verify_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof leads from a leaf hash at `index` to the root of a tree of `size` leaves."""
    if not 0 <= index < size or not _are_hashes(leaf, *proof):
        return False
    value, place, last = leaf, index, size - 1
    for beside in proof:
        if last == 0:
            return False
        value = node_hash(beside, value) if _is_right(place, last) else node_hash(value, beside)
        place, last = _up(place, last)
    return last == 0 and value == root


def verify_range(
    first: int, leaves: Sequence[bytes], size: int, before: Sequence[bytes], after: Sequence[bytes], root: bytes
) -> bool:
    """Whether these leaf hashes stand side by side from `first` on in the tree of `size` leaves with this root.

    `before` and `after` are the inclusion proofs of the first and of the last of them. They are enough for all: what lies to
    the left is beside the way from the first, what lies to the right beside the way from the last, the rest are the leaves.
    """
    end, beside = first + len(leaves), dict[Range, bytes]()
    if not (leaves and first >= 0 and end <= size and _are_hashes(*leaves, *before, *after)):
        return False
    for index, proof in ((first, before), (end - 1, after)):
        path = _path(index, 0, size)
        if len(path) != len(proof):
            return False
        beside.update(zip(path, proof, strict=True))

    def hash_of(low: int, high: int) -> bytes:
        if high <= first or end <= low:
            return beside[low, high]
        if high - low == 1:
            return leaves[low - first]
        half = low + _split(high - low)
        return node_hash(hash_of(low, half), hash_of(half, high))

    return hash_of(0, size) == root


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that the tree of `new` leaves begins with the tree of `old` leaves.

    Every tree begins with the empty one; that needs no proof, and a proof offered for it is refused (C2SP tlog-witness).
    """
    if not 0 <= old <= new:
        return False
    if old == new:
        return not proof and old_root == new_root and (old > 0 or old_root == EMPTY)
    if old == 0:
        return not proof and old_root == EMPTY
    opens_with_root = old & (old - 1) == 0  # the old tree is one complete subtree
    steps = [old_root, *proof] if opens_with_root else list(proof)
    return _are_hashes(*steps) and _lead_to(old, new, old_root, new_root, steps)


def _lead_to(old: int, new: int, old_root: bytes, new_root: bytes, steps: Sequence[bytes]) -> bool:
    if not steps:
        return False
    place, last = old - 1, new - 1
    while place % 2:
        place, last = place >> 1, last >> 1
    before = after = steps[0]
    for beside in steps[1:]:
        if last == 0:
            return False
        if _is_right(place, last):
            before, after = node_hash(beside, before), node_hash(beside, after)
        else:
            after = node_hash(after, beside)
        place, last = _up(place, last)
    return last == 0 and before == old_root and after == new_root


def _is_right(place: int, last: int) -> bool:
    return bool(place % 2) or place == last


def _up(place: int, last: int) -> Name:
    """The parent of a node; a node alone at the right edge first rises to where it has a neighbour."""
    if place == last:
        while place and not place % 2:
            place, last = place >> 1, last >> 1
    return place >> 1, last >> 1


def _are_hashes(*values: bytes) -> bool:
    # Two values of 31 and 33 bytes would hash like two of 32.
    return all(len(value) == 32 for value in values)

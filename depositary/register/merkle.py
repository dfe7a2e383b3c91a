"""The Merkle tree over the entries (RFC 9162, section 2): roots, inclusion and consistency proofs, their checking.

Hashes are SHA-256, as bytes. A leaf is the entry's digest, already hashed over its zero byte.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256

EMPTY = sha256(b"").digest()

HASH = 32
"""The number of bytes of a hash. A shorter value, such as an empty one, is no leaf and no root."""


def node(left: bytes, right: bytes) -> bytes:
    """The hash of a node over its two children."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """The growing right edge of a tree: enough to add leaves and to tell the root, and no more.

    `peaks` are the roots of the full subtrees, from the largest to the smallest; their sizes are the binary digits
    of `size`.
    """

    def __init__(self, size: int = 0, peaks: Sequence[bytes] = ()) -> None:
        if len(peaks) != size.bit_count():
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} full subtrees, not {len(peaks)}")
        self.size = size
        self.peaks = list(peaks)

    def add(self, leaf: bytes) -> None:
        size, peaks = self.size, self.peaks
        while size & 1:
            leaf = sha256(b"\x01" + peaks.pop() + leaf).digest()
            size >>= 1
        peaks.append(leaf)
        self.size += 1

    @property
    def root(self) -> bytes:
        """The tree head's root hash."""
        if not self.peaks:
            return EMPTY
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node(peak, root)
        return root


class Tree:
    """A whole tree that grows, for proofs: the roots of all its full subtrees, by their height."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self._levels: list[list[bytes]] = [[]]
        for leaf in leaves:
            self.add(leaf)

    def __len__(self) -> int:
        return len(self._levels[0])

    def add(self, leaf: bytes) -> None:
        height = 0
        self._levels[0].append(leaf)
        while len(self._levels[height]) % 2 == 0:
            *_, left, right = self._levels[height]
            height += 1
            if height == len(self._levels):
                self._levels.append([])
            self._levels[height].append(node(left, right))

    def root(self, size: int | None = None) -> bytes:
        """The root of the tree of the first `size` leaves, of all by default."""
        size = len(self) if size is None else size
        if not 0 <= size <= len(self):
            raise ValueError(f"there are {len(self)} leaves, not {size}")
        return self._root(0, size) if size else EMPTY

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """The path from a leaf, counted from 0, to the root of the tree of the first `size` leaves (2.1.3.1)."""
        size = len(self) if size is None else size
        if not 0 <= index < size <= len(self):
            raise ValueError(f"there is no leaf {index} in a tree of {size}")
        path, start = list[bytes](), 0
        while size > 1:
            split = _split(size)
            if index < split:
                path.append(self._root(start + split, size - split))
                size = split
            else:
                path.append(self._root(start, split))
                start, index, size = start + split, index - split, size - split
        return path[::-1]

    def consistency(self, earlier: int, size: int | None = None) -> list[bytes]:
        """The proof that the tree of the first `earlier` leaves begins that of the first `size` leaves (2.1.4.1)."""
        size = len(self) if size is None else size
        if not 0 < earlier <= size <= len(self):
            raise ValueError(f"no tree of {earlier} leaves is the beginning of one of {size}")
        path, start, whole = list[bytes](), 0, True
        while earlier != size:
            split = _split(size)
            if earlier <= split:
                path.append(self._root(start + split, size - split))
                size = split
            else:
                path.append(self._root(start, split))
                start, earlier, size, whole = start + split, earlier - split, size - split, False
        return path[::-1] if whole else [self._root(start, size), *path[::-1]]

    def _root(self, start: int, size: int) -> bytes:
        height = size.bit_length() - 1
        if size == 1 << height:
            return self._levels[height][start >> height]
        split = _split(size)
        return node(self._root(start, split), self._root(start + split, size - split))


def _split(size: int) -> int:
    """The largest power of two smaller than `size`."""
    return 1 << ((size - 1).bit_length() - 1)


def is_included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether a proof shows that the leaf stands at `index` in the tree of that size and root (2.1.3.2)."""
    if not 0 <= index < size or len(leaf) != HASH:
        return False
    first, last, found = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if first & 1 or first == last:
            found = node(step, found)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            found = node(found, step)
        first, last = first >> 1, last >> 1
    return last == 0 and found == root


def is_consistent(earlier: int, earlier_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether a proof shows that the earlier tree is the beginning of the later one (2.1.4.2)."""
    if not 0 < earlier <= size or len(root) != HASH:
        return False
    if earlier == size:
        return not proof and earlier_root == root
    steps = list(proof)
    if earlier & (earlier - 1) == 0:
        steps.insert(0, earlier_root)
    if not steps:
        return False
    first, last = earlier - 1, size - 1
    while first & 1:
        first, last = first >> 1, last >> 1
    found_earlier = found = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if first & 1 or first == last:
            found_earlier, found = node(step, found_earlier), node(step, found)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            found = node(found, step)
        first, last = first >> 1, last >> 1
    return last == 0 and found_earlier == earlier_root and found == root

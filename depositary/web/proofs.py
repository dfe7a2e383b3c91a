"""Proofs for everybody: the signed head, and that an entry or an earlier register is part of it."""

from threading import Lock
from typing import Any, Protocol

from depositary.register.heads import Head, SigningKey
from depositary.register.merkle import Tree
from depositary.web.query import Unanswerable


class ProvenRegister(Protocol):
    """The register, as the proofs ask it."""

    def head(self, size: int | None = None) -> Head | None: ...

    def signing_keys(self) -> list[SigningKey]: ...

    def content(self, number: int) -> tuple[str, str] | None: ...

    def digests(self, size: int | None = None) -> list[bytes]: ...


class Proofs:
    """Proofs of a register that grows. Each digest is read once."""

    def __init__(self, register: ProvenRegister | None) -> None:
        self._register = register
        self._tree = Tree()
        self._lock = Lock()

    def head(self) -> dict[str, Any]:
        """The signed head, with the keys that signed and vouched."""
        head, register = self._last()
        keys = [
            {
                "key": one.name,
                "public_key": one.public,
                "since": one.since,
                "vouched_by": one.vouched_by or None,
                "voucher": one.voucher or None,
            }
            for one in register.signing_keys()
        ]
        return {**head.told(), "keys": keys}

    def inclusion(self, number: str) -> dict[str, Any]:
        """The proof that an entry is in the tree of the signed head. Raises Unanswerable for a missing entry."""
        head, register = self._last()
        known = register.content(int(number)) if number.isascii() and number.isdigit() and len(number) < 10 else None
        if known is None or int(number) > head.size:
            raise Unanswerable(404, "no-such-entry", number[:40])
        content, digest = known
        path = self._grown(register, head.size).inclusion(int(number) - 1, head.size)
        return {
            "entry": int(number),
            "content": content,
            "leaf": digest,
            "index": int(number) - 1,
            "path": [step.hex() for step in path],
            "head": head.told(),
        }

    def consistency(self, earlier: str) -> dict[str, Any]:
        """The proof that the register of an earlier size is the beginning of the present register."""
        head, register = self._last()
        size = int(earlier) if earlier.isascii() and earlier.isdigit() and len(earlier) < 10 else 0
        if not 0 < size <= head.size:
            raise Unanswerable(404, "no-such-entry", earlier[:40])
        tree = self._grown(register, head.size)
        path = tree.consistency(size, head.size)
        return {
            "earlier": size,
            "earlier_root": tree.root(size).hex(),
            "path": [step.hex() for step in path],
            "head": head.told(),
        }

    def _last(self) -> tuple[Head, ProvenRegister]:
        head = self._register.head() if self._register else None
        if self._register is None or head is None:
            raise Unanswerable(404, "no-head")
        return head, self._register

    def _grown(self, register: ProvenRegister, size: int) -> Tree:
        with self._lock:
            if len(self._tree) < size:
                for digest in register.digests(size)[len(self._tree) :]:
                    self._tree.add(digest)
            return self._tree

"""Keys that are made and renewed by many at once: none that sealed something is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from depositary.register.seal import Seal

WORKERS = 8


def test_keys_renewed_at_once_lose_none_while_others_seal(
    tmp_path: Path, many: Callable[[int], int], injected: Callable[..., None]
) -> None:
    turns, together = many(40), Barrier(WORKERS)
    Seal(tmp_path).seal("the first")

    def work(number: int) -> list[tuple[str, str]]:
        """Every second worker renews the key before it seals."""
        seal, done = Seal(tmp_path), []
        together.wait()
        for turn in range(turns):
            if number % 2:
                seal.renew()
                injected()
            done.append((f"{number} {turn}", seal.seal(f"{number} {turn}")))
        return done

    with ThreadPoolExecutor(WORKERS) as pool:
        sealed = [pair for found in pool.map(work, range(WORKERS)) for pair in found]
    assert [Seal(tmp_path).open(kept) for _, kept in sealed] == [secret for secret, _ in sealed]
    assert len(set(Seal(tmp_path).keys())) == 1 + WORKERS // 2 * turns

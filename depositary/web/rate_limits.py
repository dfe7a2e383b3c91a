"""How often somebody may try a password or a code. It is asked before anything is hashed."""

from ipaddress import ip_address, ip_network

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

FOR_ONE = RateLimitItemPerMinute(5)
FOR_A_NETWORK = RateLimitItemPerMinute(20)


class Throttle:
    """Counts the tries of a minute by account and network and by network, and the tries of a secret by the secret."""

    def __init__(self) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    def allows(self, address: str, name: str) -> bool:
        """Whether one more try of a name is allowed from an address, which counts as one; "" where a passkey names one.

        Nobody in another network shuts the owner of an account out.
        """
        network = network_of(address)
        allows_one = not name or self._limiter.hit(FOR_ONE, network, name[:40])
        return self._limiter.hit(FOR_A_NETWORK, network) and allows_one

    def allows_with(self, secret: str) -> bool:
        """Whether one more try is allowed to who holds a secret, as the token of a session; it counts as one.

        Only who holds the secret uses these tries up, from wherever they are made.
        """
        return self._limiter.hit(FOR_ONE, "secret", secret)


def network_of(address: str) -> str:
    """The network of an address: its first 24 bits, or 64 of an address of IPv6."""
    try:
        is_long = ip_address(address).version == 6
    except ValueError:
        return address
    return str(ip_network(f"{address}/{64 if is_long else 24}", strict=False))

"""How often a sign-in may be tried. The limit is checked before a password is hashed."""

from ipaddress import ip_address, ip_network

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

FOR_ONE = RateLimitItemPerMinute(5)
FOR_A_NETWORK = RateLimitItemPerMinute(20)


class Throttle:
    """Counts tries by account and network, and by network. A stranger elsewhere cannot lock out an account's owner."""

    def __init__(self) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    def allows(self, address: str, name: str) -> bool:
        """Whether one more try is allowed, which counts as one."""
        network = network_of(address)
        by_account = self._limiter.hit(FOR_ONE, network, name[:40])
        return self._limiter.hit(FOR_A_NETWORK, network) and by_account


def network_of(address: str) -> str:
    """The network of an address: its first 24 bits, or the first 64 bits of an IPv6 address."""
    try:
        long = ip_address(address).version == 6
    except ValueError:
        return address
    return str(ip_network(f"{address}/{64 if long else 24}", strict=False))

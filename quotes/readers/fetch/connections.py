"""Connections that can be cut off at any moment, and that lead to no private network."""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from quotes.readers.inputs.reader_errors import PrivateAddress

#: The sockets that this thread has open, so that a request can be cut off whatever it is waiting for.
_open = threading.local()


@contextmanager
def cut_off(seconds: float, late: threading.Event) -> Iterator[None]:
    """End every connection that is opened within the block when it takes longer than `seconds`: a server that sends a byte now and then
    would otherwise never be too late for any single read."""
    sockets: list[socket.socket] = []
    _open.sockets = sockets

    def cut() -> None:
        late.set()
        for each in sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        _open.sockets = []


def _connected(host: str, port: int, timeout: float | None, allow_private: bool) -> socket.socket:
    """A socket to the first of the host's addresses that answers; raises PrivateAddress when all lie in private networks.

    What is checked is what is connected to: a name that is looked up twice may lead elsewhere the second time.
    """
    refused: OSError = OSError("the host has no address")
    for *_, address in socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM):
        if not allow_private and not is_public(str(address[0])):
            refused = PrivateAddress(str(address[0]))
            continue
        try:
            connection = socket.create_connection((str(address[0]), port), timeout)
        except OSError as error:
            refused = error
            continue
        getattr(_open, "sockets", []).append(connection)
        return connection
    raise refused


#: What leads from IPv6 to the address of IPv4 that it ends in, where a network speaks IPv6 alone (NAT64).
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")
_GLOBAL = ipaddress.IPv6Network("2000::/3")
#: What the second half of an address begins with that leads to one of IPv4 (ISATAP).
_ISATAP = (b"\0\0\x5e\xfe", b"\2\0\x5e\xfe")


def is_public(address: str) -> bool:
    """Whether an IP address, as text, lies on the public internet.

    Of the forms of IPv6 that lead to IPv4, and so perhaps into one's own network, only NAT64 is in use; the others are refused.
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found in _TRANSLATED:
            return is_public(str(ipaddress.IPv4Address(found.packed[12:])))
        if found not in _GLOBAL or found.sixtofour or found.teredo or found.packed[8:12] in _ISATAP:
            return False
    return found.is_global and not found.is_multicast


def pool(allow_private: bool) -> Any:
    """A pool of connections (urllib3) that refuses hosts in private networks, unless they are allowed."""
    import urllib3
    from urllib3.connection import HTTPConnection, HTTPSConnection

    def new_connection(self: Any) -> socket.socket:
        return _connected(self._dns_host, self.port, self.timeout, allow_private)

    class Plain(HTTPConnection):
        _new_conn = new_connection

    class Secure(HTTPSConnection):
        _new_conn = new_connection

    class PlainPool(urllib3.HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(urllib3.HTTPSConnectionPool):
        ConnectionCls = Secure

    manager = urllib3.PoolManager(num_pools=20)
    manager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}
    return manager

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
    refused: OSError | None = None
    for family, kind, protocol, _, address in socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM):
        if not allow_private and not is_public(str(address[0])):
            refused = refused or PrivateAddress(str(address[0]))
            continue
        connection = socket.socket(family, kind, protocol)
        try:
            connection.settimeout(timeout)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.connect(address)
        except OSError as error:
            connection.close()
            refused = error
            continue
        getattr(_open, "sockets", []).append(connection)
        return connection
    raise refused or OSError("the host has no address")


#: Networks of IPv6 whose addresses end in one of IPv4, to which they lead: translators (NAT64, SIIT), and forms of old.
_ENDING_IN_IPV4 = tuple(ipaddress.IPv6Network(each) for each in ("64:ff9b::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "::/96"))
#: What a translator within one's own network uses, and addresses of one site.
_LOCAL = tuple(ipaddress.IPv6Network(each) for each in ("64:ff9b:1::/48", "fec0::/10"))


def is_public(address: str) -> bool:
    """Whether an IP address, as text, lies on the public internet, and each address of IPv4 to which it leads as well."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv4Address):
        return found.is_global and not found.is_multicast
    if any(found in network for network in _LOCAL):
        return False
    if found.sixtofour is not None:
        return is_public(str(found.sixtofour))
    last = str(ipaddress.IPv4Address(found.packed[12:]))
    if any(found in network for network in _ENDING_IN_IPV4):
        return is_public(last)
    if found.packed[8:12] in (b"\0\0\x5e\xfe", b"\2\0\x5e\xfe") and not is_public(last):  # ISATAP
        return False
    return found.is_global and not found.is_multicast and found.teredo is None


def pool(allow_private: bool) -> Any:
    """A pool of connections (urllib3) that refuses hosts in private networks, unless they are allowed."""
    import urllib3
    from urllib3.connection import HTTPConnection, HTTPSConnection

    def new_connection(self: Any) -> socket.socket:
        timeout = self.timeout if isinstance(self.timeout, int | float) else None
        try:
            return _connected(self._dns_host, self.port, timeout, allow_private)
        except socket.gaierror as error:
            raise urllib3.exceptions.NameResolutionError(self.host, self, error) from error
        except TimeoutError as error:
            raise urllib3.exceptions.ConnectTimeoutError(self, str(error)) from error
        except OSError as error:
            raise urllib3.exceptions.NewConnectionError(self, str(error)) from error

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

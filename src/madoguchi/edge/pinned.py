"""A connection to the one IP address that was checked, under the name that was asked for, and over by a fixed moment."""

import ssl
from collections.abc import Callable, Iterable
from typing import Any

import httpcore


class PinnedNetwork(httpcore.NetworkBackend):
    """Connects to one address, whatever host is named: there is no second look-up that could answer otherwise.

    ``left`` tells the seconds that are left for all that happens on the connection; a server that sends a byte now and
    then cannot stretch them. The name stays in ``Host``, in TLS (SNI) and in the check of the certificate.
    """

    def __init__(self, address: str, left: Callable[[], float]) -> None:
        """Keep the address and the clock."""
        self._address, self._left, self._inner = address, left, httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,  # noqa: ARG002 - the name was resolved and checked before
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the address."""
        seconds = _seconds(timeout, self._left(), httpcore.ConnectTimeout)
        stream = self._inner.connect_tcp(self._address, port, seconds, local_address, socket_options)
        return _Timed(stream, self._left)


class _Timed(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream, left: Callable[[], float]) -> None:
        self._inner, self._left = inner, left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _seconds(timeout, self._left(), httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _seconds(timeout, self._left(), httpcore.WriteTimeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        seconds = _seconds(timeout, self._left(), httpcore.ConnectTimeout)
        return _Timed(self._inner.start_tls(ssl_context, server_hostname, seconds), self._left)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _seconds(timeout: float | None, left: float, over: type[httpcore.TimeoutException]) -> float:
    if left <= 0:
        raise over("the time for this page is over")
    return left if timeout is None else min(timeout, left)

"""Who may ask at all: from which address, under which name, and what a reverse proxy may say about a request."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from tornado.httputil import HTTPServerRequest

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Gate:
    """Stands in front of every address of the server.

    Attributes
    ----------
    names : tuple of str
        Names under which the server is asked for, besides this computer's own. A page elsewhere that points its name
        at this server (DNS rebinding) knows none of them.
    any_number : bool
        Whether an IP address will do for a name: nobody can point an address elsewhere.
    proxies : tuple of networks
        Where a reverse proxy may ask from. Where there are any, nobody else is answered, and only what they say in
        ``X-Forwarded-For`` and ``X-Forwarded-Proto`` counts.
    watched : str
        An address that this computer itself may always ask for, past the proxy: is the server well?
    """

    names: tuple[str, ...] = ()
    any_number: bool = False
    proxies: tuple[Network, ...] = ()
    watched: str = ""

    def refuses(self, request: HTTPServerRequest) -> str | None:
        """Why this request is not answered (``name`` or ``proxy``); None where it is."""
        if self.proxies and not self.from_proxy(request):
            peer = _address(request.remote_ip)
            if not (peer and peer.is_loopback and request.path == self.watched):
                return "proxy"
        return None if self._knows(request.host_name) else "name"

    def from_proxy(self, request: HTTPServerRequest) -> bool:
        """Whether the other end of the line is the proxy; what the request says of itself does not matter."""
        peer = _address(request.remote_ip)
        return peer is not None and self._is_proxy(peer)

    def scheme(self, request: HTTPServerRequest) -> str:
        """``https`` where the reader's browser came that far encrypted, else ``http``."""
        said = request.headers.get("X-Forwarded-Proto", "") if self.from_proxy(request) else ""
        return said.split(",")[-1].strip().lower() or request.protocol

    def client(self, request: HTTPServerRequest) -> str:
        """The address of the reader: what the proxy saw, else the other end of the line."""
        if self.from_proxy(request):
            for said in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
                seen = _address(said.strip())
                if seen is None:
                    break
                if not self._is_proxy(seen):
                    return str(seen)
        return request.remote_ip or ""

    def _knows(self, name: str) -> bool:
        number = _address(name.strip("[]"))
        if number is not None:
            return number.is_loopback or self.any_number or str(number) in self.names
        return name.lower() in ("localhost", *self.names)

    def _is_proxy(self, address: Address) -> bool:
        return any(address in network for network in self.proxies)


def _address(said: str) -> Address | None:
    try:
        found = ipaddress.ip_address(said)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found

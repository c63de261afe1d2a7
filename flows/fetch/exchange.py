"""One exchange as a whole: request, answer, body within limits, and a fixed word for what fails."""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http.client import HTTPException, LineTooLong
from urllib.request import getproxies

import requests
from requests.utils import select_proxy, should_bypass_proxies
from urllib3.exceptions import (
    HTTPError,
    IncompleteRead,
    InvalidChunkLength,
    ProtocolError,
    ReadTimeoutError,
)

from extractors.text import clean
from flows.fetch.addresses import ForbiddenAddressError
from flows.fetch.decode import ACCEPTED, CutOffError, TooLargeError, UndecodableError, decoded
from flows.fetch.model import FetchError, Reply
from flows.fetch.transport import OverLimitError, Transport

_MAX_HEADERS = 128 * 1024  # bytes; browsers stop at 256 KB, servers send one or two
_CHUNK = 64 * 1024
_WHOLE = (200, 404, 410)  # the statuses whose bodies are kept
_MOST_OF_OTHERS = 256 * 1024  # bytes: enough to tell what an answer is that is no page
_ACCEPT = (
    "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,"
    "application/feed+json,application/xml;q=0.9,*/*;q=0.8"
)


@dataclass(frozen=True)
class Limits:
    """What one exchange may take: bytes of body, packed and unpacked, and seconds.

    With ``cut`` a longer body is cut off there instead of refused.
    """

    size: int
    seconds: float
    cut: bool = False


def prepare(url: str, headers: Mapping[str, str]) -> requests.PreparedRequest:
    """Return the request for an address; raises :class:`FetchError` if it is none."""
    try:
        request = requests.Request("GET", url.strip()).prepare()
        # what the address carries is the caller's to send, and only to whom it was meant for
        request.headers.clear()
        request.headers.update({"Accept": _ACCEPT, "Accept-Encoding": ACCEPTED, **headers})
    except (ValueError, UnicodeError) as error:
        raise FetchError("unsupported", f"is no address: {_words(error)}") from None
    if not str(request.url).lower().startswith(("http://", "https://")):
        raise FetchError("unsupported", "is not http or https")
    return request


class Proxies:
    """The proxies that the environment names (HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY)."""

    def __init__(self) -> None:
        self._found = getproxies()

    def of(self, url: str) -> str | None:
        """Return the proxy for an address, or None."""
        if not self._found or should_bypass_proxies(url, no_proxy=None):
            return None
        return select_proxy(url, self._found) or None


def exchange(
    transport: Transport, request: requests.PreparedRequest, proxy: str | None, limits: Limits
) -> Reply:
    """Send ``request`` and return the whole answer. Raises :class:`FetchError`."""
    if proxy and "://" in proxy and not proxy.lower().startswith(("http://", "https://")):
        raise FetchError("unsupported", "is to be asked by a proxy that is neither http nor https")
    transport.meter.start(limits.seconds, _MAX_HEADERS)
    in_body = False
    try:
        with transport.send(request, proxy) as response:
            in_body = True
            raw = response.raw
            headers = tuple((str(name), str(value)) for name, value in raw.headers.items())
            if response.status_code not in _WHOLE:
                limits = replace(limits, size=min(limits.size, _MOST_OF_OTHERS), cut=True)
            announced = response.headers.get("Content-Length", "")
            if not limits.cut and announced.isdigit() and int(announced[:18]) > limits.size:
                raise TooLargeError
            # chunks have headers of their own
            transport.meter.bytes_left = 2 * limits.size + _MAX_HEADERS
            packed, cut = _body(raw.stream(_CHUNK, decode_content=False), limits)
        encodings = [value for name, value in headers if name.lower() == "content-encoding"]
        return Reply(
            str(request.url),
            response.status_code,
            str(response.reason or ""),
            headers,
            decoded(packed, encodings, limits.size, partial=cut or limits.cut),
            datetime.now(UTC),
            dict(request.headers),
        )
    except (OverLimitError, TooLargeError):
        what, size = ("is", limits.size) if in_body else ("has headers", _MAX_HEADERS)
        raise FetchError("too-large", f"{what} larger than {size:,} bytes") from None
    except ForbiddenAddressError as error:
        raise FetchError("forbidden-address", f"is not asked: {error}") from None
    except UndecodableError as error:
        raise FetchError("damaged", f"can't be unpacked: {error}") from None
    except CutOffError:
        raise FetchError("truncated-answer", "broke off in the midst", again=True) from None
    # urllib3, http.client and idna have errors of their own, which requests lets through
    except (requests.RequestException, HTTPError, HTTPException, OSError, ValueError) as error:
        raise _failure(error, in_body=in_body) from None


def _body(chunks: Iterator[bytes], limits: Limits) -> tuple[bytes, bool]:
    """Return a body, and whether it was cut off."""
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > limits.size:
            if limits.cut:
                return bytes(body[: limits.size]), True
            raise TooLargeError
    return bytes(body), False


def _failure(error: Exception, *, in_body: bool) -> FetchError:
    """Return what an error of requests, urllib3 or the system means."""
    chain = list(_chain(error))

    def has(*kinds: type[BaseException]) -> bool:
        return any(isinstance(e, kinds) for e in chain)

    if has(ssl.SSLCertVerificationError):
        (why, *_) = (e for e in chain if isinstance(e, ssl.SSLCertVerificationError))
        return FetchError("certificate", f"has a certificate that does not hold: {_words(why)}")
    if has(TimeoutError, ReadTimeoutError, requests.Timeout):
        return FetchError("timeout", "did not answer in time; it is tried again next time")
    if has(LineTooLong) or any("more than 100 headers" in str(e) for e in chain):
        return FetchError("too-large", "has more or longer headers than any page needs")
    if in_body and has(IncompleteRead, InvalidChunkLength, ProtocolError):
        return FetchError("truncated-answer", "broke off in the midst", again=True)
    broke = has(ConnectionResetError, BrokenPipeError)  # RemoteDisconnected is one
    message = f"can't be reached: {_words(chain[-1])}; check the address"
    return FetchError("unreachable", message, again=broke)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and those that it wraps: requests and urllib3 wrap it twice."""
    todo: list[BaseException] = [error]
    seen: list[BaseException] = []
    while todo:
        one = todo.pop(0)
        if one not in seen:
            seen.append(one)
            yield one
            inner = (getattr(one, "reason", None), *one.args, one.__cause__ or one.__context__)
            todo += [e for e in inner if isinstance(e, BaseException)]


def _words(error: BaseException) -> str:
    return clean(str(error))[:300] or type(error).__name__

"""Sends with requests: by the session's own `send`, with its adapters, proxies and certificates, and nothing else of it."""

from __future__ import annotations

import ssl
import sys
from collections.abc import Iterator
from typing import Any

from ._content import CHUNK_BYTES, Content, Exchange, Limits
from ._enrollkit import Call


def prepare(call: Call[Any], client: Any, limits: Limits) -> Exchange:
    """All that can be wrong before something is sent; then what sends, and whether nothing can have left when that failed."""
    requests: Any = sys.modules["requests"]
    own = client is requests
    session = requests.Session() if own else client
    # Not `session.prepare_request`: that adds the session's headers, cookies and credentials, and those of a .netrc.
    headers = {**call.headers, "Accept-Encoding": "identity"}
    prepared = requests.Request(call.method, call.url, headers=headers, data=call.body).prepare()
    settings = session.merge_environment_settings(prepared.url, {}, True, None, None)
    settings["stream"] = True
    once = _Once(session, call.url)

    def exchange() -> tuple[int, Any, bytes]:
        try:
            reply = once.session.send(prepared, timeout=limits.left(), allow_redirects=False, **settings)
            try:
                return reply.status_code, list(reply.headers.items()), _content(reply, limits)
            finally:
                # A reply that a test made by hand may have no stream.
                if reply.raw is not None:
                    reply.close()
        finally:
            if own:
                session.close()

    return exchange, once.nothing_left


class _Once:
    """The same session, with the same pools, that sends once, follows nothing and keeps no cookie."""

    def __init__(self, session: Any, url: str) -> None:
        self.url = url
        self.session = _twin(session)
        self.session.cookies = sys.modules["requests"].cookies.RequestsCookieJar()
        self.session.resolve_redirects = _resolves_nothing
        self.session.adapters = session.adapters.__class__((prefix, self._adapter(one)) for prefix, one in session.adapters.items())
        self.attempts = 0

    def _adapter(self, adapter: Any) -> Any:
        retries = getattr(adapter, "max_retries", None)
        if retries is None:
            return adapter
        once = _twin(adapter)
        once.max_retries = retries.__class__(0, read=False)
        add_headers: Any = once.add_headers

        def counted(*args: Any, **options: Any) -> Any:
            # The last that an adapter does before it connects.
            self.attempts += 1
            return add_headers(*args, **options)

        once.add_headers = counted
        return once

    def nothing_left(self, error: BaseException) -> bool:
        """Whether no byte of the request can have left for the service: only for requests' own way to send, tried at most once."""
        requests: Any = sys.modules["requests"]
        urllib3: Any = sys.modules["urllib3"]
        try:
            own = isinstance(self.session.get_adapter(self.url), requests.adapters.HTTPAdapter)
        except requests.exceptions.InvalidSchema:
            # Nothing of the session's can send it at all.
            return self.attempts == 0
        tried_once = own and self.attempts <= 1
        return tried_once and any(_says_so(one, requests.exceptions, urllib3.exceptions) for one in _reasons(error))


def _twin(of: Any) -> Any:
    """An object of the same class that shares what the other has, but takes attributes of its own."""
    twin: Any = object.__new__(of.__class__)
    twin.__dict__.update(of.__dict__)
    return twin


def _resolves_nothing(*_: Any, **__: Any) -> Iterator[Any]:
    """Requests' own reads the whole body of a redirect, however long, to say where it leads."""
    return iter(())


def _says_so(error: BaseException, requests: Any, urllib3: Any) -> bool:
    """Whether this can only be raised before a request begins. A `ProxyError` is no such thing: a proxy may have passed it on."""
    before = (
        requests.ConnectTimeout,
        requests.InvalidURL,
        requests.InvalidSchema,
        urllib3.NewConnectionError,
        urllib3.ConnectTimeoutError,
        ssl.SSLCertVerificationError,
    )
    # What Python's own HTTP says of a proxy's refusal, and requests of certificates, has no class of its own.
    texts = ("Tunnel connection failed: ", "Could not find ")
    return isinstance(error, before) or (type(error) is OSError and str(error).startswith(texts))


def _reasons(error: BaseException) -> Iterator[BaseException]:
    """An error of requests, and what urllib3 gave as the reason for it."""
    found: Any = error
    while isinstance(found, BaseException):
        yield found
        inner = [getattr(found, "reason", None), getattr(found, "original_error", None), *found.args]
        found = next((one for one in inner if isinstance(one, BaseException)), None)


def _content(reply: Any, limits: Limits) -> bytes:
    # A hook of the session may have read it already.
    raw = None if getattr(reply, "_content_consumed", False) is True else reply.raw
    # urllib3's since 2; what else there is waits until it has all that it was asked for, however slowly that comes.
    read1 = getattr(raw, "read1", None)
    content = Content(limits, reply.headers)
    while raw is not None:
        chunk = read1(CHUNK_BYTES, decode_content=False) if read1 else raw.read(1024, decode_content=False)
        if not isinstance(chunk, bytes):
            break
        if not chunk or not content.add(chunk):
            return content.whole()
    # Made by hand, in a test: there is a content, and no stream.
    return limits.cut(reply.content)

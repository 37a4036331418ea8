"""The Lambda Runtime API: what a function's process asks for work and tells its results."""

from __future__ import annotations

import json
import queue
import sys
import threading
import time
import uuid
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PREFIX = "/2018-06-01/runtime/"


@dataclass
class Invocation:
    """One event for the function, and, once it has answered, what it said."""

    function_arn: str
    payload: bytes
    timeout: float
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    result: bytes = b""
    failed: bool = False
    done: threading.Event = field(default_factory=threading.Event)

    def finish(self, result: bytes, failed: bool) -> None:
        self.result, self.failed = result, failed
        self.done.set()

    def fail(self, error_type: str, message: str) -> None:
        self.finish(json.dumps({"errorType": error_type, "errorMessage": message}).encode(), failed=True)


class RuntimeApi:
    """A Runtime API server on a free loopback port, for one process of one function."""

    def __init__(self) -> None:
        self._waiting: queue.Queue[Invocation | None] = queue.Queue()
        self._open: dict[str, Invocation] = {}
        self.init_error: bytes | None = None
        self._server = Server(("127.0.0.1", 0), self._handler())
        self.address = f"127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.1,), daemon=True).start()

    def offer(self, invocation: Invocation) -> None:
        self._open[invocation.id] = invocation
        self._waiting.put(invocation)

    def close(self) -> None:
        self._waiting.put(None)
        self._server.shutdown()
        self._server.server_close()

    def next(self) -> Invocation | None:
        return self._waiting.get()

    def finish(self, request_id: str, result: bytes, failed: bool) -> bool:
        invocation = self._open.pop(request_id, None)
        if invocation:
            invocation.finish(result, failed)
        return invocation is not None

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        return type("BoundHandler", (Handler,), {"api": self})


class Server(ThreadingHTTPServer):
    """Serves one process, and says nothing when that is killed in mid-sentence."""

    daemon_threads = True

    def handle_error(self, *where: Any) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(*where)


class Handler(BaseHTTPRequestHandler):
    """The four paths of the Runtime API."""

    api: RuntimeApi
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # headers and body in one write: otherwise each answer waits for an acknowledgement

    def do_GET(self) -> None:
        invocation = self.api.next() if self.path == PREFIX + "invocation/next" else None
        if invocation is None:
            self._send(410, {}, b"{}")
            return
        self._send(
            200,
            {
                "Content-Type": "application/json",
                "Lambda-Runtime-Aws-Request-Id": invocation.id,
                "Lambda-Runtime-Deadline-Ms": str(int((time.time() + invocation.timeout) * 1000)),
                "Lambda-Runtime-Invoked-Function-Arn": invocation.function_arn,
                "Lambda-Runtime-Trace-Id": "Root=1-00000000-000000000000000000000000;Sampled=0",
            },
            invocation.payload,
        )

    def do_POST(self) -> None:
        body = self._body()
        if self.path == PREFIX + "init/error":
            self.api.init_error = body
            self._send(202, {}, b"{}")
            return
        request_id, _, kind = self.path.removeprefix(PREFIX + "invocation/").partition("/")
        known = kind in ("response", "error") and self.api.finish(request_id, body, kind == "error")
        self._send(202 if known else 404, {}, b"{}")

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        chunks = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        while self.rfile.readline().strip():  # trailers, then an empty line
            pass
        return b"".join(chunks)

    def _send(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """The journal is the log."""

"""The HTTP server: loopback only, a thread per connection."""

from __future__ import annotations

import os
import signal
import sys
import threading

from moto.moto_server.werkzeug_app import MotoRequestHandler
from werkzeug.serving import BaseWSGIServer, make_server

from . import gateway, invocations

HOST = "127.0.0.1"


class Handler(MotoRequestHandler):
    """Closes the connection when a fault drops it, and says nothing: the journal is the log."""

    def connection_dropped(self, *_: object) -> None:
        self.close_connection = True

    def log(self, *_: object) -> None:
        pass


def serve(port: int, parent_pid: int | None) -> None:
    """Serve until SIGTERM, SIGINT, or the end of the parent process."""
    server = make_server(HOST, port, gateway.application, threaded=True, request_handler=Handler)
    server.daemon_threads = True
    endpoint = f"http://{HOST}:{server.port}"
    invocations.start(endpoint)
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    print(f"local AWS ready on {endpoint}", flush=True)
    _wait(stop, parent_pid)
    _shut_down(server)


def _wait(stop: threading.Event, parent_pid: int | None) -> None:
    while not stop.wait(0.5):
        if parent_pid is not None and not _alive(parent_pid):
            return


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _shut_down(server: BaseWSGIServer) -> None:
    invocations.stop_all()
    server.shutdown()
    sys.stdout.flush()
    os._exit(0)  # a thread that still serves a call would hold the process

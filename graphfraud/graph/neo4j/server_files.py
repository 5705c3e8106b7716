"""What a Neo4j server of one's own is made of: Java, the jars, a configuration, a password.

The jars are the Maven artifacts of Neo4j Community, fetched once for every workspace of a user.
"""

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from importlib.resources import as_file, files
from pathlib import Path

from graphfraud.errors import StoreError
from graphfraud.progress import Progress, silent
from graphfraud.settings import JARS_VARIABLE, PASSWORD_VARIABLE, URI_VARIABLE, USER_VARIABLE

VERSION = "5.26.31"
HOST = "127.0.0.1"
FETCHING = "fetching Neo4j"
WITHOUT = (
    "Or run Neo4j in Docker (docker run --publish=127.0.0.1:7687:7687 "
    "--env NEO4J_AUTH=neo4j/a-password-of-yours neo4j:5.26-community) or use a server there is; "
    f"set {URI_VARIABLE}, {USER_VARIABLE} and {PASSWORD_VARIABLE} for either."
)
_JAVA_VERSIONS = (17, 21)
_NEEDED_JARS = (f"neo4j-{VERSION}.jar", f"neo4j-server-{VERSION}.jar")
_FETCH_SECONDS = 1800.0
_FIRST_LINES = 3
_LAST_LINES = 12
_NOISE = re.compile(r"\s*$|\s+at [\w.$/]+\(|\s+\.\.\. \d+ more")
HEAP = ("-Xms512m", "-Xmx2g")
_OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
OPTIONS = (  # as Neo4j's own start script gives them
    *HEAP,
    "-XX:+UseG1GC",
    "-XX:-OmitStackTraceInFastThrow",
    "-XX:+UnlockExperimentalVMOptions",
    "-XX:+TrustFinalNonStaticFields",
    "-XX:+DisableExplicitGC",
    "-Djdk.nio.maxCachedBufferSize=1024",
    "-Dio.netty.tryReflectionSetAccessible=true",
    *(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPENED),
    "-Dlog4j2.disable.jmx=true",
    "-Dlog4j.layout.jsonTemplate.maxStringLength=32768",
    "-Dfile.encoding=UTF-8",
)


def library_folder() -> Path:
    """Return where the jars are kept: $GRAPHFRAUD_NEO4J_LIB, else in the user's cache."""
    given = os.environ.get(JARS_VARIABLE)
    return Path(given) if given else _cache_folder() / "graphfraud" / f"neo4j-{VERSION}"


def _cache_folder() -> Path:
    """Return the folder this system keeps a user's caches in."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def is_complete(library: Path) -> bool:
    """Return whether `library` holds the jars of this version."""
    return all((library / name).is_file() for name in _NEEDED_JARS)


def fetch_library(library: Path, progress: Progress = silent) -> None:
    """Fetch the jars into `library` with Maven; nothing where they are there already.

    The folder appears under its name only when it is complete. StoreError where Java or Maven is
    missing, where Maven fails, or where the folder holds something else.
    """
    if is_complete(library):
        return
    java()
    maven = _maven()
    _check_is_free(library)
    progress(FETCHING, 0, None)
    library.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="neo4j-", dir=library.parent) as folder:
        jars = Path(folder) / "jars"
        _copy_jars(maven, jars)
        _put_in_place(jars, library)
    count = sum(1 for _ in library.glob("*.jar"))
    progress(FETCHING, count, count)


def _check_is_free(library: Path) -> None:
    if library.exists() and (not library.is_dir() or any(library.iterdir())):
        raise StoreError(
            f"{library} is there, but does not hold the jars of Neo4j {VERSION}.",
            hint=f"Empty it, or set {JARS_VARIABLE} to another folder.",
        )


def _copy_jars(maven: str, jars: Path) -> None:
    with as_file(files("graphfraud.graph.neo4j").joinpath("recipe/pom.xml")) as recipe:
        command = [maven, "--batch-mode", "--quiet", "--strict-checksums", "--file", str(recipe)]
        command += ["dependency:copy-dependencies", "-DincludeScope=runtime"]
        outcome = run([*command, f"-DoutputDirectory={jars}"], seconds=_FETCH_SECONDS)
    if outcome.returncode != 0 or not is_complete(jars):
        raise StoreError(
            f"Maven could not fetch Neo4j {VERSION}:\n{gist(outcome.stdout)}",
            hint=f"See that Maven reaches its repository, and try again. {WITHOUT}",
        )


def _put_in_place(jars: Path, library: Path) -> None:
    try:
        if library.is_dir():
            library.rmdir()  # empty; Windows renames onto nothing that is there
        jars.rename(library)
    except OSError as error:
        if not is_complete(library):  # else another process was faster, with the same jars
            raise StoreError(
                f"The jars of Neo4j cannot be kept in {library}: {error.strerror}.",
                hint=f"Set {JARS_VARIABLE} to a folder you may write to.",
            ) from error


def java() -> str:
    """Return the Java to run with: of $JAVA_HOME, else on the path; StoreError if none fits."""
    home = os.environ.get("JAVA_HOME")
    found = (home and shutil.which("java", path=str(Path(home) / "bin"))) or shutil.which("java")
    wanted = " or ".join(map(str, _JAVA_VERSIONS))
    hint = f"Install Java {wanted}, or point JAVA_HOME at it. {WITHOUT}"
    if found is None:
        raise StoreError(f"Neo4j {VERSION} needs Java {wanted}; there is no Java here.", hint=hint)
    said = run([found, "-version"], seconds=60).stdout
    version = re.search(r'version "(\d+)', said)
    if version is None or int(version[1]) not in _JAVA_VERSIONS:
        is_version = f"is Java {version[1]}" if version else "does not tell its version"
        raise StoreError(f"Neo4j {VERSION} needs Java {wanted}; {found} {is_version}.", hint=hint)
    return found


def _maven() -> str:
    found = shutil.which("mvn")
    if found is None:
        raise StoreError(
            f"Fetching Neo4j {VERSION} needs Maven; there is no mvn here.",
            hint=f"Install Maven 3.8 or newer. {WITHOUT}",
        )
    return found


def run(
    command: Sequence[str],
    *,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    seconds: float | None = None,
) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end; `stdout` holds all it said. StoreError where it cannot run."""
    try:
        return subprocess.run(  # noqa: S603 - java and mvn with arguments of our own, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            cwd=folder,
            encoding="utf-8",
            env=environment,
            errors="replace",
            timeout=seconds,
        )
    except subprocess.TimeoutExpired as error:
        raise StoreError(f"{command[0]} did not end within {seconds:.0f} seconds.") from error
    except OSError as error:
        raise StoreError(f"{command[0]} cannot be run: {error.strerror}.") from error


def clean_environment(more: Mapping[str, str]) -> dict[str, str]:
    """Return the environment without what is meant for another Neo4j (its password!), and `more`.

    >>> clean_environment({"NEO4J_HOME": "here"})["NEO4J_HOME"]
    'here'
    """
    kept = {name: text for name, text in os.environ.items() if not name.startswith("NEO4J_")}
    return kept | dict(more)


def write_configuration(home: Path, port: int) -> None:
    """Make the folders of a server and write its configuration: loopback and `port` only."""
    for name in ("conf", "data", "import", "logs", "plugins", "run"):
        (home / name).mkdir(parents=True, exist_ok=True)
    recipe = files("graphfraud.graph.neo4j").joinpath("recipe/neo4j.conf")
    lines = [recipe.read_text(encoding="utf-8").rstrip()]
    lines += [f"server.bolt.{which}_address=127.0.0.1:{port}" for which in ("listen", "advertised")]
    (home / "conf" / "neo4j.conf").write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_secret(path: Path, text: str) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    unfinished = path.with_name(f"{path.name}.new")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="ascii") as stream:  # noqa: PTH123 - a Path opens no descriptor
        stream.write(text)
    unfinished.replace(path)


def new_password() -> str:
    """Return a random password: letters and digits, which need no quoting anywhere."""
    return secrets.token_hex(16)


def gist(text: str) -> str:
    r"""Return the first and the last lines of what a program said, without stack traces.

    Java's tools complain first and explain their usage then; servers end with what went wrong.

    >>> gist("one\n\n\tat org.neo4j.Main(Main.java:1)\ntwo").splitlines()
    ['one', 'two']
    """
    lines = [line for line in text.splitlines() if not _NOISE.match(line)]
    if len(lines) > _FIRST_LINES + _LAST_LINES:
        lines[_FIRST_LINES:-_LAST_LINES] = ["…"]
    return "\n".join(lines)


def free_port() -> int:
    """Return a port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port


def check_port(port: int) -> None:
    """Raise StoreError where a program listens on `port` already."""
    with socket.socket() as probe:
        taken = probe.connect_ex((HOST, port)) == 0
    if taken:
        raise StoreError(
            f"Port {port} is taken by another program.",
            hint="End it, or start this server on another port.",
        )

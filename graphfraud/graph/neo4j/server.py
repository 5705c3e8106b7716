"""A Neo4j server of one's own, on this machine only, for whoever has none: LocalServer.

Neo4j Community runs from its Maven artifacts under the user's Java. It listens on loopback with a
password made here; whatever it keeps lies under one folder, and one server at a time runs on it.

The password lives in home/password (readable by its owner only). Neo4j's admin tool takes a first
password from its arguments alone, which every user of a machine can list; so Java reads them from
a file that is gone a second later.
"""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from graphfraud.errors import StoreError
from graphfraud.graph.neo4j import server_files
from graphfraud.graph.neo4j.connection import Connection
from graphfraud.graph.neo4j.credentials import DEFAULT_USER, Server
from graphfraud.progress import Progress, silent
from graphfraud.workspace.locks import try_lock

BOLT_PORT = 7687
_START_SECONDS = 300.0  # a server that was killed first repairs itself
_STOP_SECONDS = 60.0
_GLANCE_SECONDS = 0.1
_ADMIN_TOOL = "org.neo4j.cli.AdminTool"


class LocalServer:
    """Runs Neo4j Community on a folder; a context manager that starts it and stops it."""

    def __init__(self, home: Path, *, library: Path | None = None, port: int = BOLT_PORT) -> None:
        """Name the places; nothing is made or started yet.

        home: what the server keeps, data and password too.
        library: its jars, else where `server_files.library_folder` keeps them.
        port: where it will answer; 0 takes one that is free now.
        """
        self.home = home.absolute()
        self.library = (library or server_files.library_folder()).absolute()
        self.port = port or server_files.free_port()
        self.user = DEFAULT_USER
        self.uri = f"bolt://{server_files.HOST}:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None
        self._lock: int | None = None

    def __enter__(self) -> Self:
        """Start the server."""
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Stop the server."""
        self.stop()

    @property
    def running(self) -> bool:
        """Whether the server that was started here is alive."""
        return self._process is not None and self._process.poll() is None

    @property
    def password(self) -> str:
        """The password, made by `prepare`; StoreError before that."""
        try:
            return self._password_file.read_text(encoding="ascii")
        except FileNotFoundError as error:
            raise StoreError(f"There is no Neo4j server in {self.home} yet.") from error

    @property
    def login(self) -> Server:
        """Where to connect, and as whom."""
        return Server(self.uri, self.user, self.password)

    def fetch(self, progress: Progress = silent) -> None:
        """Fetch the server's jars where they are not there yet; StoreError where that fails."""
        server_files.fetch_library(self.library, progress)

    def prepare(self) -> None:
        """Make the folder ready for a first start: configuration and password; safe to repeat."""
        with self._alone():
            self._prepare()

    def start(self, progress: Progress = silent) -> None:
        """Start the server and wait until it answers.

        StoreError where one runs on this folder already, the port is taken, or it does not start:
        then with the last lines of its log.
        """
        if not self.running:
            self._release()
        self._claim()
        try:
            self.fetch(progress)
            self._prepare()
            self._launch()
            self._wait_for_answer(progress)
        except BaseException:
            self.kill()
            raise

    def stop(self) -> None:
        """End the server in good order, and wait for it; nothing where it does not run.

        Windows knows no gentle end for another program: there it is killed, which Neo4j survives.
        """
        if self._process is not None and self.running:
            self._process.terminate()
            try:
                self._process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
        self._reap()

    def kill(self) -> None:
        """End the server at once, as a power cut would; what was committed is kept."""
        if self._process is not None and self.running:
            self._process.kill()
        self._reap()

    def admin(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run Neo4j's admin tool on the stopped server, e.g. `admin("database", "import", …)`.

        `stdout` of what it returns holds all it said; StoreError with the end of it where it fails.
        """
        with self._alone():
            self._prepare()
            return self._admin(_ADMIN_TOOL, *arguments)

    @property
    def _password_file(self) -> Path:
        return self.home / "password"

    @property
    def _process_file(self) -> Path:
        return self.home / "server.pid"

    def _prepare(self) -> None:
        server_files.write_configuration(self.home, self.port)
        begun = (self.home / "data" / "databases" / "system").exists()
        if not self._password_file.exists():
            if begun:
                raise StoreError(
                    f"{self.home} holds a Neo4j server, but its password file is gone.",
                    hint=f"Put {self._password_file} back, or remove {self.home} and fill it anew.",
                )
            server_files.write_secret(self._password_file, server_files.new_password())
        if not begun and not (self.home / "data" / "dbms" / "auth.ini").exists():
            self._hand_over_password()

    def _hand_over_password(self) -> None:
        arguments = self.home / "arguments"
        command = f"{_ADMIN_TOOL} dbms set-initial-password {self.password}\n"
        server_files.write_secret(arguments, command)
        try:
            self._admin(f"@{arguments}")
        finally:
            arguments.unlink()

    def _admin(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        places = {"NEO4J_HOME": str(self.home), "NEO4J_CONF": str(self.home / "conf")}
        command = [
            server_files.java(),
            *server_files.HEAP,
            "-Dfile.encoding=UTF-8",
            "-cp",
            self._jars,
        ]
        outcome = server_files.run(
            [*command, *arguments],
            environment=server_files.clean_environment(places),
            folder=self.home,
        )
        if outcome.returncode != 0:
            said = server_files.gist(outcome.stdout)
            raise StoreError(f"Neo4j's admin tool failed on {self.home}:\n{said}")
        return outcome

    @property
    def _jars(self) -> str:
        return str(self.library / "*")

    @property
    def _console(self) -> Path:
        return self.home / "logs" / "console.log"

    def _launch(self) -> None:
        server_files.check_port(self.port)
        path = os.pathsep.join([str(self.home / "plugins" / "*"), self._jars])
        command = [server_files.java(), *server_files.OPTIONS, "-cp", path]
        command += ["org.neo4j.server.CommunityEntryPoint", f"--home-dir={self.home}"]
        command += [f"--config-dir={self.home / 'conf'}", "--console-mode"]
        # The server holds the lock as well: it stays locked where we die and the server does not.
        held = (self._lock,) if self._lock is not None and os.name == "posix" else ()
        with self._console.open("wb") as console:
            self._process = subprocess.Popen(  # noqa: S603 - java with arguments of our own, no shell
                command,
                stdin=subprocess.DEVNULL,
                stdout=console,
                stderr=subprocess.STDOUT,
                cwd=self.home,
                env=server_files.clean_environment({}),
                pass_fds=held,
                # Ctrl-C is for us: we end the server when we are ready to.
                start_new_session=os.name == "posix",
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
        self._process_file.write_text(f"{self._process.pid}\n", encoding="ascii")

    def _wait_for_answer(self, progress: Progress) -> None:
        begun = time.monotonic()
        while not self._answers():
            waited = time.monotonic() - begun
            if not self.running or waited > _START_SECONDS:
                raise self._did_not_start()
            progress("starting Neo4j", int(waited), None)
            time.sleep(_GLANCE_SECONDS)

    def _answers(self) -> bool:
        with socket.socket() as probe:
            if probe.connect_ex((server_files.HOST, self.port)) != 0:
                return False
        try:
            Connection(self.login).close()
        except StoreError:  # it listens before it is ready
            return False
        return True

    def _did_not_start(self) -> StoreError:
        said = server_files.gist(self._console.read_text(encoding="utf-8", errors="replace"))
        return StoreError(f"Neo4j did not start on {self.home}:\n{said}")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self._claim()
        try:
            yield
        finally:
            self._release()

    def _claim(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        held = None if self._lock is not None else try_lock(self.home / "server.lock")
        if held is None:
            raise self._in_use()
        self._lock = held
        self._process_file.unlink(missing_ok=True)  # of a server that is dead: the lock was free

    def _in_use(self) -> StoreError:
        try:
            number = self._process_file.read_text(encoding="ascii").strip()
        except OSError:
            return StoreError(f"{self.home} is in use by another process.", hint="Wait for it.")
        return StoreError(
            f"A Neo4j server runs on {self.home} already (process {number}).",
            hint="Use that one, or end it first.",
        )

    def _reap(self) -> None:
        if self._process is not None:
            self._process.wait()
            self._process = None
        self._release()

    def _release(self) -> None:
        if self._lock is not None:
            self._process_file.unlink(missing_ok=True)
            os.close(self._lock)
            self._lock = None

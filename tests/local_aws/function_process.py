"""A function's real process: the bootstrap of the uploaded zip, kept warm between invocations."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
import zipfile
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from moto.awslambda.models import LambdaFunction

from . import rights, unpacked
from .actions import Right
from .call import function_access_key
from .lock import LOCK
from .runtime_api import Invocation, RuntimeApi

POLL = 0.02  # how often a silent process is looked at


class FunctionProcess:
    """One process with the code and configuration that the function had when it was started."""

    def __init__(self, function: LambdaFunction, endpoint: str):
        self._function = function
        self.made_from = fingerprint(function)
        self._api = RuntimeApi()
        self._output = tempfile.TemporaryFile("ab+", buffering=0)  # noqa: SIM115 (closed by stop)
        self._shown = 0
        self._stream = datetime.now(timezone.utc).strftime("%Y/%m/%d/[$LATEST]") + os.urandom(16).hex()
        self._process: subprocess.Popen | None = None
        self._start_error: str | None = None
        self._start(endpoint)

    def invoke(self, payload: bytes) -> Invocation:
        """Run one invocation to its end: the result, an error, a crash or the timeout."""
        invocation = Invocation(self._function.function_arn, payload, float(self._function.timeout))
        if self._process is None:
            invocation.fail(
                "Runtime.InvalidEntrypoint", f"RequestId: {invocation.id} Error: {self._start_error}"
            )
        else:
            self._api.offer(invocation)
            self._wait(invocation)
        self._keep_log()
        return invocation

    @property
    def usable(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        return self._process.pid if self._process else 0

    def kill(self) -> None:
        """End the process at once; an invocation that it was running fails."""
        if self.usable:
            self._process.kill()
            self._process.wait()

    def stop(self) -> None:
        """Kill the process and tidy up; nothing may be running."""
        self.kill()
        self._api.close()
        self._keep_log()
        self._output.close()

    def _start(self, endpoint: str) -> None:
        try:
            task_root = unpacked.folder(self._function.code_sha_256, self._function.code_bytes)
            self._process = subprocess.Popen(
                [str(task_root / "bootstrap")],
                cwd=task_root,
                env=self._environment(endpoint, task_root),
                stdin=subprocess.DEVNULL,
                stdout=self._output,
                stderr=self._output,
                start_new_session=True,
            )
        except (OSError, zipfile.BadZipFile) as error:
            reason = error.strerror.lower() if isinstance(error, OSError) and error.strerror else str(error)
            self._start_error = f"fork/exec /var/task/bootstrap: {reason}"

    def _wait(self, invocation: Invocation) -> None:
        deadline = time.monotonic() + invocation.timeout
        while not invocation.done.wait(POLL):
            if self._process.poll() is not None:
                # The result may have come just before the process ended.
                if not invocation.done.is_set():
                    self._report_exit(invocation)
            elif time.monotonic() > deadline:
                self.kill()
                message = f"{invocation.id} Task timed out after {invocation.timeout:.2f} seconds"
                invocation.fail("Sandbox.Timedout", f"RequestId: {message}")

    def _report_exit(self, invocation: Invocation) -> None:
        if self._api.init_error:
            invocation.finish(self._api.init_error, failed=True)
            return
        code = self._process.returncode
        how = f"exit status {code}" if code >= 0 else f"signal: {-code}"
        invocation.fail(
            "Runtime.ExitError", f"RequestId: {invocation.id} Error: Runtime exited with error: {how}"
        )

    def _environment(self, endpoint: str, task_root: Path) -> dict[str, str]:
        function = self._function
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "LANG": "en_US.UTF-8",
            "TZ": ":UTC",
            **{name: str(value) for name, value in (function.environment_vars or {}).items()},
            "AWS_ENDPOINT_URL": endpoint,
            "AWS_EC2_METADATA_DISABLED": "true",  # a function has no business outside this machine
            "AWS_LAMBDA_RUNTIME_API": self._api.address,
            "AWS_LAMBDA_FUNCTION_NAME": function.function_name,
            "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory_size),
            "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
            **log_settings(function),
            "AWS_LAMBDA_LOG_GROUP_NAME": function.logs_group_name,
            "AWS_LAMBDA_LOG_STREAM_NAME": self._stream,
            "AWS_EXECUTION_ENV": f"AWS_Lambda_{function.run_time}",
            "AWS_REGION": function.region,
            "AWS_DEFAULT_REGION": function.region,
            "AWS_ACCESS_KEY_ID": function_access_key(function.account_id),
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_SESSION_TOKEN": function.role,  # a token says whose session it is
            "_HANDLER": function.handler or "",
            "LAMBDA_TASK_ROOT": str(task_root),
        }

    def _keep_log(self) -> None:
        """Move what the process wrote since the last time to CloudWatch Logs, if the log group exists."""
        size = os.fstat(self._output.fileno()).st_size
        # Seeking would move where the process writes: they share the file's position.
        written = os.pread(self._output.fileno(), size - self._shown, self._shown)
        self._shown += len(written)
        lines = written.decode("utf-8", "replace").splitlines()
        with LOCK:
            logs = self._function.logs_backend
            if not lines or not self._may_log() or self._function.logs_group_name not in logs.groups:
                return
            now = int(datetime.now(timezone.utc).timestamp() * 1000)
            logs.ensure_log_stream(self._function.logs_group_name, self._stream)
            logs.put_log_events(
                self._function.logs_group_name,
                self._stream,
                [{"timestamp": now, "message": line} for line in lines],
            )

    def _may_log(self) -> bool:
        function = self._function
        stream = f"log-group:{function.logs_group_name}:log-stream:{self._stream}"
        arn = f"{function.function_arn.rpartition(':function:')[0]}:{stream}".replace(":lambda:", ":logs:", 1)
        actions = ("logs:CreateLogStream", "logs:PutLogEvents")
        return all([rights.may(function.role, Right(action, arn)) for action in actions])


def log_settings(function: LambdaFunction) -> dict[str, str]:
    """How Lambda tells a function what its log is to be like; of a level it speaks where lines are JSON."""
    config = getattr(function, "logging_config", None) or {}
    settings = {"AWS_LAMBDA_LOG_FORMAT": config.get("LogFormat", "Text")}
    if settings["AWS_LAMBDA_LOG_FORMAT"] == "JSON":
        settings["AWS_LAMBDA_LOG_LEVEL"] = config.get("ApplicationLogLevel", "INFO")
    return settings


def fingerprint(function: LambdaFunction) -> tuple[Any, ...]:
    """Changes when the function's next invocation needs a new process."""
    environment = tuple(sorted((function.environment_vars or {}).items()))
    return (
        id(function),
        function.code_sha_256,
        function.handler,
        function.run_time,
        function.memory_size,
        function.timeout,
        function.role,
        environment,
        *log_settings(function).values(),
    )

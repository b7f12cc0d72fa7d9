"""Find a Chromium for the browser tests, and get one where there is none.

    .venv/bin/python tools/find_browser.py

Prints the path of the browser. What is tried goes to stderr.
"""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

SYSTEM_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OS_RELEASE = Path("/etc/os-release")
PLAYWRIGHT = (sys.executable, "-m", "playwright")
PLAYWRIGHT_PATH = (
    sys.executable,
    "-c",
    "from playwright.sync_api import sync_playwright as start\n"
    "with start() as playwright: print(playwright.chromium.executable_path)",
)
START_SECONDS = 30
PLAYWRIGHT_SECONDS = 180
APT_SECONDS = 600


class BrowserError(Exception):
    """There is no browser; the message is for the person at the terminal."""


def find_browser() -> str:
    """Return the path of a browser that starts, installing one if there is none."""
    named = os.environ.get("PV_BROWSER")
    if named:
        # Whoever names a browser wants that one: another in its place would hide the mistake.
        path = shutil.which(named)
        if path is None:
            raise BrowserError(f"PV_BROWSER is {named!r}, and there is no such program.")
        if not _starts(path):
            raise BrowserError(f"PV_BROWSER is {named!r}, and that does not start.")
        return path
    return (
        _system_browser()
        or _playwright_browser()
        or _install_with_playwright()
        or _install_with_apt()
        or _give_up()
    )


def _system_browser() -> str | None:
    for name in SYSTEM_BROWSERS:
        path = shutil.which(name)
        if path is None:
            continue
        if _starts(path):  # some systems have a stand-in that only says what to install
            return path
        _log(f"{path} does not start")
    _log(f"none of these is on PATH and starts: {', '.join(SYSTEM_BROWSERS)}")
    return None


def _playwright_browser() -> str | None:
    code, output = _run(PLAYWRIGHT_PATH, START_SECONDS)
    path = output.strip()
    if code == 0 and Path(path).is_file() and _starts(path):
        return path
    _log("Playwright has no browser of its own yet")
    return None


def _install_with_playwright() -> str | None:
    command = (*PLAYWRIGHT, "install", "chromium")
    _log(f"trying: {shlex.join(command)}")
    code, output = _run(command, PLAYWRIGHT_SECONDS)
    if code == 0:
        return _playwright_browser()
    _log(f"that failed: {_reason(output)}")
    return None


def _install_with_apt() -> str | None:
    if not _is_debian() or os.geteuid() != 0:
        _log("apt-get is not tried: this is not a Debian run by root")
        return None
    for command in (
        ("apt-get", "update"),
        ("apt-get", "install", "-y", "--no-install-recommends", "chromium"),
    ):
        _log(f"trying: {shlex.join(command)}")
        code, output = _run(command, APT_SECONDS)
        if code:
            _log(f"that failed: {_reason(output)}")
            return None
    return _system_browser()


def _give_up() -> str:
    raise BrowserError(
        "There is no browser for the browser tests: install Chromium or Google Chrome, "
        "or set PV_BROWSER to the path of one."
    )


def _is_debian() -> bool:
    try:
        lines = OS_RELEASE.read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    values = dict(line.split("=", 1) for line in lines if "=" in line)
    names = [values.get("ID", ""), *values.get("ID_LIKE", "").strip("\"'").split()]
    return "debian" in (name.strip("\"'") for name in names)


def _starts(path: str) -> bool:
    code, _ = _run((path, "--version"), START_SECONDS)
    return code == 0


def _run(command: tuple[str, ...], seconds: float) -> tuple[int, str]:
    """Return the exit code and the output; not starting or not ending in time is a failure."""
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
            start_new_session=True,
        )
    except OSError as error:
        return 127, str(error)
    try:
        output, _ = process.communicate(timeout=seconds)
    except BaseException as error:
        os.killpg(process.pid, signal.SIGKILL)  # its children too: a download runs in one
        process.communicate()
        if isinstance(error, subprocess.TimeoutExpired):
            return 124, f"not done after {seconds:g} s"
        raise
    return process.returncode, output


def _reason(output: str) -> str:
    """Return the line that says most: the first that calls itself an error, else the last one."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith(("E:", "Error:"))]
    return (errors or lines[-1:] or ["no message"])[0]


def _log(text: str) -> None:
    print(f"find_browser: {text}", file=sys.stderr, flush=True)


def main() -> int:
    try:
        print(find_browser())
    except BrowserError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())

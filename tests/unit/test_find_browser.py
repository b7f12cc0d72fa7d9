"""The finder of a browser, with scripts in place of the programs that it calls."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tools import find_browser as finder

Script = Callable[..., Path]


@pytest.fixture
def bin_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH with nothing on it but the shell's own commands, on a system that is no Debian."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("PV_BROWSER", raising=False)
    release = tmp_path / "os-release"
    release.write_text('ID=fedora\nID_LIKE="rhel centos"\n')
    monkeypatch.setattr(finder, "OS_RELEASE", release)
    monkeypatch.setattr(finder, "PLAYWRIGHT", (str(folder / "playwright"),))
    monkeypatch.setattr(finder, "PLAYWRIGHT_PATH", (str(folder / "playwright-path"),))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    return folder


@pytest.fixture
def script(bin_dir: Path) -> Script:
    def write(name: str, body: str = "exit 0") -> Path:
        path = bin_dir / name
        path.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\nHERE='{bin_dir}'\n{body}\n")
        path.chmod(0o755)
        return path

    return write


INSTALLS_CHROMIUM = """
echo "$0 $*" >> "$HERE/calls"
case "$*" in *install*)
    printf '#!/bin/sh\\nexit 0\\n' > "$HERE/{made}"
    chmod 755 "$HERE/{made}" ;;
esac
"""


def calls(bin_dir: Path) -> str:
    path = bin_dir / "calls"
    return path.read_text() if path.exists() else ""


def become_root_on_debian(monkeypatch: pytest.MonkeyPatch, release: str = "ID=debian\n") -> None:
    finder.OS_RELEASE.write_text(release)
    monkeypatch.setattr(os, "geteuid", lambda: 0)


def test_a_named_browser_comes_first(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    script("chromium")
    mine = script("mine")
    monkeypatch.setenv("PV_BROWSER", str(mine))
    assert finder.find_browser() == str(mine)


def test_a_named_browser_that_is_missing_is_an_error(
    script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    script("chromium")
    monkeypatch.setenv("PV_BROWSER", "/nowhere/chrome")
    with pytest.raises(finder.BrowserError, match=r"/nowhere/chrome.* no such program"):
        finder.find_browser()


def test_a_named_browser_that_does_not_start_is_an_error(
    script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    script("chromium")
    monkeypatch.setenv("PV_BROWSER", str(script("mine", "exit 1")))
    with pytest.raises(finder.BrowserError, match="does not start"):
        finder.find_browser()


@pytest.mark.parametrize("name", finder.SYSTEM_BROWSERS)
def test_each_system_browser_is_found(script: Script, name: str) -> None:
    path = script(name)
    assert finder.find_browser() == str(path)


def test_a_stand_in_that_does_not_start_is_passed_over(script: Script) -> None:
    script("chromium-browser", "echo install the snap >&2; exit 1")
    chrome = script("google-chrome")
    assert finder.find_browser() == str(chrome)


def test_playwrights_own_browser_is_used(script: Script, bin_dir: Path) -> None:
    own = script("own-chromium")
    script("playwright-path", f"echo '{own}'")
    script("playwright", INSTALLS_CHROMIUM.format(made="unused"))
    assert finder.find_browser() == str(own)
    assert calls(bin_dir) == "", "nothing needed to be installed"


def test_playwright_installs_its_browser(script: Script, bin_dir: Path) -> None:
    # Playwright names the place of its browser whether it is there or not.
    script("playwright-path", 'echo "$HERE/own-chromium"')
    script("playwright", INSTALLS_CHROMIUM.format(made="own-chromium"))
    assert finder.find_browser() == str(bin_dir / "own-chromium")
    assert "playwright install chromium" in calls(bin_dir)


@pytest.mark.parametrize("release", ["ID=debian\n", 'ID="ubuntu"\nID_LIKE="debian"\n'])
def test_apt_is_tried_by_root_on_debian_when_playwright_is_refused(
    script: Script, bin_dir: Path, monkeypatch: pytest.MonkeyPatch, release: str
) -> None:
    become_root_on_debian(monkeypatch, release)
    script("playwright", "echo 'Error: refused'; exit 1")
    script("apt-get", INSTALLS_CHROMIUM.format(made="chromium"))
    assert finder.find_browser() == str(bin_dir / "chromium")
    update, install = calls(bin_dir).splitlines()
    assert update.endswith("apt-get update")
    assert install.endswith("apt-get install -y --no-install-recommends chromium")


@pytest.mark.parametrize(("debian", "user"), [(True, 1000), (False, 0)])
def test_apt_is_left_alone_elsewhere(
    script: Script,
    bin_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    debian: bool,
    user: int,
) -> None:
    if debian:
        become_root_on_debian(monkeypatch)
    monkeypatch.setattr(os, "geteuid", lambda: user)
    script("playwright", "echo 'Error: refused'; echo ' at somewhere'; exit 1")
    script("apt-get", INSTALLS_CHROMIUM.format(made="chromium"))
    assert finder.main() == 1
    assert calls(bin_dir) == ""
    out, err = capfd.readouterr()
    assert out == ""
    assert "that failed: Error: refused" in err
    assert err.splitlines()[-1].startswith("There is no browser for the browser tests: install ")


def test_a_download_that_hangs_is_given_up(
    script: Script, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(finder, "PLAYWRIGHT_SECONDS", 0.2)
    # The child keeps the output open: ending its parent alone would wait for it.
    script("playwright", "sleep 60 & wait")
    with pytest.raises(finder.BrowserError):
        finder.find_browser()
    assert "that failed: not done after 0.2 s" in capfd.readouterr().err


def test_the_command_prints_the_path_alone(
    script: Script, capfd: pytest.CaptureFixture[str]
) -> None:
    path = script("chromium")
    assert finder.main() == 0
    assert capfd.readouterr().out == f"{path}\n"

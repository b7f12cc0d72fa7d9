"""Write the locks anew: which packages Binder and the JupyterLite consist of, each with its hash.

    make lock               # keep each version that pyproject.toml still allows
    make lock UPGRADE=1     # take the newest that it allows

A lock names packages, versions and SHA-256 sums, and no registry: whoever installs decides where
from.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import sysconfig
import tempfile
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path

from tools import build_lite
from tools.build_book import ROOT
from tools.build_lite import KERNEL_LOCK, PYODIDE_LOCK, PYTHON_IN_BROWSER, SITE_LOCK

BINDER = ROOT / "binder"
BINDER_LOCK, BUILD_LOCK = BINDER / "requirements.txt", BINDER / "build.txt"
# One lock for each Python and system that the package is for.
ANYWHERE = ["--universal", "--python-version", "3.11"]
# A browser has only what is pure Python, and starts no other program.
BROWSER = ["--python-version", PYTHON_IN_BROWSER]
COMMAND = "make lock"


def locked(lock: Path, wanted: Iterable[str], options: Sequence[str]) -> str:
    """Return the packages, with all that they need, as lines that pip reads."""
    uv = shutil.which("uv", path=sysconfig.get_path("scripts"))
    if uv is None:
        raise build_lite.LiteError("This needs uv, which `make lock` installs.")
    with tempfile.TemporaryDirectory() as name:
        asked, found = Path(name) / "wanted.in", Path(name) / lock.name
        asked.write_text("".join(f"{one}\n" for one in wanted), encoding="utf-8")
        if lock.exists():
            shutil.copy(lock, found)  # what uv keeps the versions of
        command = [uv, "pip", "compile", "--quiet", "--no-config", "--generate-hashes"]
        command += ["--only-binary=:all:", "--no-annotate", "--no-header", *options]
        build_lite.run([*command, "--output-file", str(found), str(asked)], cwd=Path(name))
        return found.read_text(encoding="utf-8")


def write(lock: Path, what: str, parts: Iterable[str]) -> None:
    lock.write_text(f"# {what} Written by: {COMMAND}\n{''.join(parts)}", encoding="utf-8")


def without_own(requirements: Iterable[str], extras: dict[str, list[str]]) -> list[str]:
    """Return what is required, with what `pvwidgets[extra]` stands for in its place."""
    found: list[str] = []
    for one in requirements:
        if one.startswith("pvwidgets["):
            for extra in one.removeprefix("pvwidgets[").rstrip("]").split(","):
                found += without_own(extras[extra.strip()], extras)
        else:
            found.append(one)
    return found


def lock_all(options: Sequence[str] = ()) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needs = project["project"]["dependencies"]
    extras = project["project"]["optional-dependencies"]
    builds = project["build-system"]["requires"]

    lab = [*needs, *without_own(extras["lab"], extras)]
    write(
        BINDER_LOCK,
        "What the notebooks run with, on Binder or elsewhere, all but pvwidgets itself.",
        [locked(BINDER_LOCK, lab, [*ANYWHERE, *options])],
    )
    write(
        BUILD_LOCK,
        "What binder/postBuild builds pvwidgets with, and then throws away.",
        [locked(BUILD_LOCK, builds, [*ANYWHERE, *options])],
    )
    write(
        SITE_LOCK,
        "What builds the JupyterLite.",
        [locked(SITE_LOCK, [*extras["lite"], *builds], [*ANYWHERE, *options])],
    )

    version = json.loads(PYODIDE_LOCK.read_text(encoding="utf-8"))["version"]
    said = {"name": "pyodide", "version": version}
    said["sha256"] = build_lite.sha256(build_lite.npm_pack(version))
    PYODIDE_LOCK.write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
    known = build_lite.CACHE / "constraints.txt"
    known.write_text(pure(build_lite.pyodide() / "pyodide-lock.json"), encoding="utf-8")
    browser = [*BROWSER, *options]
    for name in sorted(build_lite.NOT_NEEDED):
        browser += ["--no-emit-package", name]
    myst = [one for one in extras["lab"] if one.startswith("jupyterlab-myst")]
    write(
        KERNEL_LOCK,
        "Wheels for the Python in the browser, and the extensions of JupyterLab.",
        [
            locked(
                KERNEL_LOCK,
                [*build_lite.FOR_KERNEL, *needs],
                [*browser, "--constraint", str(known)],
            ),
            locked(KERNEL_LOCK, myst, [*browser, "--no-deps"]),
        ],
    )


def pure(pyodide_lock: Path) -> str:
    """Return the versions that this Pyodide was tested with, of what is not compiled."""
    packages = json.loads(pyodide_lock.read_text(encoding="utf-8"))["packages"]
    return "".join(
        f"{name}=={said['version']}\n"
        for name, said in packages.items()
        if said["file_name"].endswith("none-any.whl")
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions")
    arguments = parser.parse_args()
    try:
        lock_all(["--upgrade"] if arguments.upgrade else [])
    except build_lite.LiteError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

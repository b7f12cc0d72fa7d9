"""Build the book with a JupyterLite in it, at _build/site: the same pages, a button, and lite/.

    .venv/bin/python -m tools.build_lite
    .venv/bin/python -m tools.build_lite --full FOLDER  # with Matplotlib, from Pyodide's wheels

JupyterLite runs Python in the reader's browser. Its site asks no other host for anything, so all
that it needs is in it. What is downloaded is named, with its SHA-256, in tools/lite/: `site.txt`
(what builds the site), `kernel.txt` (wheels for the browser) and `pyodide.json` (Python itself);
`make lock` writes them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from email.parser import Parser
from pathlib import Path
from typing import Any

from tools.build_book import ROOT, Outcome, build, run_jupyter_book

LOCKS = ROOT / "tools" / "lite"
SITE_LOCK, KERNEL_LOCK, PYODIDE_LOCK = (
    LOCKS / name for name in ("site.txt", "kernel.txt", "pyodide.json")
)
START = LOCKS / "start.html"
CACHE = ROOT / "_build" / "lite"
SITE = ROOT / "_build" / "site"

PYTHON_IN_BROWSER = "3.14"
PYODIDE_FILES = (
    "pyodide.mjs",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "python_stdlib.zip",
    "pyodide-lock.json",
)
# Wheels that hold extensions of JupyterLab and nothing for the browser's Python.
FOR_LAB_ONLY = {"jupyterlab-myst", "jupyterlab-widgets"}
# Both halves of a widget come from one wheel, so they cannot be of different versions.
LAB_EXTENSIONS = ("anywidget", "jupyterlab-widgets", "jupyterlab-myst")
# Named by a dependency, but of no use in a browser: another program to start, and Notebook 6.
NOT_NEEDED = {"pexpect", "ptyprocess", "widgetsnbextension"}
# What the kernel itself asks for, besides what its extension brings.
FOR_KERNEL = ["micropip", "packaging", "ipython", "jedi", "comm"]
FROM_EXTENSION = {"ipykernel", "piplite", "pyodide-kernel"}
FIGURES = "matplotlib"

# The same time in every archive and index, so that the same inputs give the same site.
EPOCH = "1767225600"


class LiteError(Exception):
    """The site could not be built; the message is for the person at the terminal."""


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def run(command: list[str], *, cwd: Path = ROOT) -> str:
    done = subprocess.run(
        command,
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env=os.environ | {"PYTHONUTF8": "1", "SOURCE_DATE_EPOCH": EPOCH},
        check=False,
    )
    if done.returncode:
        lines = done.stdout.strip().splitlines()[-30:]
        raise LiteError("\n".join([*lines, f"That failed: {Path(command[0]).name} {command[1:4]}"]))
    return done.stdout


# What is downloaded


def environment() -> Path:
    """Make .venv-lite from exactly what site.txt names; return its Python."""
    venv = ROOT / ".venv-lite"
    python = venv / "bin" / "python"
    stamp = venv / "pv-state.json"
    state = json.dumps({"python": sys.version, "root": str(ROOT), "lock": sha256(SITE_LOCK)})
    if not python.exists() or not stamp.exists() or stamp.read_text(encoding="utf-8") != state:
        print("== Making .venv-lite, which builds the JupyterLite", flush=True)
        base = getattr(sys, "_base_executable", sys.executable)
        run([base, "-m", "venv", "--clear", str(venv)])
        run([str(python), *PIP, "install", *LOCKED, "-r", str(SITE_LOCK)])
        stamp.write_text(state, encoding="utf-8")
    return python


PIP = ["-m", "pip", "--disable-pip-version-check", "--quiet"]
LOCKED = ["--require-hashes", "--no-deps", "--only-binary=:all:"]


def wheels(python: Path) -> dict[str, Path]:
    """Download the wheels for the browser; return them by name."""
    folder = CACHE / f"wheels-{sha256(KERNEL_LOCK)[:12]}"
    if not folder.exists():
        print("== Downloading the packages for the browser", flush=True)
        part = folder.with_name("wheels.part")
        shutil.rmtree(part, ignore_errors=True)
        command = [str(python), *PIP, "download", *LOCKED, "-r", str(KERNEL_LOCK), "-d", str(part)]
        run([*command, "--python-version", PYTHON_IN_BROWSER, "--platform", "any"])
        part.rename(folder)
    return {normal(path.name.split("-")[0]): path for path in sorted(folder.glob("*.whl"))}


def pyodide() -> Path:
    """Download Pyodide's core from the npm registry; return its folder."""
    lock = json.loads(PYODIDE_LOCK.read_text(encoding="utf-8"))
    folder = CACHE / f"pyodide-{lock['sha256'][:12]}"
    if not folder.exists():
        print("== Downloading Python for the browser", flush=True)
        archive = npm_pack(lock["version"])
        if sha256(archive) != lock["sha256"]:
            raise LiteError(f"{archive.name} is not what tools/lite/pyodide.json says (SHA-256).")
        part = folder.with_name("pyodide.part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        with tarfile.open(archive) as tar:
            for name in PYODIDE_FILES:
                file = tar.extractfile(f"package/{name}")
                if file is None:
                    raise LiteError(f"{archive.name} holds no {name}.")
                (part / name).write_bytes(file.read())
        part.rename(folder)
    return folder


def npm_pack(version: str) -> Path:
    if shutil.which("npm") is None:
        raise LiteError("This needs npm, which comes with Node.js: Pyodide is downloaded with it.")
    CACHE.mkdir(parents=True, exist_ok=True)
    run(["npm", "pack", "--silent", "--pack-destination", str(CACHE), f"pyodide@{version}"])
    return CACHE / f"pyodide-{version}.tgz"


def own_wheel(python: Path) -> Path:
    folder = CACHE / "own"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    command = ["wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT)]
    run([str(python), *PIP, *command])
    return next(folder.glob("*.whl"))


# What the browser's Python finds


def entry(wheel: Path) -> dict[str, Any]:
    """Return what Pyodide's lock says about a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = Parser().parsestr(archive.read(name).decode("utf-8"))
    return {
        "name": normal(metadata["Name"]),
        "version": metadata["Version"],
        "file_name": wheel.name,
        "install_dir": "site",
        "sha256": sha256(wheel),
        "package_type": "package",
        "imports": [],
        "depends": [],
        "unvendored_tests": False,
    }


def closure(packages: dict[str, Any], name: str) -> set[str]:
    found, waiting = set(), [name]
    while waiting:
        one = normal(waiting.pop())
        if one not in found:
            found.add(one)
            waiting += packages[one]["depends"]
    return found


def compiled(lock: dict[str, Any], full: Path, have: Iterable[str]) -> list[tuple[Path, Any]]:
    """Return Matplotlib and what it needs, out of a folder with Pyodide's full distribution.

    Their sums are in Pyodide's own lock, which is in the archive that we check.
    """
    chosen = []
    for name in sorted(closure(lock["packages"], FIGURES) - set(have)):
        said = lock["packages"][name]
        file = full / said["file_name"]
        if not file.is_file():
            raise LiteError(f"{full} holds no {said['file_name']}.")
        if sha256(file) != said["sha256"]:
            raise LiteError(f"{file.name} is not what Pyodide {lock['info']} says (SHA-256).")
        chosen.append((file, said))
    return chosen


def write_kernel(
    out: Path, core: Path, files: dict[str, Path], own: Path, full: Path | None
) -> dict[str, Any]:
    """Put Python and its packages into the site; return the settings that name them."""
    target = out / "static" / "pyodide"
    target.mkdir(parents=True)
    for name in PYODIDE_FILES[:-1]:
        shutil.copyfile(core / name, target / name)
    lock = json.loads((core / "pyodide-lock.json").read_text(encoding="utf-8"))

    brought = out / "extensions/@jupyterlite/pyodide-kernel-extension/static/pypi"
    ours = [path for name, path in files.items() if name not in FOR_LAB_ONLY]
    theirs = [
        path for path in brought.glob("*.whl") if normal(path.name.split("-")[0]) in FROM_EXTENSION
    ]
    packages = {}
    for wheel in [*ours, *theirs, own]:
        said = entry(wheel)
        packages[said["name"]] = (wheel, said)
    if full is not None:
        for file, said in compiled(lock, full, packages):
            packages[said["name"]] = (file, said)
    # All are loaded when the kernel starts: a cell that imports ours says nothing of what it needs.
    eager = sorted(packages)

    lock["packages"] = {name: said for name, (_, said) in sorted(packages.items())}
    text = json.dumps(lock, indent=1)
    # A new folder for a new set of packages: a browser that has kept an old lock looks for the old
    # files, and never checks new ones by old sums.
    folder = f"packages-{hashlib.sha256(text.encode()).hexdigest()[:12]}"
    (out / "static" / folder).mkdir()
    (out / "static" / folder / "pyodide-lock.json").write_text(text, encoding="utf-8")
    for wheel, _ in packages.values():
        shutil.copyfile(wheel, out / "static" / folder / wheel.name)
    # These are now among the packages.
    shutil.rmtree(brought)
    return {
        "pyodideUrl": "./static/pyodide/pyodide.mjs",
        "disablePyPIFallback": True,  # what is missing is said at once
        "pipliteUrls": [],
        "loadPyodideOptions": {
            "packages": eager,
            # Like the others, seen from the top of the JupyterLite.
            "lockFileURL": f"./static/{folder}/pyodide-lock.json",
        },
    }


# What the reader finds


def write_start(out: Path) -> None:
    """Write the first page, which loads what Python needs and says how far it is."""
    (packages,) = (out / "static").glob("packages-*")
    parts = []
    for name, folder in (("Python", out / "static" / "pyodide"), ("Its packages", packages)):
        files = [
            {"url": file.relative_to(out).as_posix(), "size": file.stat().st_size}
            for file in sorted(folder.iterdir())
        ]
        parts.append({"name": name, "files": files})
    page = START.read_text(encoding="utf-8")
    # "<" would end the script if a file were called "</script>".
    said = json.dumps(parts).replace("<", "\\u003c")
    (out / "index.html").write_text(page.replace("FILES", said), encoding="utf-8")


def without_numbers(text: str) -> str:
    """Name figures in a way that a notebook can show: nothing numbers them there."""
    text = re.sub(r"(?m)(^|[.?!] )\{numref\}`[^`]*`", r"\1The figure", text)
    return re.sub(r"\{numref\}`[^`]*`", "the figure", text)


def pages(root: Path) -> set[str]:
    """Return the pages of the book, by their names without suffix."""
    from ruamel.yaml import YAML

    toc = YAML(typ="safe").load((root / "_toc.yml").read_text(encoding="utf-8"))
    return {toc["root"], *(one["file"] for part in toc["parts"] for one in part["chapters"])}


def write_contents(folder: Path, root: Path = ROOT) -> list[str]:
    """Write the notebooks of the book: exercises as they are, chapters made into notebooks."""
    import nbformat
    from myst_nb.core.read import is_myst_markdown_notebook, read_myst_markdown_notebook
    from myst_parser.config.main import MdParserConfig

    listed = pages(root)
    written = []
    for source in sorted([*root.glob("chapters/**/*"), *root.glob("exercises/**/*")]):
        name = source.relative_to(root)
        if not source.is_file() or any(part.startswith((".", "_")) for part in name.parts):
            continue
        target = folder / name
        # Another notebook, such as a sample for instructors, has no page with a button.
        page = name.with_suffix("").as_posix() in listed
        if source.suffix == ".ipynb" and page:
            text = source.read_text(encoding="utf-8")
        elif source.suffix == ".md" and page:
            text = source.read_text(encoding="utf-8")
            if not is_myst_markdown_notebook(text):
                continue
            notebook = read_myst_markdown_notebook(text, MdParserConfig())
            kernel = notebook.metadata["kernelspec"]
            # JupyterLab chooses the kernel by the language, as none is called python3 there.
            notebook.metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
            for number, cell in enumerate(notebook.cells):
                tags = cell.metadata.get("tags", [])
                cell.metadata = {}
                cell["id"] = f"cell-{number}"
                if cell.cell_type == "markdown":
                    cell.source = without_numbers(cell.source)
                if "remove-input" in tags:
                    cell.metadata["jupyter"] = {"source_hidden": True}
            notebook.nbformat, notebook.nbformat_minor = 4, 5
            nbformat.validate(notebook)
            text = str(nbformat.writes(notebook)) + "\n"  # type: ignore[no-untyped-call]
            target = target.with_suffix(".ipynb")
        elif source.suffix in (".yml", ".yaml", ".csv"):
            text = source.read_text(encoding="utf-8")
        else:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        written.append(target.relative_to(folder).as_posix())
    return written


def write_index(files: Path, index: Path) -> None:
    """Say which files there are, as a Jupyter server would.

    `jupyter lite build` would do so if jupyter-server were there, and that has compiled parts.
    """
    time = datetime.fromtimestamp(int(EPOCH), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def model(path: Path) -> dict[str, Any]:
        name = "" if path == files else path.name
        said = {"name": name, "path": path.relative_to(files).as_posix() if name else ""}
        said |= {"created": time, "last_modified": time}
        folder = {"type": "directory", "format": "json", "mimetype": None, "size": None}
        file: dict[str, Any] = {
            "type": "notebook" if path.suffix == ".ipynb" else "file",
            "format": None,
        }
        file |= {"mimetype": None, "size": None if path.is_dir() else path.stat().st_size}
        return said | (folder if path.is_dir() else file) | {"writable": True, "content": None}

    for folder in [files, *(path for path in files.rglob("*") if path.is_dir())]:
        said = model(folder) | {"content": [model(path) for path in sorted(folder.iterdir())]}
        target = index / folder.relative_to(files) / "all.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(said, indent=1), encoding="utf-8")


def build_lite(full: Path | None = None) -> Path:
    """Build the JupyterLite; return its folder."""
    python = environment()
    files = wheels(python)
    core = pyodide()
    own = own_wheel(python)

    print("== Building the JupyterLite", flush=True)
    work = CACHE / "work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    config = {
        "LiteBuildConfig": {
            "apps": ["lab"],
            "federated_extensions": [str(files[name]) for name in LAB_EXTENSIONS],
            "output_dir": str(work / "out"),
            "cache_dir": str(work / "cache"),
            "no_sourcemaps": True,
            "no_unused_shared_packages": True,
        }
    }
    (work / "jupyter_lite_config.json").write_text(json.dumps(config), encoding="utf-8")
    run([str(python), "-m", "jupyterlite_core", "build", "--lite-dir", str(work)], cwd=work)

    out = work / "out"
    write_contents(out / "files")
    write_index(out / "files", out / "api" / "contents")
    settings = write_kernel(out, core, files, own, full)
    write_start(out)
    page = out / "lab" / "index.html"
    head = '<title>Creating Public Value</title>\n    <link rel="icon" href="favicon.ico">'
    html = page.read_text(encoding="utf-8")
    if html.count("<title>JupyterLite</title>") != 1:
        raise LiteError("lab/index.html of JupyterLite is not laid out as it was.")
    # Without the link a browser asks the top of the host for an icon.
    html = html.replace("<title>JupyterLite</title>", head).replace("<html>", '<html lang="en">')
    page.write_text(html, encoding="utf-8")
    file = out / "jupyter-lite.json"
    site = json.loads(file.read_text(encoding="utf-8"))
    data = site["jupyter-config-data"]
    data["appName"] = "Creating Public Value"
    data["contentsAllJsonFile"] = "all.json"
    plugins = data.setdefault("litePluginSettings", {})
    plugins["@jupyterlite/pyodide-kernel-extension:kernel"] = settings
    file.write_text(json.dumps(site, indent=2, sort_keys=True), encoding="utf-8")
    return out


def build_site(full: Path | None = None) -> Outcome:
    """Build the book with the buttons on, and put the JupyterLite into it."""
    lite = build_lite(full)
    print("== Building the book with the buttons, with warnings as errors", flush=True)
    os.environ["PV_LITE"] = "1"
    outcome = build(ROOT, run_jupyter_book, name="site")
    if outcome.ok:
        shutil.rmtree(SITE / "lite", ignore_errors=True)
        shutil.copytree(lite, SITE / "lite")
    return outcome


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--full", type=Path, metavar="FOLDER")
    arguments = parser.parse_args()
    try:
        outcome = build_site(arguments.full)
    except LiteError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    print(outcome.report, file=sys.stdout if outcome.ok else sys.stderr)
    if outcome.ok:
        print(
            f"It is in {SITE.relative_to(ROOT)}, the JupyterLite in {SITE.relative_to(ROOT)}/lite."
        )
    return 0 if outcome.ok else 1


if __name__ == "__main__":
    sys.exit(main())

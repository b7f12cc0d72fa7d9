"""The pages that are compared: packages from npm, and small books built by stock Jupyter Book."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tarfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

import pvwidgets as pv
from bench import samples
from tools.small_book import HEAD, build, lay_out

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / "_build" / "bench"
ESBUILD = ROOT / "js" / "node_modules" / ".bin" / "esbuild"
MANY = 500
# What a package ships and a page loads.
SCRIPTS = {
    "requirejs": "require.js",
    "@jupyter-widgets/html-manager": "dist/embed-amd.js",
    "anywidget": "dist/index.js",
}

CELL = "```{{code-cell}} ipython3\n:tags: [remove-input]\n{}\n```\n"


class StageError(Exception):
    """Something that the measurements stand on is missing; the message says what."""


def run(command: list[str], folder: Path, **environment: str) -> str:
    done = subprocess.run(
        command,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        check=False,
    )
    if done.returncode:
        raise StageError(f"{command[0]} failed in {folder}:\n{done.stdout[-3000:]}")
    return done.stdout


# The packages


def npm_versions() -> dict[str, str]:
    """Return what a stock page loads: the versions that myst-nb names, and anywidget's own."""
    from myst_nb.core.config import ipywidgets_js_factory

    addresses = " ".join(ipywidgets_js_factory())
    found = {"anywidget": version("anywidget")}
    for name, pattern in (
        ("requirejs", r"require\.js/([\d.]+)/"),
        ("@jupyter-widgets/html-manager", r"html-manager@([\d.]+)/"),
    ):
        match = re.search(pattern, addresses)
        if match is None:
            raise StageError(f"myst-nb no longer names {name} in its settings.")
        found[name] = match[1]
    return found


def fetch(versions: Mapping[str, str]) -> Path:
    """Return a folder with the scripts, as a CDN lays them out without the versions."""
    top = CACHE / "npm"
    for name, number in versions.items():
        folder = top / name
        stamp = folder / "version"
        if stamp.exists() and stamp.read_text() == number:
            continue
        shutil.rmtree(folder, ignore_errors=True)
        parcel = CACHE / "parcel"
        shutil.rmtree(parcel, ignore_errors=True)
        parcel.mkdir(parents=True)
        run(["npm", "pack", "--silent", f"{name}@{number}"], parcel)
        (archive,) = parcel.glob("*.tgz")
        with tarfile.open(archive) as tar:
            tar.extractall(parcel, filter="data")
        script = SCRIPTS[name]
        target = folder / script
        target.parent.mkdir(parents=True, exist_ok=True)
        if name == "requirejs":  # the CDN's is minified, npm's is not
            run([str(ESBUILD), f"package/{script}", "--minify", f"--outfile={target}"], parcel)
        else:
            shutil.copy(parcel / "package" / script, target)
        stamp.write_text(number)
        shutil.rmtree(parcel)
    return top


# The books


def build_book(source: Path) -> Path:
    """Build a book from nothing; return the folder of its pages."""
    shutil.rmtree(source / "_build", ignore_errors=True)
    done = build(source)
    output = done.stdout + done.stderr
    html = source / "_build" / "html"
    if done.returncode or "Traceback" in output or not (html / "index.html").exists():
        raise StageError(f"Jupyter Book did not build {source}:\n{output[-3000:]}")
    return html


def write_yaml(path: Path, content: Any) -> None:
    # JSON is YAML too, and keeps the order, which matters for scripts.
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def _page(title: str, code: str = "") -> str:
    text = f"# {title}\n\nChoose an answer for each effect.\n\n"
    return f"{HEAD}{text}{CELL.format(code)}" if code else text


def _activities() -> dict[str, str]:
    show = "import pvwidgets as pv\npv.activity({!r}, answers=None)"
    return {
        "nothing": _page("Nothing to do"),
        "twelve": _page("Sort these", show.format(samples.ACTIVITY)),
        "many": _page("Sort them all", show.format(f"./cards-{MANY}.yml")),
    }


def _quizzes() -> dict[str, str]:
    show = "from jupyterquiz import display_quiz\ndisplay_quiz('quiz-{}.json')"
    return {
        "nothing": _page("Nothing to do"),
        "twelve": _page("Sort these", show.format(12)),
        "many": _page("Sort them all", show.format(MANY)),
    }


def _configs() -> dict[str, dict[str, Any]]:
    """Return the settings of each book: stock ones, and what it cannot do without."""
    stock = {"title": "A book", "author": "Somebody", "execute": {"timeout": 120}}
    # As myst-nb has it, with our server in the place of the two CDNs.
    scripts = {
        "/npm/requirejs/require.js": {},
        "/npm/@jupyter-widgets/html-manager/dist/embed-amd.js": {
            "data-jupyter-widgets-cdn": "/npm/"
        },
    }
    course = YAML(typ="safe").load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    course["sphinx"]["config"]["bibtex_bibfiles"] = []
    return {
        "ours": {**stock, "sphinx": {"extra_extensions": ["pvwidgets.book"]}},
        "course": course,
        "anywidget": {**stock, "sphinx": {"config": {"nb_ipywidgets_js": scripts}}},
        "jupyterquiz": stock,
    }


def stage() -> dict[str, Path]:
    """Build small books that hold the same pages; return the folder of each by its name."""
    books = CACHE / "books"
    shutil.rmtree(books, ignore_errors=True)
    books.mkdir(parents=True)
    many = samples.write_activity(MANY, books)
    quizzes = {
        cards: json.dumps(samples.quiz(pv.load(ref)), ensure_ascii=False)
        for cards, ref in ((12, samples.ACTIVITY), (MANY, many))
    }
    configs = _configs()
    for name, config in configs.items():
        folder = books / name
        folder.mkdir()
        write_yaml(folder / "_config.yml", config)
        pages = _quizzes() if name == "jupyterquiz" else _activities()
        lay_out(folder, {f"{page}.md": text for page, text in pages.items()}, settings=())
        shutil.copy(many, folder)
        for cards, quiz in quizzes.items():
            (folder / f"quiz-{cards}.json").write_text(quiz, encoding="utf-8")
    for name in ("_static", "_templates"):
        shutil.copytree(ROOT / name, books / "course" / name)
    with ThreadPoolExecutor(2) as pool:  # nothing is timed here
        built = pool.map(lambda name: build_book(books / name), configs)
        return dict(zip(configs, built, strict=True))

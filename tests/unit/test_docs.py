"""What README and CONTRIBUTING name is there: paths, commands of make, and versions."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
DOCS = ["README.md", "CONTRIBUTING.md", "LICENSE-TEXTS.md"]
# Made by make, so not there in a fresh clone.
DERIVED = (".venv", "_build")
# Made by the commands for instructors, which tests/handin runs.
GRADED = ("course/", "release/", "submitted/", "otter/")
# A learner's and an author's own, not the project's.
OTHERS = {"answers.json", "street-lamps.yml"}


def code_blocks(text: str) -> list[str]:
    return re.findall(r"^(`{3,})[^\n]*\n(.*?)^\1", text, flags=re.M | re.S)


def code(text: str) -> list[str]:
    """Return the code of a page: what stands in blocks and what stands in backticks."""
    blocks = [body for _, body in code_blocks(text)]
    prose = re.sub(r"^(`{3,}).*?^\1`*$", "", text, flags=re.M | re.S)
    return blocks + re.findall(r"`([^`\n]+)`", prose)


def paths_named(text: str) -> set[str]:
    """Return what looks like a path of the project in backticks, in links and in commands."""
    words = {word.strip("\"'") for piece in code(text) for word in piece.split()}
    links = set(re.findall(r"\]\(([^)#\s]+)", text))
    suffixes = r"\.(bib|cff|css|ipynb|js|json|md|py|toml|ts|yml)"
    file_or_folder = re.compile(rf"[\w.*-]+(/[\w.*-]+)*(/|{suffixes})|[\w.-]+(/[\w.*-]+)+")
    named = {word for word in words if file_or_folder.fullmatch(word)} | links
    named |= words & {"Makefile", "LICENSE"}
    named -= OTHERS
    return {path for path in named if "://" not in path and not path.startswith(DERIVED + GRADED)}


def make_targets_named(text: str) -> set[str]:
    return {name for piece in code(text) for name in re.findall(r"\bmake ([a-z][a-z-]*)", piece)}


def make_targets() -> set[str]:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return {
        name
        for names in re.findall(r"^([a-z][a-z -]*):(?!=)", text, flags=re.M)
        for name in names.split()
    }


def exists(path: str) -> bool:
    found = list(ROOT.glob(path.rstrip("/")))
    return bool(found) and (not path.endswith("/") or all(item.is_dir() for item in found))


@pytest.mark.parametrize("doc", DOCS)
def test_every_path_named_exists(doc: str) -> None:
    named = paths_named((ROOT / doc).read_text(encoding="utf-8"))
    assert named, "the test finds no path at all"
    assert sorted(path for path in named if not exists(path)) == []


@pytest.mark.parametrize("doc", ["README.md", "CONTRIBUTING.md"])
def test_every_command_named_exists(doc: str) -> None:
    named = make_targets_named((ROOT / doc).read_text(encoding="utf-8"))
    assert {"serve", "test"} <= named
    assert sorted(named - make_targets()) == []


def test_every_command_that_help_names_exists() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r'echo "make ([a-z-]+) ', text))
    assert {"serve", "book", "lab", "test", "js", "clean"} <= named
    assert sorted(named - make_targets()) == []


PAGE = """
See `a/b.py`, `c/`, [d](e/f.md#part), `make serve`, `cat a/path` and `g.yml`. A word,
`h`, is no path, nor is [this](https://example.org/x.md) or `_build/html/`.

````md
```{code-cell}
cat i/*.yml  # make js
```
````

```sh
make book j.toml
```
and `k/l` after it.
"""


def test_the_paths_of_a_page_are_found() -> None:
    expected = {"a/b.py", "c/", "e/f.md", "g.yml", "i/*.yml", "j.toml", "k/l", "a/path"}
    assert paths_named(PAGE) == expected


def test_the_commands_of_a_page_are_found() -> None:
    assert make_targets_named(PAGE) == {"serve", "js", "book"}


@pytest.mark.parametrize("path", ["nothing.md", "tests/nothing/", "tests/*.nothing", "Makefile/"])
def test_what_is_missing_does_not_exist(path: str) -> None:
    assert not exists(path)


def test_the_version_to_cite_is_the_package_s() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))["version"]
    package = (ROOT / "pvwidgets" / "__init__.py").read_text(encoding="utf-8")
    assert f'__version__ = "{cited}"' in package


# The one step of a workflow that edits a file


def address_step() -> str:
    workflow = yaml.safe_load((ROOT / ".github/workflows/pages.yml").read_text(encoding="utf-8"))
    steps = workflow["jobs"]["publish"]["steps"]
    (step,) = (step for step in steps if "ADDRESS" in step.get("env", {}))
    return step["run"]


@pytest.mark.parametrize("faulty", [False, True])
def test_the_published_book_gets_the_address_of_its_repository(
    tmp_path: Path, faulty: bool
) -> None:
    shutil.copy(ROOT / "_config.yml", tmp_path)
    config = tmp_path / "_config.yml"
    before = yaml.safe_load(config.read_text(encoding="utf-8"))
    if faulty:
        config.write_text(config.read_text().replace("\nrepository:", "\nrepositories:"))
    address = "https://example.org/someone/course"
    # As the runner runs a step: the first command that fails ends it.
    done = subprocess.run(
        ["bash", "-e", "-c", address_step()],
        cwd=tmp_path,
        env={"ADDRESS": address, "PATH": "/usr/bin:/bin"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == int(faulty)
    if not faulty:
        before["repository"]["url"] = address
        assert yaml.safe_load(config.read_text(encoding="utf-8")) == before

"""The steps that put Python and its packages into the site, on small files made here."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tools import build_lite
from tools.build_lite import LiteError


def write_wheel(folder: Path, name: str, version: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    plain = name.replace("-", "_")
    path = folder / f"{plain}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        said = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        wheel.writestr(f"{plain}-{version}.dist-info/METADATA", said)
    return path


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("name", ["ruamel.yaml", "Ruamel_Yaml", "ruamel--yaml"])
def test_a_package_has_one_name(name: str) -> None:
    assert build_lite.normal(name) == "ruamel-yaml"


def test_what_the_browser_is_told_of_a_wheel_is_what_is_in_it(tmp_path: Path) -> None:
    wheel = write_wheel(tmp_path, "A.Package", "1.2")
    said = build_lite.entry(wheel)
    assert (said["name"], said["version"], said["file_name"]) == ("a-package", "1.2", wheel.name)
    assert said["sha256"] == digest(wheel)


# The core of Pyodide, and its packages


@pytest.fixture
def site(tmp_path: Path) -> dict[str, Path]:
    """Return what a build of JupyterLite leaves, and what was downloaded."""
    core, out = tmp_path / "core", tmp_path / "out"
    core.mkdir()
    for name in build_lite.PYODIDE_FILES[:-1]:
        (core / name).write_text(name)
    lock = {"info": {"version": "1"}, "packages": {"numpy": {"sha256": "of another file"}}}
    (core / "pyodide-lock.json").write_text(json.dumps(lock))
    brought = out / "extensions/@jupyterlite/pyodide-kernel-extension/static/pypi"
    for name in ("piplite", "ipykernel", "widgetsnbextension"):
        write_wheel(brought, name, "1.0")
    return {"core": core, "out": out, "brought": brought, "wheels": tmp_path / "wheels"}


def write_kernel(site: dict[str, Path], version: str = "1.0") -> dict[str, Any]:
    files = {
        name: write_wheel(site["wheels"], name, version) for name in ("comm", "jupyterlab-myst")
    }
    own = write_wheel(site["wheels"], "pvwidgets", "0.1.0")
    return build_lite.write_kernel(site["out"], site["core"], files, own, None)


def packages_of(site: dict[str, Path]) -> tuple[Path, dict[str, Any]]:
    (folder,) = (site["out"] / "static").glob("packages-*")
    lock = json.loads((folder / "pyodide-lock.json").read_text(encoding="utf-8"))
    return folder, lock["packages"]


def test_all_that_the_lock_names_is_there_with_its_sum(site: dict[str, Path]) -> None:
    write_kernel(site)
    folder, packages = packages_of(site)
    # What is for JupyterLab only, or of no use in a browser, stays out.
    assert sorted(packages) == ["comm", "ipykernel", "piplite", "pvwidgets"]
    for said in packages.values():
        assert digest(folder / said["file_name"]) == said["sha256"]
    assert {path.name for path in folder.glob("*.whl")} == {
        said["file_name"] for said in packages.values()
    }
    assert not site["brought"].exists(), "the same wheels would be there twice"


def test_nothing_is_asked_of_another_host(site: dict[str, Path]) -> None:
    settings = write_kernel(site)
    assert settings["disablePyPIFallback"] is True
    assert "://" not in json.dumps(settings)
    folder, packages = packages_of(site)
    options = settings["loadPyodideOptions"]
    assert options["packages"] == sorted(packages)
    assert options["lockFileURL"] == f"./static/{folder.name}/pyodide-lock.json"


def test_other_packages_are_in_another_folder(site: dict[str, Path], tmp_path: Path) -> None:
    write_kernel(site)
    first, _ = packages_of(site)
    first.rename(tmp_path / "first")
    (site["out"] / "static" / "pyodide").rename(tmp_path / "pyodide")
    write_wheel(site["brought"], "piplite", "1.0")
    write_wheel(site["brought"], "ipykernel", "1.0")
    write_kernel(site, "2.0")
    assert packages_of(site)[0].name != first.name


# Compiled packages, from a folder with Pyodide's full distribution


@pytest.fixture
def full(tmp_path: Path) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path / "full"
    packages = {}
    for name, depends in (
        ("matplotlib", ["numpy", "Python.DateUtil"]),
        ("numpy", []),
        ("python-dateutil", []),
        ("scipy", []),
    ):
        wheel = write_wheel(folder, name, "1.0")
        packages[name] = {
            "name": name,
            "file_name": wheel.name,
            "sha256": digest(wheel),
            "depends": depends,
        }
    return folder, {"info": {"version": "1"}, "packages": packages}


def test_figures_bring_what_they_need_and_no_more(full: tuple[Path, dict[str, Any]]) -> None:
    folder, lock = full
    chosen = build_lite.compiled(lock, folder, have=["python-dateutil"])
    assert [said["name"] for _, said in chosen] == ["matplotlib", "numpy"]


def test_a_wheel_that_is_missing_is_named(full: tuple[Path, dict[str, Any]]) -> None:
    folder, lock = full
    next(folder.glob("numpy*")).unlink()
    with pytest.raises(LiteError, match=r"holds no numpy-1\.0"):
        build_lite.compiled(lock, folder, have=[])


def test_a_wheel_with_another_sum_is_refused(full: tuple[Path, dict[str, Any]]) -> None:
    folder, lock = full
    next(folder.glob("numpy*")).write_bytes(b"something else")
    with pytest.raises(LiteError, match="is not what Pyodide"):
        build_lite.compiled(lock, folder, have=[])


def test_the_full_packages_are_in_the_site(
    site: dict[str, Path], full: tuple[Path, dict[str, Any]]
) -> None:
    folder, lock = full
    (site["core"] / "pyodide-lock.json").write_text(json.dumps(lock))
    own = write_wheel(site["wheels"], "pvwidgets", "0.1.0")
    settings = build_lite.write_kernel(site["out"], site["core"], {}, own, folder)
    there, packages = packages_of(site)
    assert {"matplotlib", "numpy", "python-dateutil"} <= set(packages)
    assert "scipy" not in packages
    assert "matplotlib" in settings["loadPyodideOptions"]["packages"]
    assert (there / packages["numpy"]["file_name"]).is_file()


# Python itself


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put an archive in the place of the one that npm would download; return it."""
    archive = tmp_path / "pyodide-1.tgz"
    with tarfile.open(archive, "w:gz") as tar:
        for name in build_lite.PYODIDE_FILES:
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(name)
            tar.addfile(member, io.BytesIO(name.encode()))
    lock = tmp_path / "pyodide.json"
    lock.write_text(json.dumps({"version": "1", "sha256": digest(archive)}))
    monkeypatch.setattr(build_lite, "PYODIDE_LOCK", lock)
    (tmp_path / "cache").mkdir()
    monkeypatch.setattr(build_lite, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(build_lite, "npm_pack", lambda version: archive)
    return archive


def test_python_is_unpacked(registry: Path) -> None:
    folder = build_lite.pyodide()
    assert {path.name for path in folder.iterdir()} == set(build_lite.PYODIDE_FILES)


def test_another_archive_is_refused(registry: Path, tmp_path: Path) -> None:
    registry.write_bytes(b"something else")
    with pytest.raises(LiteError, match=r"not what tools/lite/pyodide\.json says"):
        build_lite.pyodide()
    assert not list((tmp_path / "cache").glob("pyodide-*"))


def test_without_npm_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_lite.shutil, "which", lambda name: None)
    with pytest.raises(LiteError, match=r"needs npm, which comes with Node\.js"):
        build_lite.npm_pack("1")


# What the reader finds


def test_the_start_names_each_file_with_its_size(site: dict[str, Path]) -> None:
    write_kernel(site)
    build_lite.write_start(site["out"])
    page = (site["out"] / "index.html").read_text(encoding="utf-8")
    said = page.split('<script id="files" type="application/json">')[1].split("</script>")[0]
    parts = json.loads(said)
    assert [part["name"] for part in parts] == ["Python", "Its packages"]
    named = [file for part in parts for file in part["files"]]
    files = [path for path in (site["out"] / "static").rglob("*") if path.is_file()]
    assert len(named) == len(files) > 5
    for file in named:
        assert (site["out"] / file["url"]).stat().st_size == file["size"]


def test_figures_are_named_without_numbers() -> None:
    text = "See {numref}`fig-a`. {numref}`fig-a` shows it.\n{numref}`fig-b` too."
    assert build_lite.without_numbers(text) == (
        "See the figure. The figure shows it.\nThe figure too."
    )


def test_the_index_names_files_and_folders_as_a_server_would(tmp_path: Path) -> None:
    files, index = tmp_path / "files", tmp_path / "api"
    (files / "a" / "b").mkdir(parents=True)
    (files / "a" / "one.ipynb").write_text("{}")
    (files / "a" / "b" / "two.yml").write_text("x: 1")
    build_lite.write_index(files, index)
    top = json.loads((index / "all.json").read_text(encoding="utf-8"))
    assert [one["path"] for one in top["content"]] == ["a"]
    inner = json.loads((index / "a" / "all.json").read_text(encoding="utf-8"))
    assert [(one["type"], one["path"], one["size"]) for one in inner["content"]] == [
        ("directory", "a/b", None),
        ("notebook", "a/one.ipynb", 2),
    ]
    assert (index / "a" / "b" / "all.json").is_file()


def test_a_command_that_fails_says_its_last_lines(tmp_path: Path) -> None:
    with pytest.raises(LiteError, match=r"(?s)the reason.*That failed: sh"):
        build_lite.run(["sh", "-c", "echo the reason; exit 3"], cwd=tmp_path)

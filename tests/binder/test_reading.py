"""What repo2docker reads in binder/, and what the locks may hold. Nothing is installed here."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from tools.lock import BINDER_LOCK, BUILD_LOCK, KERNEL_LOCK, SITE_LOCK, without_own

ROOT = Path(__file__).parents[2]
LOCKS = [BINDER_LOCK, BUILD_LOCK, KERNEL_LOCK, SITE_LOCK]
NOT_FOR_LEARNERS = {
    *(
        "hatchling",
        "hypothesis",
        "jupyter-book",
        "jupyter-repo2docker",
        "mypy",
        "nbgrader",
        "nbval",
    ),
    *("otter-grader", "pip", "playwright", "pytest", "ruff", "setuptools", "sphinx", "uv", "wheel"),
}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NEEDS = PROJECT["project"]["dependencies"]
EXTRAS = PROJECT["project"]["optional-dependencies"]
BUILDS = PROJECT["build-system"]["requires"]


def entries(lock):
    """Return name, version, marker and sums of what a lock names; refuse whatever else it says."""
    text = re.sub(r"(?m)^#.*\n", "", lock.read_text(encoding="utf-8"))
    found = []
    for entry in text.replace("\\\n", " ").splitlines():
        match = re.fullmatch(
            r"([a-z0-9-]+)==([\w.]+)( ; [^#@]+?)?((?:\s+--hash=sha256:[0-9a-f]{64})+)\s*", entry
        )
        assert match, entry
        found.append((match[1], match[2], match[3], match[4].split()))
    return found


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_packages_with_their_sums_and_no_host(lock):
    assert len(entries(lock)) > 4
    assert "://" not in lock.read_text(encoding="utf-8")


@pytest.mark.parametrize("faulty", ["a==1\n", "a==1 --hash=md5:0\n", "-e .\n", ".[lab]\n"])
def test_another_line_is_refused(tmp_path, faulty):
    lock = tmp_path / "lock.txt"
    lock.write_text(f"# What it is.\nb==1 \\\n    --hash=sha256:{'0' * 64}\n")
    assert entries(lock) == [("b", "1", None, [f"--hash=sha256:{'0' * 64}"])]
    lock.write_text(lock.read_text() + faulty)
    with pytest.raises(AssertionError):
        entries(lock)


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        (BINDER_LOCK, [*NEEDS, *without_own(EXTRAS["lab"], EXTRAS)]),
        (BUILD_LOCK, BUILDS),
        (SITE_LOCK, [*EXTRAS["lite"], *BUILDS]),
        (KERNEL_LOCK, NEEDS),
    ],
    ids=lambda value: value.name if isinstance(value, Path) else "",
)
def test_a_lock_holds_what_pyproject_wants(lock, wanted):
    versions = {}
    for name, version, _, _ in entries(lock):
        versions.setdefault(name, []).append(version)
    for requirement in map(Requirement, wanted):
        found = versions.get(canonicalize_name(requirement.name))
        assert found, f"{requirement} is not in {lock.name}: make lock"
        for version in found:
            assert version in requirement.specifier, f"{requirement}, {version}: make lock"


def test_learners_get_no_tools_of_ours():
    assert {name for name, *_ in entries(BINDER_LOCK)} & NOT_FOR_LEARNERS == set()


@pytest.fixture(scope="module")
def dockerfile():
    command = [sys.executable, "-m", "repo2docker", "--no-build", "--user-id", "1000"]
    done = subprocess.run(
        [*command, "--user-name", "learner", str(ROOT)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def test_repo2docker_installs_the_lock_and_then_runs_post_build(dockerfile):
    runs = re.findall(r"(?m)^RUN (.*(?:pip install|binder/).*)$", dockerfile)
    # Nothing else is installed; the lock before the files are copied, so that a change of a
    # chapter does not install everything again.
    assert runs == [
        '${KERNEL_PYTHON_PREFIX}/bin/pip install --no-cache-dir -r "binder/requirements.txt"',
        "chmod +x binder/postBuild",
        "./binder/postBuild",
    ]
    order = ["bin/pip install", "src/ ${REPO_DIR}/", "RUN ./binder/postBuild"]
    assert [dockerfile.index(step) for step in order] == sorted(map(dockerfile.index, order))


def test_repo2docker_takes_the_python_that_is_named(dockerfile):
    version = (ROOT / "binder" / "runtime.txt").read_text(encoding="utf-8").strip()
    assert f"environment.{version.replace('python', 'py')}-linux" in unescaped(dockerfile)
    assert version.partition("-")[2] in SpecifierSet(PROJECT["project"]["requires-python"])


def unescaped(text):
    """Undo what repo2docker does to the names of files: "-2e" for a full stop."""
    return re.sub(r"-([0-9a-f]{2})", lambda match: chr(int(match[1], 16)), text)

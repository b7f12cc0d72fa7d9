"""How long `pvwidgets grade` takes for a class, what memory it needs, and how nbgrader compares."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.report import Section
from bench.stage import ROOT, StageError
from bench.stats import growth, in_words, interleaved, ratio, significant, spread, times
from pvwidgets import answers
from pvwidgets.classroom.demo import ACTIVITIES, make_class

SEED = 1
#: So many learners are made up; a larger class is made of copies.
DISTINCT = 1000
CORES = (1, 2)
NBGRADER = (1, 5)
OURS = (100, 1100)
DIFFERENT = 20
EXERCISE = "matrix"
STAMP = '"saved": "2026-'


@dataclass(frozen=True)
class Cost:
    """What a command took: seconds on the clock and of processors, most memory of a process."""

    seconds: float
    processor: float
    megabytes: float


def cost(command: list[str], folder: Path, **environment: str) -> Cost:
    """Run a command in a process of its own; the processes that it starts count too."""
    log = folder / "bench.log"
    with log.open("wb") as out:
        start = perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        _, status, used = os.wait4(process.pid, 0)
        seconds = perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        said = log.read_text(encoding="utf-8", errors="replace")[-2000:]
        raise StageError(f"{Path(command[0]).name} failed in {folder}:\n{said}")
    # Linux counts in kilobytes, macOS in bytes.
    megabytes = used.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    return Cost(seconds, used.ru_utime + used.ru_stime, megabytes)


def copies(folder: Path, out: Path, count: int) -> None:
    """Lay out a class of so many: each copy has a name, a number and moments of its own."""
    out.mkdir()
    made = sorted(folder.iterdir())
    for number in range(count):
        turn, place = divmod(number, len(made))
        source = made[place]
        name, _, rest = source.name.partition("_")
        old, _, end = rest.partition("_")
        target = out / f"{name}_{int(old) + 100_000 * turn}_{end}"
        target.mkdir()
        for file in source.iterdir():
            text = file.read_text(encoding="utf-8")
            text = text.replace(STAMP, f'"saved": "{2026 + turn}-')
            (target / file.name).write_text(text, encoding="utf-8")


def grade(folder: Path, jobs: int, *what: str) -> Cost:
    command = [sys.executable, "-m", "pvwidgets", "grade", str(folder), *what]
    table = folder.with_name("grades.csv")
    return cost([*command, "--jobs", str(jobs), "--csv", str(table), "--force"], folder.parent)


# The same notebooks with nbgrader


def _nbgrader(folder: Path, *arguments: str) -> Cost:
    scripts = sysconfig.get_path("scripts")
    return cost(
        [str(Path(scripts) / "nbgrader"), *arguments],
        folder,
        # Nothing of this machine's own settings, and nothing left in them.
        HOME=str(folder),
        JUPYTER_CONFIG_DIR=str(folder / ".jupyter"),
        IPYTHONDIR=str(folder / ".ipython"),
        PATH=f"{scripts}{os.pathsep}{os.environ['PATH']}",
    )


def course(top: Path) -> Path:
    """Make a course of nbgrader with the notebook of an exercise, released; return its folder."""
    folder = top / "course"
    unwanted = shutil.ignore_patterns(".*", answers.FILE)
    source = folder / "source" / EXERCISE
    shutil.copytree(ROOT / "exercises" / EXERCISE, source, ignore=unwanted)
    _nbgrader(folder, "generate_assignment", EXERCISE)
    return folder


def hand_in(folder: Path, records: list[Path], count: int) -> Path:
    """Let so many learners hand in the released notebook with an answers file beside it."""
    submitted = folder / "submitted"
    shutil.rmtree(submitted, ignore_errors=True)
    for number in range(count):
        place = submitted / f"learner-{number}" / EXERCISE
        shutil.copytree(folder / "release" / EXERCISE, place)
        turn, at = divmod(number, len(records))
        text = records[at].read_text(encoding="utf-8")
        text = text.replace(STAMP, f'"saved": "{2026 + turn}-')
        (place / answers.FILE).write_text(text, encoding="utf-8")
    return submitted


def autograde(folder: Path, records: list[Path], count: int) -> float:
    hand_in(folder, records, count)
    shutil.rmtree(folder / "autograded", ignore_errors=True)
    (folder / "gradebook.db").unlink(missing_ok=True)
    _nbgrader(folder, "generate_assignment", EXERCISE, "--force")
    took = _nbgrader(folder, "autograde", EXERCISE)
    graded = len(list((folder / "autograded").glob(f"*/{EXERCISE}/*.ipynb")))
    if graded != count:
        raise StageError(f"nbgrader graded {graded} of {count} notebooks in {folder}")
    return took.processor


def ours(folder: Path, records: list[Path], count: int) -> float:
    submitted = hand_in(folder, records, count)
    notebook = ROOT / "exercises" / EXERCISE / f"{EXERCISE}.ipynb"
    return grade(submitted, 1, "--assignment", str(notebook)).processor


def each(grading: Callable[[int], float], counts: tuple[int, int]) -> float:
    """Return the seconds that one submission more takes: starting up does not count.

    Raises
    ------
    StageError
        More submissions took no longer, as on a machine that is busy with something else.
    """
    few, many = counts
    more = grading(many) - grading(few)
    if more <= 0:
        raise StageError(f"{many} submissions took no longer than {few}; the machine was busy.")
    return more / (many - few)


def _answered(path: Path) -> bool:
    try:
        return bool(answers.read(path)["value-matrix"]["response"].get("placed"))
    except (answers.AnswersError, KeyError):
        return False


def compared(top: Path, submissions: Path, rounds: int) -> tuple[dict[str, list[float]], str]:
    """Return the seconds for each submission by grader, and which nbgrader it was.

    Raises
    ------
    StageError
        There is no nbgrader, or it fails.
    """
    try:
        number = version("nbgrader")
    except PackageNotFoundError:
        raise StageError("nbgrader is not installed.") from None
    folder = course(top)
    records = [one for one in sorted(submissions.glob(f"*/{answers.FILE}")) if _answered(one)]
    records = records[:DIFFERENT]
    jobs = {
        "pvwidgets": lambda: each(partial(ours, folder, records), OURS),
        "nbgrader": lambda: each(partial(autograde, folder, records), NBGRADER),
    }
    return interleaved(rounds, jobs), number


# The whole


def measure(rounds: int, sizes: tuple[int, ...] = (1_000, 10_000, 100_000)) -> Section:
    """Measure; the largest class is graded once and on all cores, for it takes minutes."""
    small = sizes[:-1]
    what = [word for name in ACTIVITIES for word in ("--activity", name)]
    section = Section(
        "Grading a class",
        "`pvwidgets grade`, from the start of the command until its table is written, for "
        f"synthetic submissions of `pvwidgets demo-class`: {len(ACTIVITIES)} activities of several "
        "kinds in each, a notebook with a file of answers or with answer codes, some damaged or "
        f"incomplete. Above {DISTINCT:,} they are copies under other names and with other moments. "
        f"Memory is the most that one process had. {rounds} rounds; the largest class was graded "
        "once.",
        ["submissions", "processes", "seconds", "ms for each", "MB of memory", "one / several"],
    )
    with TemporaryDirectory() as place:
        top = Path(place)
        make_class(top / "made", min(DISTINCT, *sizes), seed=SEED, refs=ACTIVITIES)
        made = top / "made" / "submissions"
        found: dict[tuple[int, int], list[Cost]] = {}
        for size in sizes:
            folder = top / "class" / "submissions"
            shutil.rmtree(folder.parent, ignore_errors=True)
            folder.parent.mkdir()
            copies(made, folder, size)
            cores = CORES if size in small else CORES[-1:]
            jobs = {str(n): partial(grade, folder, n, *what) for n in cores}
            costs = interleaved(rounds if size in small else 1, jobs)
            found |= {(size, int(n)): values for n, values in costs.items()}
        _rows(section, found)
        _means(section, found, sizes)
        _against(section, top, made, rounds)
    return section


def _rows(section: Section, found: dict[tuple[int, int], list[Cost]]) -> None:
    for (size, cores), costs in found.items():
        seconds = [one.seconds for one in costs]
        alone = found.get((size, CORES[0]), [])
        quicker = ratio([one.seconds for one in alone], seconds) if alone else 0
        section.rows.append(
            [
                f"{size:,}",
                str(cores),
                spread(seconds),
                significant(1000 * median(seconds) / size),
                spread([one.megabytes for one in costs]),
                times(quicker) if alone and cores > CORES[0] else "",
            ]
        )


def _means(
    section: Section, found: dict[tuple[int, int], list[Cost]], sizes: tuple[int, ...]
) -> None:
    several = {size: found[size, CORES[-1]] for size in sizes}
    took = [median(one.seconds for one in costs) for costs in several.values()]
    memory = [median(one.megabytes for one in costs) for costs in several.values()]
    if len(sizes) > 1:
        more = 1000 * (memory[-1] - memory[0]) / (sizes[-1] - sizes[0])
        section.means.append(
            f"On {CORES[-1]} cores the time grows with the number of submissions to the power "
            f"{growth(sizes, took):.2f}; 1 would be in proportion. From {sizes[0]:,} to "
            f"{sizes[-1]:,} the memory grows from {memory[0]:.0f} to {memory[-1]:.0f} MB: "
            f"{significant(more, 2)} KB for each submission."
        )


def _against(section: Section, top: Path, made: Path, rounds: int) -> None:
    try:
        found, number = compared(top, made, rounds)
    except StageError as error:
        section.means.append(f"Not compared with nbgrader: {str(error).splitlines()[0]}")
        return
    less = ratio(found["pvwidgets"], found["nbgrader"])
    section.means.append(
        f"The same notebook, `exercises/{EXERCISE}`, with the same files of answers, in seconds "
        "of a processor, which do not count waiting: one submission more takes "
        f"`nbgrader autograde` {number}, which runs it, {spread(found['nbgrader'])} s, and "
        "`pvwidgets grade`, which does not, "
        f"{spread([1000 * one for one in found['pvwidgets']])} ms: "
        f"{in_words(less, 'as long')}. Measured by {NBGRADER[1]} submissions against "
        f"{NBGRADER[0]}, and by {OURS[1]:,} against {OURS[0]}, so that starting up does not count."
    )

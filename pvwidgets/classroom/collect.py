"""Find what a class handed in, in the folders and zip files that learning platforms give out.

Nothing is unpacked onto the disk and nothing is run. What cannot be used is said in one line, and
the rest goes on. Layouts that are known:

- Moodle: ``Ada Okafor_10001_assignsubmission_file_/matrix.ipynb``, or the same without a folder;
- Canvas: ``okaforada_10001_99_matrix.ipynb``, with ``LATE_`` in it or not;
- a folder for each learner, as nbgrader has it in ``submitted/``;
- a file for each learner, ``okafor.ipynb`` or ``okafor.zip``.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from ..answers import MAX_BYTES
from ..halves import PUBLIC

MAX_ENTRIES = 500_000
MAX_FILES = 40
MAX_NAME = 200
MAX_DEPTH = 12
MAX_INNER = 50_000_000
MAX_DIRECTORY = 1_000_000

USED = (".ipynb", ".json", ".zip")

_MOODLE = re.compile(r"(.{1,200}?)_(\d{1,18})_assignsubmission_(?:file|onlinetext)_?(.*)", re.ASCII)
_CANVAS = re.compile(r"([^_]{1,200})_(?:late_)?(\d{1,18})_(?:\d{1,18}_)?(.+)", re.ASCII | re.I)
_CANVAS_WHOLE = re.compile(r"[^_]{1,200}_(?:late_)?(\d{1,18})_\d{1,18}_.+", re.ASCII | re.I)
_ANSWERS = re.compile(r"answers( ?\(\d+\)|-\d+)?\.json")
_PASSED_OVER = ("__MACOSX", ".ipynb_checkpoints")
_NBGRADER = "submitted"


class UnreadableError(Exception):
    """A file cannot be read; the message says why, without a full stop."""


@dataclass(frozen=True, slots=True)
class File:
    """A file that was handed in, and where it is.

    Attributes
    ----------
    container : str
        The folder or the zip file.
    name : str
        Its path there, with slashes.
    place : int
        Its number in the zip file; -1 in a folder.
    """

    container: str
    name: str
    place: int = -1

    @property
    def label(self) -> str:
        """The name without folders, as it is shown."""
        return clean(self.name.rpartition("/")[2])


@dataclass(slots=True)
class Submission:
    """What one learner handed in.

    Attributes
    ----------
    student, number : str
        The name, and the number that the platform gave, as far as the names of files tell.
    files : list of File
        Notebooks, files of answers and zip files.
    others : list of str
        The names of other files, which are not looked into.
    faults : list of str
        What could not be used, and why.
    """

    student: str
    number: str = ""
    files: list[File] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Found:
    """A file or an empty folder (`file` is None) with its way there, or why it is refused."""

    parts: tuple[str, ...]
    file: File | None = None
    why: str = ""


def clean(text: str) -> str:
    """Return a text from outside as one line that does nothing to a terminal."""
    # Names in an old encoding: two that differ must not look alike, for learners are told by them.
    text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    # An accent by itself, as some systems write it, makes nobody else of a learner.
    text = unicodedata.normalize("NFC", text)
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    return shown if len(shown) <= MAX_NAME else shown[: MAX_NAME - 1] + "…"


def collect(paths: Iterable[Path]) -> tuple[list[Submission], list[str]]:
    """Return what was handed in, by learner.

    Parameters
    ----------
    paths : iterable of Path
        Folders, zip files, notebooks and files of answers.

    Returns
    -------
    submissions : list of Submission
        Sorted by name. What several places hold of one learner is one submission.
    faults : list of str
        What belongs to no learner and cannot be used.
    """
    found: dict[tuple[str, str], Submission] = {}
    faults: list[str] = []
    seen: set[Path] = set()
    for path in paths:
        whole = path.resolve()
        if whole in seen:
            faults.append(f"{clean(str(path))}: is named twice; it is read once")
            continue
        seen.add(whole)
        try:
            entries = list(_entries(path))
        except (OSError, UnreadableError) as error:
            why = error.strerror if isinstance(error, OSError) else error
            faults.append(f"{clean(str(path))}: {why}")
            continue
        _group(entries, clean(whole.stem), found, faults)
    ordered = sorted(found.values(), key=lambda one: (one.student.casefold(), one.number))
    return ordered, faults


def _entries(path: Path) -> Iterator[_Found]:
    if path.is_dir():
        yield from _in_folder(path)
    elif path.suffix.lower() == ".zip":
        with _opened(path) as archive:
            yield from _in_zip(archive, str(path))
    elif not path.is_file():
        raise UnreadableError("there is no such file or folder")
    else:
        yield _Found((path.name,), File(str(path.parent), path.name))


def _in_folder(top: Path) -> Iterator[_Found]:
    count = 0
    failed: list[OSError] = []
    for folder, names, files in os.walk(top, onerror=failed.append):
        here = Path(folder)
        way = here.relative_to(top).parts
        for name in list(names):
            if (here / name).is_symlink():
                names.remove(name)
                yield _Found((*way, name), why="is a symbolic link, which is not followed")
            elif len(way) >= MAX_DEPTH:
                names.remove(name)
                yield _Found((*way, name), why=f"lies more than {MAX_DEPTH} folders deep")
        names.sort()
        if way and not files and not names:
            yield _Found(way)
        for name in sorted(files):
            count += 1
            if count > MAX_ENTRIES:
                raise UnreadableError(f"it holds more than {MAX_ENTRIES:,} files")
            parts = (*way, name)
            mode = (here / name).lstat().st_mode
            if stat.S_ISLNK(mode):
                yield _Found(parts, why="is a symbolic link, which is not followed")
            elif not stat.S_ISREG(mode):
                yield _Found(parts, why="is no ordinary file")
            else:
                yield _Found(parts, File(str(top), "/".join(parts)))
    for error in failed:
        way = Path(error.filename).relative_to(top).parts
        if not way:
            raise error
        yield _Found((*way, "the folder"), why=f"cannot be read ({error.strerror})")


def _in_zip(archive: zipfile.ZipFile, container: str) -> Iterator[_Found]:
    infos = archive.infolist()
    if len(infos) > MAX_ENTRIES:
        raise UnreadableError(f"it holds more than {MAX_ENTRIES:,} files")
    for place, info in enumerate(infos):
        name = info.filename.replace("\\", "/")
        parts = tuple(part for part in name.split("/") if part not in ("", "."))
        outside = name.startswith("/") or ".." in parts or re.match("[A-Za-z]:", name)
        if not parts:
            continue
        if outside:
            parts = tuple(part for part in parts if part != "..")[-1:] or ("?",)
            yield _Found(("", *parts), why="its path leads outside, so it is not read")
        elif len(parts) > MAX_DEPTH + 1 or len(name) > 10 * MAX_NAME:
            yield _Found((*parts[:1], parts[-1]), why=f"lies more than {MAX_DEPTH} folders deep")
        elif stat.S_ISLNK(info.external_attr >> 16):
            yield _Found(parts, why="is a symbolic link, which is not followed")
        elif info.is_dir():
            yield _Found(parts)
        elif info.flag_bits & 1:
            yield _Found(parts, why="has a password")
        else:
            yield _Found(parts, File(container, name, place))


def _group(
    entries: list[_Found],
    container: str,
    found: dict[tuple[str, str], Submission],
    faults: list[str],
) -> None:
    entries = _without_top([one for entry in entries for one in _seen(entry)], container)
    foldered = any(len(one.parts) > 1 or (one.file is None and not one.why) for one in entries)
    # Somebody's own folder, and not one of files that are each somebody's.
    own = not foldered and any(_ANSWERS.fullmatch(one.parts[0]) for one in entries)
    below: dict[tuple[str, str], set[str]] = {}
    for one in entries:
        if one.parts[0] == "":
            faults.append(f"{container}: {clean(one.parts[-1])} {one.why}")
            continue
        student, number, name = _whose(one)
        if own and number == "":
            student = container
        submission = found.setdefault((student, number), Submission(student, number))
        if one.why:
            submission.faults.append(f"{clean(one.parts[-1])} {one.why}")
        elif one.file is None:
            continue
        elif _is_used(name):
            below.setdefault((student, number), set()).update(_numbers(one.parts[1:]))
            if len(submission.files) < MAX_FILES:
                submission.files.append(one.file)
            elif len(submission.faults) < MAX_FILES:
                submission.faults.append(f"{clean(name)} is one of more than {MAX_FILES} files")
        elif len(submission.others) < MAX_FILES:
            submission.others.append(clean(name))
    for whose, numbers in below.items():
        if len(numbers) > 1:
            found[whose].files.clear()
            found[whose].faults.append(f"the folder {_SEVERAL}")


_SEVERAL = "holds the files of several learners; give its own path to the command"


def _numbers(parts: tuple[str, ...]) -> Iterator[str]:
    """Yield the numbers of learners that a platform put into the names of folders and files.

    A folder or a zip file with two of them is a class, and the newest answer in it nobody's.
    """
    yield from (found[2] for part in parts if (found := _MOODLE.fullmatch(part)))
    yield from (found[1] for part in parts[-1:] if (found := _CANVAS_WHOLE.fullmatch(part)))


def _passed_over(parts: tuple[str, ...]) -> bool:
    hidden = parts[-1].startswith(".") and len(parts[-1]) > 1
    return hidden or any(part in _PASSED_OVER for part in parts)


def _seen(one: _Found) -> Iterator[_Found]:
    """Yield what is looked at; of a file that is passed over, the folder, which is somebody's."""
    if not _passed_over(one.parts):
        yield one
        return
    last = len(one.parts) - 1
    end = next((n for n, part in enumerate(one.parts) if part in _PASSED_OVER), last)
    if end and one.parts[0]:
        yield _Found(one.parts[:end])


def _is_used(name: str) -> bool:
    # A learner who hands in the whole folder hands in the public half, too.
    return name.lower().endswith(USED) and not name.lower().endswith(PUBLIC)


def _without_top(entries: list[_Found], container: str) -> list[_Found]:
    """Take off a folder that holds the whole class, such as one that was zipped with a click."""
    tops = {one.parts[0] for one in entries}
    if len(tops) != 1 or any(_MOODLE.fullmatch(top) for top in tops):
        return entries
    ways = [one.parts[1:] for one in entries if one.parts[1:]]
    if tops != {_NBGRADER} and (container == _NBGRADER or _is_of_one(ways)):
        return entries
    below = {way[0] for way in ways if len(way) > 1}
    below |= {one.parts[1] for one in entries if one.file is None and len(one.parts) == 2}
    named = any(form.fullmatch(way[0]) for way in ways for form in (_MOODLE, _CANVAS))
    if len(below) < 2 and not named and tops != {_NBGRADER}:
        return entries
    return [_Found(one.parts[1:], one.file, one.why) for one in entries if len(one.parts) > 1]


def _is_of_one(ways: list[tuple[str, ...]]) -> bool:
    """Return whether a folder is one learner's, and not the class's: answers lie in it as such."""
    here = [way[0] for way in ways if len(way) == 1 and _is_used(way[0])]
    if any(_ANSWERS.fullmatch(name) for name in here):
        return True
    deeper = any(len(way) > 1 and _is_used(way[-1]) for way in ways)
    return bool(here) and not deeper and not any(_CANVAS.fullmatch(n) for n in here)


def _whose(one: _Found) -> tuple[str, str, str]:
    """Return name and number of the learner, and the name of the file."""
    top, name = one.parts[0], one.parts[-1]
    moodle = _MOODLE.fullmatch(top)
    if moodle:
        return clean(moodle[1]), moodle[2], name if len(one.parts) > 1 else moodle[3] or top
    if len(one.parts) > 1 or (one.file is None and not one.why):
        return clean(top), "", name
    canvas = _CANVAS.fullmatch(top)
    if canvas:
        return clean(canvas[1]), canvas[2], canvas[3]
    return clean(top.partition(".")[0] or top), "", name


# --- Reading -----------------------------------------------------------------------------------

_open: dict[str, zipfile.ZipFile] = {}


def read(file: File, most: int = MAX_BYTES) -> bytes:
    """Return what a file holds.

    Parameters
    ----------
    file : File
        Where it is.
    most : int, optional
        The largest size that is read, in bytes; never more is taken into memory.

    Raises
    ------
    UnreadableError
        It is too large, damaged, gone, or no ordinary file.
    """
    if file.place < 0:
        return _read_plain(Path(file.container, file.name), most)
    if file.container not in _open:
        for archive in _open.values():
            archive.close()
        _open.clear()
        _open[file.container] = _opened(Path(file.container))
    archive = _open[file.container]
    return _read_member(archive, file.place, most)


def _read_plain(path: Path, most: int) -> bytes:
    # A link or a pipe that has come in its place since is not followed and not waited for.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        with open(os.open(path, flags | getattr(os, "O_BINARY", 0)), "rb") as file:  # noqa: PTH123
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise UnreadableError("is no ordinary file")
            data = file.read(most + 1)
    except OSError as error:
        raise UnreadableError(f"cannot be read ({error.strerror or error})") from None
    return _bounded(data, most)


def _opened(source: Path | BytesIO) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(source)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OverflowError) as error:
        raise UnreadableError(f"is no zip file that can be read ({error})") from None
    except OSError as error:
        raise UnreadableError(f"cannot be read ({error.strerror or error})") from None


def _read_member(archive: zipfile.ZipFile, place: int, most: int) -> bytes:
    info = archive.infolist()[place]
    if info.flag_bits & 1:
        raise UnreadableError("has a password")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise UnreadableError("is packed in a way that is not read here")
    if info.file_size > most:
        raise UnreadableError(_large(most))
    try:
        with archive.open(info) as file:
            data = file.read(most + 1)  # what the archive says of the size may be a lie
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError) as error:
        raise UnreadableError(f"is damaged in the zip file ({clean(str(error))})") from None
    return _bounded(data, most)


def _bounded(data: bytes, most: int) -> bytes:
    if len(data) > most:
        raise UnreadableError(_large(most))
    return data


def _large(most: int) -> str:
    return f"has more than {most:,} bytes"


def inside(file: File) -> Iterator[tuple[str, bytes | str]]:
    """Open a zip file that a learner handed in.

    Parameters
    ----------
    file : File
        The zip file.

    Yields
    ------
    name : str
        Of a notebook or a file of answers in it.
    data : bytes or str
        What it holds; a text says why it cannot be read.

    Raises
    ------
    UnreadableError
        The zip file cannot be used.
    """
    data = read(file, MAX_INNER)
    # The list of a zip file of a few megabytes could fill the memory when it is opened.
    end = data.rfind(b"PK\x05\x06")
    listed = int.from_bytes(data[end + 12 : end + 16], "little") if end >= 0 else 0
    if listed > MAX_DIRECTORY or b"PK\x06\x06" in data[-70_000:]:
        raise UnreadableError("holds too many files")
    left = MAX_FILES
    with _opened(BytesIO(data)) as archive:
        entries = list(_in_zip(archive, file.name))
        used = [one.parts for one in entries if one.file and _is_used(one.parts[-1])]
        if len({number for parts in used for number in _numbers(parts)}) > 1:
            raise UnreadableError(_SEVERAL)
        for one in entries:
            name = clean(one.parts[-1])
            if _passed_over(one.parts) or (one.file is None and not one.why):
                continue
            if not one.why and not _is_used(name):
                continue
            left -= 1
            if left < 0:
                yield name, f"is one of more than {MAX_FILES} files"
                return
            if one.why or one.file is None:
                yield name, one.why
            elif name.lower().endswith(".zip"):
                yield name, "is a zip file in a zip file of a learner, which is not opened"
            else:
                try:
                    yield name, _read_member(archive, one.file.place, MAX_BYTES)
                except UnreadableError as error:
                    yield name, str(error)

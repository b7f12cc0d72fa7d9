"""The command ``pvwidgets``: thin wrappers over functions that Python can call too."""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from . import __version__
from .classroom import commands as classroom
from .errors import ActivityError, did_you_mean
from .halves import ID
from .kinds import KINDS, part
from .model import FOLDER, json_schema, list_activities, load
from .source import check_source

SCHEMA_FILE = FOLDER / "schema.json"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command.

    Parameters
    ----------
    argv : sequence of str, optional
        The arguments; without them those of the process.

    Returns
    -------
    int
        0 if all went well, 1 if an activity file has problems, 2 for unusable arguments, 130 if
        it was stopped.
    """
    args = _parser().parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Not every terminal has the letters of every name; the work is not lost for that.
            stream.reconfigure(errors="replace")
    try:
        code: int = args.run(args)
    except ActivityError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{error.filename or 'pvwidgets'}: {error.strerror or error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pvwidgets",
        description="Check, list and preview activity files; assign, grade and report on them.",
    )
    parser.add_argument("--version", action="version", version=f"pvwidgets {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    validate = commands.add_parser("validate", help="check activity files and list every problem")
    validate.add_argument(
        "paths", nargs="*", metavar="PATH", help="files or folders; without any, the package's own"
    )
    validate.set_defaults(run=_validate)

    listing = commands.add_parser("list", help="list the package's activities")
    listing.set_defaults(run=_list)

    new = commands.add_parser("new", help="start an activity file that is valid and can be edited")
    new.add_argument("kind", metavar="KIND", help=f"one of {', '.join(KINDS)}")
    new.add_argument("id", metavar="ID", help="a name in small letters, digits and hyphens")
    new.add_argument(
        "--folder", type=Path, default=Path(), help="where to put ID.yml; without it, here"
    )
    new.set_defaults(run=_new)

    preview = commands.add_parser(
        "preview", help="show one activity in a browser, reload on change"
    )
    preview.add_argument("file", metavar="FILE", help="the activity file")
    preview.add_argument("--port", type=_port, default=0, help="without it, any free port")
    preview.add_argument(
        "--no-open", action="store_true", help="print the address, open no browser"
    )
    preview.set_defaults(run=_preview)

    source = commands.add_parser(
        "check-source", help="look for what must not go out with an assignment"
    )
    source.add_argument("folder", metavar="FOLDER", type=Path, help="the assignment's source")
    source.set_defaults(run=_check_source)

    otter = commands.add_parser("otter", help="make otter-grader's form of an nbgrader notebook")
    otter.add_argument("notebook", metavar="NOTEBOOK", type=Path, help="the notebook")
    otter.add_argument("output", metavar="OUTPUT", type=Path, help="where to write the new one")
    otter.set_defaults(run=_otter)

    classroom.add(commands)

    schema = commands.add_parser("schema", help="print the JSON Schema of activity files")
    schema.set_defaults(run=_schema)
    return parser


def _validate(args: argparse.Namespace) -> int:
    paths = [Path(p) for p in args.paths] or [FOLDER]
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            found = sorted(p for p in path.rglob("*") if p.suffix in (".yml", ".yaml"))
            if not found:
                print(f"{path}: there is no .yml or .yaml file in this folder", file=sys.stderr)
                return 1
            files += found
        else:
            files.append(path)
    bad = 0
    for file in files:
        try:
            load(file)
        except ActivityError as error:
            print(error, file=sys.stderr)
            bad += 1
    print(
        f"{len(files)} checked, {bad} with problems" if bad else f"{len(files)} checked, all valid"
    )
    return 1 if bad else 0


def _list(_: argparse.Namespace) -> int:
    for name in list_activities():
        activity = load(name)
        print(f"{activity.id}\t{activity.kind}\t{activity.title}")
    return 0


def _new(args: argparse.Namespace) -> int:
    if args.kind not in KINDS:
        print(
            f'there is no kind "{args.kind}"; expected one of {", ".join(KINDS)}.'
            f"{did_you_mean(args.kind, KINDS)}",
            file=sys.stderr,
        )
        return 2
    if not ID.fullmatch(args.id) or len(args.id) > 60:
        print(
            f'"{args.id}" is no id; expected small letters, digits and hyphens, at most 60, '
            "for example street-lamps",
            file=sys.stderr,
        )
        return 2
    path = args.folder / f"{args.id}.yml"
    title = args.id.replace("-", " ").capitalize()
    head = f"id: {_quoted(args.id)}\nkind: {args.kind}\nversion: 1\ntitle: {_quoted(title)}\n"
    if (args.folder / SCHEMA_FILE.name).is_file():
        # Only then: an editor complains about a schema that it cannot find.
        head = f"# yaml-language-server: $schema={SCHEMA_FILE.name}\n{head}"
    text = head + part(args.kind, "author").TEMPLATE.lstrip("\n")
    try:
        with path.open("x", encoding="utf-8") as file:  # never over a file that is there
            file.write(text)
    except FileExistsError:
        print(f"{path} is there already; nothing was changed", file=sys.stderr)
        return 2
    print(f"{path} written. Look at it: pvwidgets preview {path}")
    return 0


def _quoted(text: str) -> str:
    # The only names that YAML reads as something else than a text.
    return f'"{text}"' if text.lower() in ("null", "true", "false") else text


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; expected 0 to 65535")
    return int(text)


def _preview(args: argparse.Namespace) -> int:
    from .preview import serve

    return serve(Path(args.file), port=args.port, open_browser=not args.no_open)


def _check_source(args: argparse.Namespace) -> int:
    if not args.folder.is_dir():
        print(f"{args.folder}: there is no such folder", file=sys.stderr)
        return 2
    notebooks = sum(1 for _ in args.folder.rglob("*.ipynb"))
    if not notebooks:
        print(f"{args.folder}: there is no notebook in this folder", file=sys.stderr)
        return 1
    problems = check_source(args.folder)
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems:
        print(f"{args.folder}: ready to go out")
    return 1 if problems else 0


def _otter(args: argparse.Namespace) -> int:
    from .otter import convert

    try:
        text = args.notebook.read_text(encoding="utf-8")
        with contextlib.chdir(args.notebook.parent):  # an activity's file is named from there
            text = convert(text, name=args.notebook.stem)
    except ActivityError:
        raise
    except UnicodeDecodeError:
        print(f"{args.notebook}: it is not UTF-8 text", file=sys.stderr)
        return 1
    except ValueError as error:
        print(f"{args.notebook}: {error}", file=sys.stderr)
        return 1
    with args.output.open("x", encoding="utf-8") as file:  # never over a file that is there
        file.write(text)
    print(f"{args.output} written. Next: otter assign {args.output} FOLDER")
    return 0


def _schema(_: argparse.Namespace) -> int:
    print(json.dumps(json_schema(), indent=1, ensure_ascii=False))
    return 0

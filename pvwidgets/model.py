"""Load an activity from its YAML file, check it, and part it into its two halves."""

from __future__ import annotations

import difflib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from . import richtext
from .errors import ActivityError, Problem, did_you_mean
from .halves import FORMAT, ID, read_public
from .kinds import KINDS, part
from .schema import Report, Schema, check, read

FOLDER = Path(__file__).parent / "activities"
FILES = (".yml", ".yaml", ".json")

BASE: dict[str, Schema] = {
    "id": {
        "type": "string",
        "pattern": ID.pattern,
        "maxLength": 60,
        "description": "a name in small letters, digits and hyphens; answers are kept under it",
    },
    "kind": {"type": "string", "enum": sorted(KINDS), "description": "the kind of activity"},
    "version": {
        "type": "integer",
        "minimum": 1,
        "maximum": 100_000,
        "description": "1, and one more when a card changes its meaning",
    },
    "title": {
        "type": "string",
        "pattern": r"\S",
        "maxLength": 120,
        "description": "a short heading",
    },
    "prompt": {
        "type": "string",
        "pattern": r"\S",
        "maxLength": 3000,
        "description": "what the learner is asked to do; small Markdown",
    },
    "objective": {
        "type": "string",
        "pattern": r"\S",
        "maxLength": 600,
        "description": "what the learner can do afterwards, in one sentence",
    },
    "case": {
        "type": "string",
        "pattern": r"\S",
        "maxLength": 120,
        "description": "the case that the activity belongs to",
    },
}
_REQUIRED = ["id", "kind", "version", "title", "prompt"]


@dataclass(frozen=True)
class Activity:
    """An activity in its two halves.

    Attributes
    ----------
    id, kind, title : str
        As in the file.
    version : int
        As in the file.
    public : dict
        What a learner may see before answering. Every host works with it alone.
    key : dict or None
        Keys, credit and feedback.
    path : Path
        Where it was read.
    """

    id: str
    kind: str
    version: int
    title: str
    public: dict[str, Any]
    key: dict[str, Any] | None
    path: Path

    @property
    def sets(self) -> list[list[str]]:
        """The sets of card ids that can be drawn; the first is shown first."""
        return list(self.public.get("sets", []))

    def without_key(self) -> Activity:
        """Return the same activity with its public half alone."""
        return Activity(self.id, self.kind, self.version, self.title, self.public, None, self.path)


def load(ref: str | os.PathLike[str], *, seed: int | str | None = None) -> Activity:
    """Load an activity.

    Parameters
    ----------
    ref : str or path
        The id of an activity of this package, or the path of a file (with a slash in it, or ending
        in ``.yml``, ``.yaml`` or ``.json``): an activity as its author wrote it, or its public half
        as `pvwidgets.halves` describes it.
    seed : int or str, optional
        Draw by this seed in place of the file's own. A public half is drawn already.

    Returns
    -------
    Activity

    Raises
    ------
    ActivityError
        With all problems of the file: line, field, what was found and what was expected.
    """
    path, shown = _locate(ref)
    if path.suffix == ".json":
        public = read_public(path)
        id_, kind, version, title = (public[name] for name in ("id", "kind", "version", "title"))
        return Activity(id_, kind, version, title, public, None, path)
    return build(*checked(path, shown), path, seed)


def checked(path: Path, shown: str) -> tuple[dict[str, Any], Report]:
    """Return the fields of an activity's file, held against the schema of its kind.

    Parameters
    ----------
    path : Path
        The YAML file.
    shown : str
        How problems name it.

    Returns
    -------
    data, report : dict, Report
        The fields, and where further problems are noted.
    """
    report = Report(shown)
    node = read(path, report)
    schema = schema_for(_kind_of(node))
    data = check(node, schema, report)
    if data.get("kind") not in KINDS:
        report.stop_if_any()
    return data, report


def build(
    data: dict[str, Any], report: Report, path: Path, seed: int | str | None = None
) -> Activity:
    """Return the activity that the fields of a file make.

    Parameters
    ----------
    data, report : dict, Report
        From `checked`.
    path : Path
        The file.
    seed : int or str, optional
        As for `load`.
    """
    half, key = part(data["kind"], "author").build(data, report, seed)
    public = {
        "format": FORMAT,
        "id": data["id"],
        "kind": data["kind"],
        "version": data["version"],
        "title": data["title"],
        "prompt": richtext.blocks(data["prompt"]),
        **half,
    }
    return Activity(data["id"], data["kind"], data["version"], data["title"], public, key, path)


def schema_for(name: str | None) -> Schema:
    """Return the schema of a kind's files; without a kind, of the fields that all kinds share."""
    if name is None:
        other: Schema | bool = {}  # whatever it is, it belongs to some kind
        required, fields = _REQUIRED, BASE
    else:
        author = part(name, "author")
        other = False
        required, fields = [*_REQUIRED, *author.REQUIRED], {**BASE, **author.SCHEMA}
    return {
        "type": "object",
        "additionalProperties": other,
        "required": required,
        "properties": dict(fields),
    }


def json_schema() -> Schema:
    """Return the JSON Schema (draft 2020-12) of activity files, for editors."""
    branches = []
    for name in KINDS:
        branch = schema_for(name)
        branch["properties"]["kind"] = {**BASE["kind"], "enum": [name]}
        branches.append(branch)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An activity of pvwidgets",
        "oneOf": branches,
    }


def list_activities() -> list[str]:
    """Return the ids of the package's activities, sorted."""
    return sorted(path.stem for path in FOLDER.glob("*.yml"))


def _locate(ref: str | os.PathLike[str]) -> tuple[Path, str]:
    text = os.fspath(ref)
    if not isinstance(ref, str) or "/" in text or os.sep in text or text.endswith(FILES):
        return Path(text), text
    known = list_activities()
    if text not in known:
        message = (
            f'there is no activity "{text}".{did_you_mean(text, known)} '
            f"Known: {', '.join(known)}. For a file of your own, give its path, ending in .yml."
        )
        raise ActivityError([Problem("pvwidgets", 0, "", message)])
    path = FOLDER / f"{text}.yml"
    return path, path.name


def _kind_of(node: Node) -> str | None:
    # The kind decides which other fields are known, so it is looked up before the check. A
    # misspelt kind is reported there; its other fields are held against the nearest kind's.
    others = BASE.keys() - {"kind"}
    given = {
        str(key.value): str(value.value)
        for key, value in (node.value if isinstance(node, MappingNode) else ())
        if isinstance(key, ScalarNode) and isinstance(value, ScalarNode) and key.value not in others
    }
    named = difflib.get_close_matches("kind", given, n=1)
    near = difflib.get_close_matches(given[named[0]], KINDS, n=1, cutoff=0) if named else []
    return near[0] if near else None

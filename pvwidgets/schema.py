"""Read an activity's YAML and hold it against a schema, with the line of every fault.

A schema here is a JSON Schema (draft 2020-12) that uses only ``type``, ``properties``,
``required``, ``additionalProperties``, ``minProperties``, ``maxProperties``, ``items``,
``minItems``, ``maxItems``, ``anyOf`` (of different types), ``enum``, ``pattern``, ``maxLength``,
``minimum``, ``maximum`` and ``description``; an empty one lets everything pass. The same object
serves the check below and, written out as JSON, an author's editor; a test holds the two against
the ``jsonschema`` library. We check the YAML nodes ourselves because a validator of plain data has
lost the line numbers by then.
"""

from __future__ import annotations

import re
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError
from ruamel.yaml.tokens import FlowMappingEndToken, FlowSequenceEndToken, ScalarToken

from .errors import ActivityError, Problem, did_you_mean

Schema = dict[str, Any]

MAX_BYTES = 1_000_000
MAX_DEPTH = 12

_TAG = "tag:yaml.org,2002:"

# YAML forbids control characters as they are, yet lets them in as escapes; halves of a character
# (surrogates) cannot even be written to a file.
_UNUSABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

# As YAML counts lines; "splitlines" knows other breaks too.
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")

# Word processors write these; to YAML they are letters like any other.
_CURLY = re.compile("[“”„‟‘’‚‛]")


_WANTED = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number such as -21 or 8.5",
    "boolean": "true or false",
    "array": "a list",
    "object": "a block of fields",
}
_TAGS = {
    "string": ("str",),
    "integer": ("int",),
    "number": ("int", "float"),
    "boolean": ("bool",),
}


@dataclass
class Report:
    """Collects the problems of one file.

    Attributes
    ----------
    file : str
        How the file is named in messages.
    lines : dict of str to int
        Line of each field that was read, by its path.
    problems : list of Problem
        What was found so far.
    """

    file: str
    lines: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, path: str, message: str, line: int | None = None) -> None:
        """Note a problem at a field; without a line, the field's own or its nearest parent's."""
        if line is None:
            near = path
            while near and near not in self.lines:
                near = re.sub(r"(\.[^.\[]*|\[\d+\]|^[^.\[]*)$", "", near)
            line = self.lines.get(near, 0)
        self.problems.append(Problem(self.file, line, path, message))

    def stop_if_any(self) -> None:
        """Raise ActivityError if anything was noted."""
        if self.problems:
            raise ActivityError(self.problems)


def read(path: Path, report: Report) -> Node:
    """Read one YAML document and return its node tree.

    Parameters
    ----------
    path : Path
        A regular file of at most 1,000,000 bytes, in UTF-8.
    report : Report
        Where problems are noted.

    Returns
    -------
    ruamel.yaml.nodes.Node
        Nodes, not values: nothing in the file is built or run.

    Raises
    ------
    ActivityError
        The file cannot be read, is no YAML, or uses anchors, tags or several documents.
    """
    text = _text(path, report)
    node: Node | None = None
    try:
        _check_events(text, report)
        if not report.problems:
            node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        said = " ".join(str(error.problem or error.context or "").split())
        line, hint = _yaml_hint(text, error, said)
        report.add("", f"this is not valid YAML: {f'{hint} ({said})' if hint else said}", line)
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        report.add("", f"this is not valid YAML: {_code(error.character)} is not allowed", line)
    except (YAMLError, ValueError, RecursionError) as error:
        report.add("", f"this is not valid YAML: {' '.join(str(error).split())}", 0)
    report.stop_if_any()
    if node is None:
        report.add("", "the file is empty; an activity needs at least id, kind and title", 0)
        raise ActivityError(report.problems)
    return node


def _text(path: Path, report: Report) -> str:
    said, line = "", 0
    try:
        info = path.stat()
        if stat.S_ISDIR(info.st_mode):
            said = "this is a folder; expected a YAML file"
        elif not stat.S_ISREG(info.st_mode):
            said = "this is not a regular file; expected a YAML file"
        elif info.st_size > MAX_BYTES:
            said = f"the file has {info.st_size:,} bytes; at most {MAX_BYTES:,} are read"
        else:
            text = path.read_bytes().decode("utf-8-sig")
            return text.replace("\r\n", "\n").replace("\r", "\n")  # so that we count lines as YAML
    except UnicodeDecodeError as error:
        said = f"byte {error.start} is not UTF-8; save the file in UTF-8"
        line = error.object[: error.start].count(b"\n") + 1
    except OSError as error:
        said = f"cannot be read: {error.strerror or error}"
    except ValueError as error:  # a path with a null byte in it
        said = f"cannot be read: {error}"
    report.add("", said, line)
    raise ActivityError(report.problems)


def _yaml_hint(text: str, error: MarkedYAMLError, said: str) -> tuple[int, str]:
    """Return the line to look at and what to do, in words of an author who knows no YAML."""
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return 0, ""
    lines = [*_BREAK.split(text), ""]
    here = mark.line + 1
    first = error.context_mark.line + 1 if error.context_mark else here
    if "'\\t'" in said:
        return here, "there is a tab here; indent with spaces, not tabs"
    if start := re.match(r"found character '(.)' that cannot start", said):
        return here, f"a text that starts with {start[1]} needs quotes around it"
    if "mapping values are not allowed" in said:
        line = lines[mark.line]
        if not re.fullmatch(r"[\s-]*[\w-]+", line[: mark.column]):
            curly = "; curly quotes do not count" if _CURLY.search(line) else ""
            return here, f'a text with ": " in it needs quotes around it{curly}'
        above = next((n for n in range(mark.line, 0, -1) if lines[n - 1].strip()), here)
        if re.match(r"\s*-\w", lines[above - 1]):
            return above, "a space is missing after the dash"
        return here, "this line, or the one before it, has too many or too few spaces before it"
    if "could not find expected ':'" in said:
        if re.match(r"[\s-]*[\w-]+:\S", lines[first - 1]):
            return first, "a space is missing after the colon"
        return first, (
            "expected a field's name and a colon; if this is the rest of a text, put more spaces "
            "before it"
        )
    if "sequence entries are not allowed" in said:
        return here, 'a "-" here would begin a list; write a word, or put quotes around the text'
    if error.context in ("while scanning an alias", "while scanning an anchor"):
        return here, "a text that starts with * or & needs quotes around it"
    if "expected a comment or a line break" in said or "expected chomping" in said:
        return here, "after > or | the text begins in the next line"
    if error.context == "while scanning a quoted scalar":
        return first, "the quotation mark that opens here is never closed"
    if "flow sequence" in str(error.context) or "flow mapping" in str(error.context):
        return first, "a bracket that opens here is not closed where it should be"
    if "expected <block end>" in said:
        return _block_hint(text, mark.index, here)
    return here, ""


def _block_hint(text: str, index: int, here: int) -> tuple[int, str]:
    before = None
    for token in YAML(typ="safe", pure=True).scan(text):
        if token.start_mark.index >= index:
            break
        before = token
    if isinstance(before, (FlowSequenceEndToken, FlowMappingEndToken)):
        return here, "a text that starts with a bracket needs quotes around it"
    if isinstance(before, ScalarToken) and before.style in ("'", '"'):
        first = before.start_mark.line + 1
        if first < here:
            return first, f"the quotation mark that opens here is not closed before line {here}"
        return here, (
            "the text goes on after its closing quotation mark; write >- after the colon and the "
            "whole text in the next line"
        )
    return here, "this line has too many or too few spaces before it"


def _check_events(text: str, report: Report) -> None:
    depth = documents = 0
    for event in YAML(typ="safe", pure=True).parse(text):
        line = event.start_mark.line + 1
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            report.add(
                "",
                "a text that starts with * or & needs quotes around it; anchors (&name) and "
                "aliases (*name) are not used here",
                line,
            )
            return
        tag = getattr(event, "ctag", None) if isinstance(event, NodeEvent) else None
        if tag is not None:
            report.add(
                "",
                f"a text that starts with ! needs quotes around it; the tag {tag} is not used here",
                line,
            )
            return
        if isinstance(event, DocumentStartEvent):
            documents += 1
            if documents > 1:
                report.add("", "a second document starts here; one file holds one activity", line)
                return
        if isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            depth += 1
            if depth > MAX_DEPTH:
                report.add("", f"nested more than {MAX_DEPTH} levels deep", line)
                return
        elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            depth -= 1


def check(node: Node, schema: Schema, report: Report, path: str = "") -> Any:
    """Hold a node against a schema and return its value as plain data.

    Parameters
    ----------
    node : ruamel.yaml.nodes.Node
        From `read`.
    schema : dict
        See the module's text.
    report : Report
        Where problems are noted; nothing is raised.
    path : str, optional
        Path of the node, for messages.

    Returns
    -------
    object
        dict, list, str, int, float, bool, or None where the node does not fit.
    """
    report.lines.setdefault(path, node.start_mark.line + 1)
    if "anyOf" in schema:
        return _check_any(node, schema, report, path)
    if not schema:
        return None
    kind = schema["type"]
    if kind == "object":
        return _check_object(node, schema, report, path)
    if kind == "array":
        return _check_array(node, schema, report, path)
    return _check_scalar(node, schema, report, path)


def _check_any(node: Node, schema: Schema, report: Report, path: str) -> Any:
    for choice in schema["anyOf"]:
        if _fits(node, choice["type"]):
            return check(node, choice, report, path)
    wanted = " or ".join(_WANTED[choice["type"]] for choice in schema["anyOf"])
    report.add(path, f"expected {wanted}, found {_found(node)}")
    return None


def _fits(node: Node, kind: str) -> bool:
    if isinstance(node, MappingNode):
        return kind == "object"
    if isinstance(node, SequenceNode):
        return kind == "array"
    return str(node.tag).removeprefix(_TAG) in _TAGS.get(kind, ())


def _found(node: Node) -> str:
    if isinstance(node, MappingNode):
        return "a block of fields"
    if isinstance(node, SequenceNode):
        return "a list"
    kind = str(node.tag).removeprefix(_TAG)
    text = node.value if len(node.value) <= 40 else node.value[:39] + "…"
    text = text.replace("\n", "\\n")
    if kind == "null":
        return "nothing"
    if kind in ("int", "float"):
        return f"the number {text}"
    return f'"{text}"' if kind == "str" else f"{text} (read as {kind})"


def _check_object(node: Node, schema: Schema, report: Report, path: str) -> dict[str, Any]:
    value: dict[str, Any] = {}
    known: dict[str, Schema] = schema.get("properties", {})
    other = schema.get("additionalProperties")
    if not isinstance(node, MappingNode):
        names = f" ({_names(known)})" if known else ""
        report.add(
            path,
            f"expected a block of fields{names}, found {_found(node)}; write each field in a line "
            "of its own",
        )
        return value
    seen: dict[str, int] = {}
    for key, child in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, ScalarNode):
            report.add(path, f"expected a field's name, found {_found(key)}", line)
            continue
        name = str(key.value)
        here = f"{path}.{name}" if path else name
        if name in seen:
            report.add(here, f"given twice; first in line {seen[name]}", line)
            continue
        seen[name] = line
        if name not in known and isinstance(other, dict):
            report.lines[here] = line
            if odd := _UNUSABLE.search(name):
                said = f"the character {_code(odd.group())} cannot be shown; take it out"
                report.add(path, said, line)
            value[name] = check(child, other, report, here)
            continue
        if name not in known:
            report.add(
                here,
                f'unknown field "{name}"; expected one of {_names(known)}.'
                f"{did_you_mean(name, known)}",
                line,
            )
            continue
        report.lines[here] = line
        value[name] = check(child, known[name], report, here)
    unknown = [n for n in seen if n not in known and not isinstance(other, dict)]
    for name in schema.get("required", ()):
        if name not in seen:
            slip = [u for u in unknown if f'"{name}"' in did_you_mean(u, [name])]
            if not slip:  # the misspelt field is already reported with the name meant
                report.add(path, f'the field "{name}" is missing: {known[name]["description"]}')
    _check_size(len(seen), schema, "Properties", "block", report, path)
    return value


def _check_size(
    size: int, schema: Schema, what: str, where: str, report: Report, path: str
) -> None:
    least, most = schema.get(f"min{what}", 0), schema.get(f"max{what}", size)
    if size < least:
        report.add(path, f"expected at least {least} in this {where}, found {size}")
    elif size > most:
        report.add(path, f"expected at most {most} in this {where}, found {size}")


def _check_array(node: Node, schema: Schema, report: Report, path: str) -> list[Any]:
    if not isinstance(node, SequenceNode):
        report.add(path, f'expected a list, found {_found(node)}; start each entry with "- "')
        return []
    value = [check(n, schema["items"], report, f"{path}[{i}]") for i, n in enumerate(node.value)]
    _check_size(len(value), schema, "Items", "list", report, path)
    return value


def _check_scalar(node: Node, schema: Schema, report: Report, path: str) -> Any:
    wanted = schema["type"]
    words = _WANTED[wanted]
    if "enum" in schema:
        words = "one of " + ", ".join(schema["enum"])
    tag = str(node.tag).removeprefix(_TAG)
    if not isinstance(node, ScalarNode) or tag not in _TAGS[wanted]:
        quotes = ""
        if wanted == "string" and tag in ("int", "float", "bool", "timestamp"):
            quotes = "; put it in quotes"
        elif (
            wanted in ("integer", "number") and tag == "str" and str(node.value).strip().isdecimal()
        ):
            quotes = "; take the quotes away"
        report.add(path, f"expected {words}, found {_found(node)}{quotes}")
        return None
    if wanted == "boolean":
        return str(node.value).lower() == "true"
    if wanted == "integer":
        return _check_integer(node, schema, report, path)
    if wanted == "number":
        return _check_number(node, report, path)
    text = str(node.value)
    if "enum" in schema and text not in schema["enum"]:
        report.add(
            path,
            f"expected {words}, found {_found(node)}."
            f"{did_you_mean(_CURLY.sub('', text), schema['enum'])}",
        )
        return None
    if not text.strip():
        report.add(path, f"expected {words}, found an empty one")
        return None
    if odd := _UNUSABLE.search(text):
        report.add(path, f"the character {_code(odd.group())} cannot be shown; take it out")
        return None
    if len(text) > schema.get("maxLength", len(text)):
        report.add(path, f"{len(text):,} characters; at most {schema['maxLength']:,} are allowed")
        return None
    # In JSON Schema "$" is the very end; Python's also stands before a last line break.
    if "pattern" in schema and not re.search(re.sub(r"\$$", r"\\Z", schema["pattern"]), text):
        plain = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
        meant = f'. Did you mean "{plain}"?' if re.search(schema["pattern"], plain) else ""
        report.add(path, f"found {_found(node)}, expected {schema['description']}{meant}")
        return None
    return text


def _check_integer(node: ScalarNode, schema: Schema, report: Report, path: str) -> int | None:
    digits = str(node.value).replace("_", "")
    try:
        number = int(digits, 0) if digits.lstrip("+-")[:2] in ("0x", "0o") else int(digits)
    except ValueError:  # more digits than Python converts
        report.add(path, f"expected a whole number, found {_found(node)}")
        return None
    low, high = schema.get("minimum", number), schema.get("maximum", number)
    if not low <= number <= high:
        report.add(path, f"found {number}, expected a whole number from {low} to {high}")
        return None
    return number


def _check_number(node: ScalarNode, report: Report, path: str) -> str | None:
    """Return a number as the digits that the author wrote: exact, as no float would be."""
    digits = str(node.value).replace("_", "")
    if not re.fullmatch(r"[-+]?\d{1,15}(\.\d{1,6})?", digits, re.ASCII):
        report.add(path, f"expected {_WANTED['number']}, found {_found(node)}")
        return None
    return digits


def _code(character: str | int) -> str:
    return f"U+{character if isinstance(character, int) else ord(character):04X}"


def _names(properties: dict[str, Schema]) -> str:
    return ", ".join(properties)

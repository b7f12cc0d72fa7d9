"""The worksheet of a written answer: lines to write on, and the rubric with boxes to tick."""

from __future__ import annotations

import re
from typing import Any

from ...sheet import Answer, Block, Item, Items, Para
from ...words import words

NUMBER = re.compile(r"^\d+\.\s+")


def blocks(public: dict[str, Any]) -> list[Block]:
    """Return what to work on."""
    w = words()["worksheet"]
    parts = []
    for part in public["parts"]:
        # The list is numbered already.
        headed = ["strong", part["title"]]
        label = [
            ["strong", NUMBER.sub("", part["title"])] if node == headed else node
            for node in part["label"]
        ]
        parts.append(Item([*label, f" {part['hint']}".rstrip()], lines=6))
    sheet: list[Block] = [Items(parts)]
    for sample in public["samples"]:
        sheet += [Para(sample["title"], strong=True), Para(sample["text"])]
    if public["rubric"]:
        rated = [
            Item([one["label"]], choices=[option["text"] for option in one["options"]])
            for one in public["rubric"]
        ]
        sheet += [Para(w["rubric"], strong=True), Items(rated)]
    return sheet


def answers(public: dict[str, Any], key: dict[str, Any]) -> list[Answer]:
    """Return the models, and our ratings of the samples."""
    w = words()["worksheet"]
    told = [
        Answer([["p", *part["label"]], *key["models"][part["id"]]], "")
        for part in public["parts"]
        if part["id"] in key["models"]
    ]
    for sample in public["samples"]:
        ours = key["samples"][sample["id"]]
        said = [
            (f"{one['label']}: {ours[one['id']]['option']}", ours[one["id"]]["feedback"][1:])
            for one in public["rubric"]
        ]
        told.append(Answer([sample["title"]], w["ours"], said))
    return told

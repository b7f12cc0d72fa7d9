"""The activity as an ipywidget: a thin anywidget whose response lives in Python too."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from . import answers as record
from . import page
from .grading import grade
from .kinds import KINDS, has_part, part
from .model import Activity
from .results import Result
from .words import shown, words


class ActivityWidget(anywidget.AnyWidget):
    """An activity in a notebook.

    Parameters
    ----------
    activity : Activity
        What to show. Without its key half, the widget gives no verdict.
    answers : str, path or None, optional
        The file that keeps the answers; None keeps them in memory only.

    Attributes
    ----------
    response : dict
        What the learner has answered so far, as plain data; ``{}`` before the first move. Setting
        it moves the cards.
    result : Result
        The response, graded in Python. Read-only; follows the response.
    """

    _esm = page.STATIC / "widget.js"
    _css = page.STATIC / "pv.css"

    _public = traitlets.Dict().tag(sync=True)
    _key = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)
    _words = traitlets.Dict().tag(sync=True)
    _notice = traitlets.Unicode("").tag(sync=True)
    _others = traitlets.Dict().tag(sync=True)

    response = traitlets.Dict().tag(sync=True)
    result = traitlets.Instance(Result, read_only=True)

    def __init__(
        self, activity: Activity, *, answers: str | os.PathLike[str] | None = record.FILE
    ) -> None:
        self.activity = activity
        self._path = None if answers is None else Path(answers).resolve()
        self._aside: dict[str, Any] = {}
        stored, notice = self._read()
        super().__init__(
            _public=activity.public,
            _key=activity.key,
            _words=shown([activity.kind]),
            _notice=notice,
            _others=self._gathered(),
            response=stored,
        )
        self.set_trait("result", grade(activity, self.response))
        self.observe(self._answered, names="response")

    def _read(self) -> tuple[dict[str, Any], str]:
        if self._path is None:
            return {}, ""
        try:
            entry = record.read(self._path).get(self.activity.id)
        except record.AnswersError as error:
            return {}, self._not_saved(str(error))
        if entry is None or not entry["response"]:
            return {}, ""
        response = part(self.activity.kind, "grade").fit(self.activity.public, entry["response"])
        if response == entry["response"]:
            return response, ""
        # Kept as it was when the file is next written.
        self._aside = {self.activity.id: entry["response"]}
        return response, str(words()["ui"]["changed"])

    def _gathered(self) -> dict[str, Any]:
        """Return the responses to the activities whose answers are shown in this one."""
        names = {one["id"] for one in self.activity.public.get("gather", ())}
        if self._path is None or not names:
            return {}
        try:
            kept = record.read(self._path)
        except record.AnswersError:
            return {}  # said already, in the notice
        return {name: kept[name]["response"] for name in sorted(names & kept.keys())}

    def _answered(self, _: Any) -> None:
        self.set_trait("result", grade(self.activity, self.response))
        if self._path is None or self.result.status in ("empty", "malformed"):
            return
        entry = {
            "kind": self.activity.kind,
            "version": self.activity.version,
            "saved": record.now(),
            "response": self.response,
        }
        try:
            spare = record.write(self._path, {self.activity.id: entry}, self._aside)
        except record.AnswersError as error:
            self._notice = self._not_saved(str(error))
        else:
            self._others = self._gathered()
            ui = words()["ui"]
            said = [ui["savedIn"].format(file=self._path.name)]
            if spare:
                said.append(ui["damagedFile"].format(file=spare.name))
            self._notice = " ".join(said)

    def _not_saved(self, why: str) -> str:
        file = self._path.name if self._path else ""
        return str(words()["ui"]["notSaved"].format(why=f"{file}: {why}"))

    def figure(self) -> Any:
        """Draw what the learner has answered so far.

        Returns
        -------
        matplotlib.figure.Figure
            Show it with ``pv.figures.show``; it has an alt text and a text form.

        Raises
        ------
        ValueError
            Activities of this kind have no picture, or the response is malformed.
        """
        kind = self.activity.kind
        if not has_part(kind, "figure"):
            drawn = [name for name in KINDS if has_part(name, "figure")]
            raise ValueError(f"there is no picture for {kind}, only for: {', '.join(drawn)}")
        if self.result.status == "malformed":
            raise ValueError(self.result.why)
        return part(kind, "figure").draw(self.activity.public, self.response)

    def __repr__(self) -> str:
        return page.text(self.activity)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle is None:
            return {"text/plain": repr(self)}
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        data["text/plain"] = repr(self)
        data["text/latex"] = page.latex(self.activity)
        return bundle

"""The activity as an ipywidget: a thin anywidget whose response lives in Python too."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from . import answers as record
from . import codes, handin, page
from .grading import grade
from .kinds import KINDS, has_part, part
from .model import Activity
from .results import Result
from .words import shown, words


def _with_session(*said: str) -> str:
    """Return what is said, and on a server that forgets that it does; BinderHub sets the name."""
    code = words()["code"]
    session = (
        code["session"].format(copy=code["copy"]) if "BINDER_LAUNCH_HOST" in os.environ else ""
    )
    return " ".join(filter(None, [*said, session]))


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
    _code = traitlets.Unicode("").tag(sync=True)

    response = traitlets.Dict().tag(sync=True)
    result = traitlets.Instance(Result, read_only=True)

    def __init__(
        self, activity: Activity, *, answers: str | os.PathLike[str] | None = record.FILE
    ) -> None:
        self.activity = activity
        self._path = None if answers is None else Path(answers).resolve()
        self._aside: dict[str, Any] = {}
        self._entry: record.Entry | None = None
        self._saved = ""
        self._restoring = False
        stored, notice = self._read()
        super().__init__(
            _public=activity.public,
            _key=activity.key,
            _words=shown([activity.kind, "code"]),
            _notice=_with_session(notice),
            _others=self._gathered(),
            response=stored,
        )
        self.set_trait("result", grade(activity, self.response))
        if self._entry:
            self._code = codes.line(activity.id, self._entry)
        self.observe(self._answered, names="response")
        handin.shown.add(self)

    def _read(self) -> tuple[dict[str, Any], str]:
        entry, notice = None, ""
        if self._path is not None:
            try:
                entry = record.read(self._path).get(self.activity.id)
            except record.AnswersError as error:
                notice = self._not_saved(str(error))
        coded = handin.given.get(self.activity.id, handin.Given()).entry
        if coded and (entry is None or entry["saved"] < coded["saved"]):
            entry = coded
        if entry is None or not entry["response"]:
            return {}, notice
        response, changed = self._fitted(entry)
        return response, notice or changed

    def _fitted(self, entry: record.Entry) -> tuple[dict[str, Any], str]:
        self._entry, self._saved = entry, entry["saved"]
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

    def restore(self, name: str, entry: record.Entry, path: Path | None) -> None:
        """Show what an answer code brought back, unless what is shown is newer.

        Parameters
        ----------
        name : str
            The id of the activity that the entry belongs to.
        entry : dict
            An entry as in an answers file.
        path : Path or None
            The answers file that the entry was written to.
        """
        mine = name == self.activity.id and self._path in (None, path)
        if not mine or entry["saved"] <= self._saved:
            return
        response, self._notice = self._fitted(entry)
        self._code = codes.line(name, entry)
        self._restoring = True  # it is in the file already, with the time of the code
        try:
            self.response = response
        finally:
            self._restoring = False

    def _answered(self, _: Any) -> None:
        self.set_trait("result", grade(self.activity, self.response))
        if self._restoring or self.result.status in ("empty", "malformed"):
            return
        entry: record.Entry = {
            "kind": self.activity.kind,
            "version": self.activity.version,
            "title": self.activity.title,
            "saved": record.now(),
            "response": self.response,
        }
        self._saved = entry["saved"]
        self._code = codes.line(self.activity.id, entry)
        if self._path is None:
            return
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
            self._notice = _with_session(*said)

    def _not_saved(self, why: str) -> str:
        file = self._path.name if self._path else ""
        return str(words()["ui"]["notSaved"].format(why=f"{file}: {why}"))

    def figure(self, name: str | None = None) -> Any:
        """Draw what the learner has answered so far.

        Parameters
        ----------
        name : str, optional
            Which picture, where there are several: for a triangle ``"triangle"``, the record in
            its corners, or ``"rules"``, the lamps. Without it, the first.

        Returns
        -------
        matplotlib.figure.Figure
            Show it with ``pv.figures.show``; it has an alt text and a text form.

        Raises
        ------
        ValueError
            Activities of this kind have no such picture, the response is malformed, or it cannot
            be drawn; the message says why.
        """
        kind = self.activity.kind
        if not has_part(kind, "figure"):
            drawn = [name for name in KINDS if has_part(name, "figure")]
            raise ValueError(f"there is no picture for {kind}, only for: {', '.join(drawn)}")
        if self.result.status == "malformed":
            raise ValueError(self.result.why)
        pictures = part(kind, "figure").PICTURES
        draw = pictures.get(name or next(iter(pictures)))
        if draw is None:
            raise ValueError(f'there is no picture "{name}" of {kind}, only: {", ".join(pictures)}')
        return draw(self.activity.public, self.activity.key, self.response)

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

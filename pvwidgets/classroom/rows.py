"""A table of rows that may be longer than what should be kept in memory."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile
from typing import IO

from .work import Row

#: So many rows are kept as they are; of a longer table the rest is on the disk.
BLOCK = 1000


class Rows:
    """Rows in their order, which can be gone through again and again.

    The file has no name and is gone with the process, so nobody else can write into it.

    Parameters
    ----------
    rows : iterable of Row, optional
        The first ones.
    """

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self._file: IO[bytes] | None = None
        self._places: list[int] = []
        self._last: list[Row] = []
        self.extend(rows)

    def append(self, row: Row) -> None:
        """Add a row at the end; from then on it should not be changed."""
        if len(self._last) == BLOCK:
            self._file = self._file or TemporaryFile()  # noqa: SIM115
            self._places.append(self._file.seek(0, 2))
            pickle.dump(self._last, self._file, pickle.HIGHEST_PROTOCOL)
            self._last = []
        self._last.append(row)

    def extend(self, rows: Iterable[Row]) -> None:
        """Add rows at the end."""
        for row in rows:
            self.append(row)

    def __len__(self) -> int:
        return BLOCK * len(self._places) + len(self._last)

    def __iter__(self) -> Iterator[Row]:
        for place in self._places:
            assert self._file is not None
            self._file.seek(place)
            yield from pickle.load(self._file)
        yield from self._last

"""Grade a record by its six rules; `pvwidgets.kinds.records` reads them from the public half.

`js/src/core/records.ts` is the same for the browser; `tests/vectors/alignment/` binds the two.
"""

from ..records import blank, counted, fit, grade, report, validate

__all__ = ["blank", "counted", "fit", "grade", "report", "validate"]

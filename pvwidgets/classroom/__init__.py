"""A whole class: assigning without keys, grading without running anything, and a report.

`collect` finds what was handed in, `work` grades one learner's part of it, `grading` the class's.
`tables` and `gradebook` write it down, `report` shows it. `demo` makes a class to try it with.
`assign` draws a release from an instructor's bank.
"""

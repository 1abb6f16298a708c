"""The course of a contest and of a session: which steps are done, what is missing, what comes next. For screens.

It is computed from the state that replay gives and decides nothing: whether an entry is accepted is replay's to say.
"""

from tally.course.contest import course_of, planned_course
from tally.course.step import Course, Deed, Stands, Step, StepKey

__all__ = ["Course", "Deed", "Stands", "Step", "StepKey", "course_of", "planned_course"]

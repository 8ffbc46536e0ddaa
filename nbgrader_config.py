"""Plain nbgrader works in this folder: `nbgrader generate_assignment q2`, for example."""

from autograder.authoring.release import RELEASE_STEPS
from autograder.grading.nbgrader_steps import STEPS

c = get_config()  # type: ignore[name-defined]  # noqa: F821  (nbgrader provides it)

c.CourseDirectory.course_id = "convnets-in-nine-questions"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "notebooks"
# The answer banks lie beside the source notebooks and are not for students.
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "answers"]
c.GenerateAssignment.preprocessors = RELEASE_STEPS
c.Execute.timeout = 60
# `nbgrader autograde` and formgrader's button grade as `autograder grade` does: sealed.
c.Autograde.autograde_preprocessors = STEPS
# Imported once for a whole class if a chapter has the word: it takes four seconds.
c.Autograder.preload = {
    "tensorflow": ["autograder.quiet_tensorflow", "autograder.warm_tensorflow"],
    "keras": ["autograder.quiet_tensorflow", "keras", "autograder.warm_tensorflow"],
}

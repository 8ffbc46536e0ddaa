"""What an exception tends to mean in the exercises of a course on arrays."""

from typing import Final

# The name of an exception, words of its message, and the code of the hint. The first that fits.
_USUAL: Final = (
    ("AxisError", "", "axis-missing"),
    ("IndexError", "only integers", "float-where-an-index-is-due"),
    ("IndexError", "too many indices", "too-many-indices"),
    ("IndexError", "", "index-past-the-end"),
    ("ZeroDivisionError", "", "divided-by-zero"),
    ("UnboundLocalError", "", "local-before-assigned"),
    ("NameError", "", "name-from-nowhere"),
    ("TypeError", "Cannot cast ufunc", "fractions-into-whole-numbers"),
    ("OverflowError", "out of bounds", "no-room-in-type"),
    ("RecursionError", "", "endless-recursion"),
    ("KeyError", "", "key-missing"),
    ("ModuleNotFoundError", "", "module-missing"),
    ("AttributeError", "'NoneType'", "nothing-to-work-with"),
    ("AttributeError", "", "attribute-missing"),
    ("TypeError", "positional argument", "arguments-do-not-match"),
    ("TypeError", "keyword argument", "arguments-do-not-match"),
    ("TypeError", "'NoneType'", "nothing-to-work-with"),
    ("TypeError", "float' object cannot be interpreted", "float-where-an-index-is-due"),
    ("TypeError", "float64' object cannot be interpreted", "float-where-an-index-is-due"),
    ("TypeError", "float32' object cannot be interpreted", "float-where-an-index-is-due"),
    ("TypeError", "cannot be interpreted as an integer", "whole-number-due"),
    ("TypeError", "slice indices must be integers", "float-where-an-index-is-due"),
    ("TypeError", "multiply sequence by non-int of type 'float'", "float-where-an-index-is-due"),
    ("TypeError", "multiply sequence by non-int", "kinds-do-not-mix"),
    ("TypeError", "slices, not tuple", "several-indices-for-a-list"),
    ("TypeError", "slices, not float", "float-where-an-index-is-due"),
    ("TypeError", "indices must be integers", "name-where-an-index-is-due"),
    ("TypeError", "only length-1 arrays", "array-where-a-number-is-due"),
    ("TypeError", "only integer scalar arrays", "array-where-a-number-is-due"),
    ("ValueError", "truth value of an array", "array-where-a-number-is-due"),
    ("ValueError", "setting an array element with a sequence", "array-where-a-number-is-due"),
    ("TypeError", "is not iterable", "number-where-a-list-is-due"),
    ("TypeError", "is not subscriptable", "number-where-a-list-is-due"),
    ("TypeError", "cannot unpack non-iterable", "number-where-a-list-is-due"),
    ("TypeError", "has no len()", "number-where-a-list-is-due"),
    ("TypeError", "is not callable", "value-called"),
    ("TypeError", "unsupported operand type", "kinds-do-not-mix"),
    ("ValueError", "math domain error", "root-of-a-negative"),
    ("ValueError", "expected a nonnegative input", "root-of-a-negative"),
    ("ValueError", "read-only", "read-only-array"),
    ("ValueError", "unpack", "unpacked-into-too-many"),
    ("ValueError", "zero-size array", "nothing-left"),
    ("ValueError", "empty sequence", "nothing-left"),
    ("ValueError", "iterable argument is empty", "nothing-left"),
    ("ValueError", "reshape", "reshaped-to-another-size"),
    ("ValueError", "broadcast", "shapes-do-not-fit"),
    ("ValueError", "matmul", "shapes-do-not-fit"),
    ("ValueError", "not aligned", "shapes-do-not-fit"),
    ("ValueError", "shape", "shapes-do-not-fit"),
    ("InvalidArgumentError", "", "shapes-do-not-fit"),
)


def usual_meaning(error: BaseException) -> str:
    """Return the code of the hint for an exception: `raises` if it is none of the usual ones."""
    said = str(error)
    names = [kind.__name__ for kind in type(error).__mro__]
    for name, words, code in _USUAL:
        if name in names and words in said:
            return code
    return "raises"

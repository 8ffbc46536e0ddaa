"""Import this after `quiet_tensorflow` where processes are forked, and TensorFlow starts sooner.

TensorFlow's first operation in a process looks up what no operation is called, and registers the
kernels of its compiler. Both can be done without an operation, so that no thread is started: a
process with a second thread cannot be forked.
"""

import contextlib

# Not TensorFlow's public interface: a version that has no such modules starts as slowly as ever.
with contextlib.suppress(ImportError, AttributeError):
    from tensorflow.python.framework import op_def_registry
    from tensorflow.python.util import pywrap_xla_ops

    op_def_registry.get("NoSuchOperation")  # a list of all operations is made for the message
    pywrap_xla_ops.get_cpu_kernel_names()

"""Kernels without their start: forks of a process that has imported what they do (see forks.py).

With `pytest --nbval --nbval-kernel-name forked` (the kernelspec in `jupyter/` names `Forked`) each
is a fork with Keras, and all that follows is as in any other kernel. `make nbval` runs the
notebooks in kernels that start from nothing, as students' do.

A command that `tests.support.running` runs with `forked_kernels()` in its environment has the same.
"""

import os
import subprocess
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any, cast

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from tests.support import forks

KERNELS = "SUITE_KERNELS"  # for a command: its kernels are to be forks


def register() -> None:
    """Make the kernelspec `forked` known to this process's kernel managers."""
    os.environ["JUPYTER_PATH"] = str(Path(__file__).with_name("jupyter"))
    entry = EntryPoint("forked", f"{__name__}:Forked", KernelProvisionerFactory.GROUP_NAME)
    KernelProvisionerFactory.instance().provisioners[entry.name] = entry


def forked_kernels(libraries: str = forks.KERAS) -> dict[str, str]:
    """Return the environment of a command whose kernels are to be forks."""
    of_all = KernelProvisionerFactory.default_provisioner_name_env
    return {forks.FOLDER: forks.sockets(libraries), KERNELS: "forked", of_all: "forked"}


class Forked(LocalProvisioner):
    """What jupyter_client asks for a kernel's process."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start a kernel as `cmd` would, with the folder and environment of `kwargs`."""
        self.cwd = kwargs.get("cwd") or os.getcwd()
        _, _, _, *arguments = cmd  # python -m ipykernel_launcher …
        process = forks.fork(forks.KERNEL, arguments, self.cwd, kwargs["env"])
        self.process = cast("subprocess.Popen[bytes]", process)  # it answers what is asked of one
        self.pid = self.pgid = process.pid
        return self.connection_info

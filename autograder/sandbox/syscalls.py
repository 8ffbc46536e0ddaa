"""Which system calls a confined process may make: a seccomp filter.

Whatever is listed in none of the tables does not exist for the process (ENOSYS), so that
libraries fall back to what does. A call that this machine's libseccomp does not know is not
allowed either.
"""

import errno
import os
from functools import cache
from typing import Any

_THREAD = 0x00010000  # CLONE_THREAD
# What a thread shares with the others: CLONE_VM, -FS, -FILES, -SIGHAND. One that did not share
# the table of open files would have one of its own, whose files no watcher counts.
_SHARED = 0x00000F00
_NAMESPACES = 0x7E020000  # CLONE_NEWNS, -CGROUP, -UTS, -IPC, -USER, -PID, -NET
_UNIX, _STREAM, _TYPE = 1, 1, 0xF  # socketpair's family and, under a mask, its type
_PRCTL = (15, 16, 0x53564D41)  # PR_SET_NAME, PR_GET_NAME, PR_SET_VMA: names for debuggers
# fcntl's commands but those that make the kernel send signals (F_SETOWN, F_SETSIG, …).
_FCNTL = (0, 1, 2, 3, 4, 5, 36, 1030, 1032)
_LOCKS = (6, 7, 37, 38)  # F_SETLK, F_SETLKW, and those of open files
_IOCTL = (0x541B, 0x5421, 0x5401, 0x5413, 0x5450, 0x5451)  # FIO*, and "are you a terminal?"

# Allowed with whatever arguments.
_ALLOWED = """
read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 lseek close close_range
open openat creat stat fstat lstat newfstatat statx statfs fstatfs access faccessat faccessat2
readlink readlinkat getdents getdents64 getcwd chdir fchdir mkdir mkdirat rmdir unlink unlinkat
rename renameat renameat2 ftruncate fsync fdatasync sync_file_range fadvise64
copy_file_range sendfile dup dup2 dup3 pipe pipe2 umask
eventfd eventfd2 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2
poll ppoll select pselect6 timerfd_create timerfd_settime timerfd_gettime
recvfrom recvmsg shutdown getsockopt getsockname getpeername
mmap munmap mprotect mremap madvise brk msync mincore membarrier mlock munlock get_mempolicy
futex futex_waitv futex_wait futex_wake futex_requeue set_robust_list get_robust_list
set_tid_address rseq sched_yield sched_getaffinity sched_getparam sched_getscheduler getcpu
clock_gettime clock_getres clock_nanosleep nanosleep gettimeofday time times alarm
setitimer getitimer timer_create timer_settime timer_gettime timer_delete timer_getoverrun
rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait rt_sigsuspend
sigaltstack restart_syscall pause exit exit_group arch_prctl
getpid gettid getppid getpgrp getpgid getsid getuid geteuid getgid getegid getgroups getresuid
getresgid getrandom getrlimit getrusage sysinfo uname
""".split()

# Refused with a PermissionError, which says more than "not implemented".
_REFUSED = """
fork vfork execve execveat socket connect bind listen accept accept4 sendmsg sendmmsg
link linkat symlink symlinkat mknod mknodat truncate chown fchown lchown fchownat
mount umount2 unshare setns ptrace process_vm_readv process_vm_writev pidfd_open
pidfd_send_signal pidfd_getfd tkill rt_sigqueueinfo rt_tgsigqueueinfo setrlimit
sched_setaffinity sched_setscheduler setpriority setuid setgid setsid setpgid chroot
shmget msgget semget memfd_create io_uring_setup bpf keyctl add_key perf_event_open
""".split()

# Not supported by this file system, as tools that copy files expect of some, and all that ask for
# space beforehand: it is there at once, and a disk full before anybody looks.
_UNSUPPORTED = """
listxattr llistxattr flistxattr getxattr lgetxattr fgetxattr setxattr fallocate
""".split()

# Answered as if done: tools that copy files want it, and Landlock does not confine it. Locks
# are for others to see, who could be kept waiting by one on the course's data.
_IGNORED = "chmod fchmod fchmodat fchmodat2 utime utimes utimensat futimesat flock".split()


def confine() -> None:
    """Load the filter into this process, for good. Raises OSError if the kernel refuses."""
    import pyseccomp as sc

    rules = rules_for_all()
    me = os.getpid()
    for name in ("kill", "tgkill"):
        _add(rules, sc.ALLOW, name, sc.Arg(0, sc.EQ, me))
        _add(rules, sc.ERRNO(errno.EPERM), name, sc.Arg(0, sc.NE, me))
    for pid in (0, me):  # reading limits; root could lift them, too
        _add(rules, sc.ALLOW, "prlimit64", sc.Arg(0, sc.EQ, pid), sc.Arg(2, sc.EQ, 0))
        _add(rules, sc.ERRNO(errno.EPERM), "prlimit64", sc.Arg(0, sc.EQ, pid), sc.Arg(2, sc.NE, 0))
    rules.load()


@cache
def rules_for_all() -> Any:
    """Return the filter without the rules that name this process: the same for all forks."""
    import pyseccomp as sc

    rules = sc.SyscallFilter(sc.ERRNO(errno.ENOSYS))
    for name in _ALLOWED:
        _add(rules, sc.ALLOW, name)
    for name in _REFUSED:
        _add(rules, sc.ERRNO(errno.EPERM), name)
    for name in _UNSUPPORTED:
        _add(rules, sc.ERRNO(errno.EOPNOTSUPP), name)
    for name in _IGNORED:
        _add(rules, sc.ERRNO(0), name)

    def only(name: str, *arguments: object) -> None:
        _add(rules, sc.ALLOW, name, *arguments)

    # New threads, but no new process and no new namespace. clone3 hides its flags from the
    # filter, so it is not allowed, and glibc falls back to clone.
    thread = _THREAD | _SHARED
    only("clone", sc.Arg(0, sc.MASKED_EQ, thread | _NAMESPACES, thread))
    _add(rules, sc.ERRNO(errno.EPERM), "clone", sc.Arg(0, sc.MASKED_EQ, _THREAD, 0))
    # asyncio wakes itself through a pair of sockets; these can reach nobody else.
    only("socketpair", sc.Arg(0, sc.EQ, _UNIX), sc.Arg(1, sc.MASKED_EQ, _TYPE, _STREAM))
    only("sendto", sc.Arg(4, sc.EQ, 0))  # on a connected socket, without an address
    for option in _PRCTL:
        only("prctl", sc.Arg(0, sc.EQ, option))
    for name, commands in (("fcntl", _FCNTL), ("ioctl", _IOCTL)):
        for command in commands:
            only(name, sc.Arg(1, sc.MASKED_EQ, 0xFFFFFFFF, command))
    for command in _LOCKS:
        _add(rules, sc.ERRNO(0), "fcntl", sc.Arg(1, sc.MASKED_EQ, 0xFFFFFFFF, command))
    return rules


def _add(rules: object, action: int, name: str, *arguments: object) -> None:
    """Add a rule, unless libseccomp is older than the system call: then ENOSYS holds."""
    import pyseccomp as sc

    if sc.resolve_syscall(sc.Arch.NATIVE, name) == -1:
        return
    rules.add_rule(action, name, *arguments)  # type: ignore[attr-defined]

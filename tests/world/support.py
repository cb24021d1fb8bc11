"""What the tests of this folder share: the program, folders to work in, and calls of the system that fail on order."""

import collections
import ctypes
import os
import pathlib
import platform
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "tests" / "samples"
SECONDS_MAX = 120  # A guard against waiting for ever.
GOOD = b'{"DomainName": "sales", "ObjectTypeName": "Account", "Uri": "arn:aws:s3:::b"}\n'
BAD = b'{"DomainName": "sales domain", "ObjectTypeName": "Account", "Uri": ""}\n'
MENDABLE = b'{"DomainName": "sales", "ObjectTypeName": "Account", "Uri": "arn:aws:s3:::b",}\n'
MENDED = MENDABLE.replace(b",}", b"}")


def program():
    path = os.environ.get("CONNECT_LINT")
    if not path:
        sys.exit(f"{sys.argv[0]}: CONNECT_LINT has to name the program")
    return str(pathlib.Path(path).resolve())


PROGRAM = program()
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}


def option(name, default):
    """The number behind --NAME, which unittest does not get to see."""
    if name not in sys.argv:
        return default
    at = sys.argv.index(name)
    value = int(sys.argv[at + 1])
    del sys.argv[at : at + 2]
    return value


def figure(text):
    """One line of what was tried, for whoever measures."""
    print(f"figure: {text}", flush=True)


class Case(unittest.TestCase):
    maxDiff = 4000

    def setUp(self):
        scratch = os.environ.get("SCRATCH")
        if scratch:
            pathlib.Path(scratch).mkdir(parents=True, exist_ok=True)
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=scratch))
        self.addCleanup(shutil.rmtree, self.folder)

    def write(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def run_program(self, *arguments, **options):
        options = {"cwd": self.folder, "env": ENVIRONMENT, "stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE,
                   "timeout": SECONDS_MAX, **options}
        return subprocess.run([PROGRAM, *arguments], check=False, **options)

    def names(self):
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*"))


# Calls of the system by their numbers, and where the numbers of descriptors and flags stand among their arguments.
NUMBERS = {
    "x86_64": {"write": 1, "fsync": 74, "fchmod": 91, "fchown": 93, "linkat": 265, "rename": 82, "openat": 257, "clone3": 435, "clone": 56, "socket": 41,
               "connect": 42, "accept": 43, "sendto": 44, "recvfrom": 45, "sendmsg": 46, "recvmsg": 47, "bind": 49, "listen": 50, "socketpair": 53,
               "accept4": 288, "recvmmsg": 299, "sendmmsg": 307, "execve": 59, "execveat": 322, "fork": 57, "vfork": 58, "ptrace": 101,
               "io_uring_setup": 425},
    "aarch64": {"write": 64, "fsync": 82, "fchmod": 52, "fchown": 55, "linkat": 37, "rename": 38, "openat": 56, "clone3": 435, "clone": 220, "socket": 198,
                "connect": 203, "accept": 202, "sendto": 206, "recvfrom": 207, "sendmsg": 211, "recvmsg": 212, "bind": 200, "listen": 201,
                "socketpair": 199, "accept4": 242, "recvmmsg": 243, "sendmmsg": 269, "execveat": 281, "ptrace": 117, "io_uring_setup": 425},
}.get(platform.machine(), {})
NAMELESS = 0o20000000  # The flag that only O_TMPFILE has.
KILL = -1  # Instead of an error number: the process ends there.

Fault = collections.namedtuple("Fault", "call error flags descriptors_from", defaults=(0, 0))


def faults(*wanted):
    """To be called in a process between fork and exec: from then on these calls fail, in it and in all it starts.

    A filter of the kernel does it (seccomp), for which no rights are needed.
    """
    load, jump_equal, jump_set, jump_at_least, give = 0x20, 0x15, 0x45, 0x35, 0x06
    number_at, argument_at = 0, 16
    code = []
    for fault in wanted:
        answer = 0x80000000 if fault.error == KILL else 0x00050000 | fault.error
        body = []
        if fault.flags:  # The third argument has them.
            body = [(load, 0, 0, argument_at + 2 * 8), (jump_set, 0, 1, fault.flags)]
        elif fault.descriptors_from:  # The first argument is at least that.
            body = [(load, 0, 0, argument_at), (jump_at_least, 0, 1, fault.descriptors_from)]
        body.append((give, 0, 0, answer))
        code += [(load, 0, 0, number_at), (jump_equal, 0, len(body), NUMBERS[fault.call]), *body]
    code.append((give, 0, 0, 0x7FFF0000))
    program_bytes = b"".join(struct.pack("HBBI", *step) for step in code)
    buffer = ctypes.create_string_buffer(program_bytes)
    header = struct.pack("HxxxxxxP", len(code), ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(38, 1, 0, 0, 0) != 0 or libc.prctl(22, 2, ctypes.c_char_p(header), 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "the kernel takes no filter of calls")


def can_fault():
    """Whether such filters work here."""
    if not NUMBERS:
        return False
    child = os.fork()
    if child == 0:
        try:
            faults(Fault("linkat", 5))
            os._exit(0)
        except BaseException:  # pylint: disable=broad-except
            os._exit(1)
    return os.waitpid(child, 0)[1] == 0


CAN_FAULT = can_fault()

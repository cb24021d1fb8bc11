"""Runs programs within limits that the kernel holds, and tells what they took.

It is a process of its own, started while it is small: the memory that a process is said to have had at most includes that of its parent at the moment
of the fork.
"""

import atexit
import json
import os
import resource
import subprocess
import sys


def _run(order):
    child = os.fork()
    if child == 0:
        try:
            resource.setrlimit(resource.RLIMIT_AS, (order["memory"], order["memory"]))
            resource.setrlimit(resource.RLIMIT_CPU, (order["seconds"], order["seconds"]))
            os.chdir(order["folder"])
            for number, name, flags in ((0, "/dev/null", os.O_RDONLY), (1, order["out"], os.O_WRONLY), (2, order["err"], os.O_WRONLY)):
                os.dup2(os.open(name, flags | os.O_CREAT | os.O_TRUNC if number else flags, 0o600), number)
            os.execve(order["command"][0], order["command"], order["environment"])
        finally:
            os._exit(99)
    _, status, usage = os.wait4(child, 0)
    return {"code": os.waitstatus_to_exitcode(status), "seconds": usage.ru_utime + usage.ru_stime, "bytes": usage.ru_maxrss * 1024}


def _serve():
    for line in sys.stdin:
        print(json.dumps(_run(json.loads(line))), flush=True)


class Runner:
    """Of programs, one after another."""

    def __init__(self):
        self.server = subprocess.Popen([sys.executable, "-S", "-E", __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        atexit.register(self.server.stdin.close)

    def run(self, **order):
        """command, environment, folder, out, err, memory (bytes), seconds (of processor). Gives code, seconds and bytes."""
        self.server.stdin.write(json.dumps(order) + "\n")
        self.server.stdin.flush()
        return json.loads(self.server.stdout.readline())


if __name__ == "__main__":
    _serve()

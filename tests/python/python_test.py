#!/usr/bin/python3
"""The Python package, as it is installed: what it finds, what it takes, and that a guarded client of boto3 sends no bad request.

    CONNECT_LINT=build/release/connect-lint SCRATCH=scratch tests/python/python_test.py --build build/release [--cmake cmake] [TEST...]

The tests are in the files *_cases.py beside this one (TEST: guard_cases.Doors). They run in a process that finds the package by PYTHONPATH, and nothing else of ours.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

CASES = ["check_cases", "value_cases", "guard_cases", "sharing_cases"]


def install(build, cmake, scratch):
    """The folder for PYTHONPATH."""
    prefix = scratch / "installed"
    shutil.rmtree(scratch, ignore_errors=True)
    for component in ("runtime", "python"):
        subprocess.run([cmake, "--install", build, "--prefix", prefix, "--component", component], check=True, stdout=subprocess.DEVNULL)
    return prefix / "lib" / "python3" / "dist-packages"


def environment(packages, scratch):
    """Nothing of the user's: no configuration of AWS, no proxy, no other packages."""
    home = scratch / "home"
    home.mkdir()
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "CONNECT_LINT", "SCRATCH")}
    return {**kept, "HOME": str(home), "PYTHONPATH": str(packages), "PYTHONDONTWRITEBYTECODE": "1"}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, required=True, help="the build to install from")
    parser.add_argument("--cmake", default="cmake")
    parser.add_argument("--installed", action="store_true", help=argparse.SUPPRESS)
    arguments, rest = parser.parse_known_args()
    if not arguments.installed:
        folder = pathlib.Path(os.environ["SCRATCH"]).resolve()
        packages = install(arguments.build.resolve(), arguments.cmake, folder)
        os.execve(sys.executable, [sys.executable, __file__, "--installed", *sys.argv[1:]], environment(packages, folder))
    names = [name for name in rest if not name.startswith("-")]
    unittest.main(module=None, argv=[sys.argv[0], *rest, *([] if names else CASES)])

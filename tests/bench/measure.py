#!/usr/bin/python3
"""Measures connect-lint and its peers in turn, and prints what came out beside the targets. ci/bench runs it.

    tests/bench/measure.py [--quick] BUILD_DIRECTORY NODE_MODULES

A target is met when both ratios reach it: that of the medians and that of the minima.
Exit codes: 0 all targets are met, 1 one is missed, 3 something could not be run.
"""

import argparse
import dataclasses
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys

from measure_many import measure_many

HERE = pathlib.Path(__file__).parent
SCHEMA = HERE.parent.parent / "schemas/CreateIntegrationWorkflow.json"
NATIVE = "@sourcemeta/jsonschema/build/github-releases/jsonschema-linux-" + {"x86_64": "x86_64", "aarch64": "arm64"}.get(platform.machine(), "")


@dataclasses.dataclass
class Sample:
    """Times in microseconds."""

    median: float
    min: float
    memory: int = 0  # The most that a process had in memory, in bytes; unset for calls.


@dataclasses.dataclass
class Rounds:
    """How often each thing is measured."""

    calls: int  # Turns of our calls and ajv's.
    one_file: int  # Processes.
    many_files: int
    large_file: int
    very_many: int  # 20,000 files, 100,000 lines.


OPERATION = "CreateIntegrationWorkflow"
FILES = ("small", "small-indented", "medium")  # Those that calls are measured with.
PYTHON = ("2kb", "small.json")  # And with botocore; the first is 100 requests.
FULL = Rounds(calls=12, one_file=300, many_files=40, large_file=11, very_many=7)
QUICK = Rounds(calls=4, one_file=200, many_files=10, large_file=3, very_many=3)


def run(command):
    """What a command prints; ends the program when it fails."""
    done = subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=False)
    if done.returncode != 0:
        print(f"failed: {command[0]}", file=sys.stderr)
        sys.exit(3)
    return json.loads(done.stdout)


# --- Calls ----------------------------------------------------------------------------------------------------------


def our_calls(build, file, times, allocations):
    """Adds the times of our calls on one file by name, and what they allocated."""
    program = build / "tests/bench/connect_lint_call_bench"
    command = [program, f"--requests={build / 'requests'}", f"--shape={build / 'shape'}", "--benchmark_format=json", f"--benchmark_filter=^{file}/"]
    command += ["--benchmark_min_time=0.02", "--benchmark_repetitions=10"]
    for result in run(command)["benchmarks"]:
        if result.get("error_occurred"):
            print(f"{result['name']}: {result['error_message']}", file=sys.stderr)
            sys.exit(3)
        if result["run_type"] != "iteration":
            continue
        name = result["run_name"].replace("/real_time", "").replace("threads:", "")
        times.setdefault(name, []).append(result["real_time"] / 1000)
        allocations[name] = result["allocations"]


def ajv_calls(build, node_modules, file, times):
    """Adds the times of ajv's calls on one file by name."""
    for what, rounds in run(["node", HERE / "ajv_bench.mjs", node_modules, build / "requests" / f"{file}.json", 10]).items():
        times.setdefault(f"{file}/{what}", []).extend(rounds)


def yaml_calls(build, times):
    """Adds the times of PyYAML's C loader."""
    loaded = run(["/usr/bin/python3", HERE / "yaml_bench.py", build / "requests/small.yaml", 10])
    times.setdefault("yaml/load", []).extend(loaded["load"])


def python_calls(build, ours, peers):
    """Adds the times of our Python package, and of botocore's validator."""
    paths = {"PYTHONPATH": HERE.parent.parent / "src/python", "LD_LIBRARY_PATH": build, "PYTHONDONTWRITEBYTECODE": "1"}
    command = ["env", *(f"{name}={value}" for name, value in paths.items()), "/usr/bin/python3", HERE / "botocore_bench.py"]
    for name in PYTHON:
        times = run([*command, build / "requests" / name, OPERATION, 10])
        ours.setdefault(f"python/{name}", []).extend(times["check"])
        peers.setdefault(f"botocore/{name}", []).extend(times["validate"])


def measure_calls(build, node_modules, rounds):
    """Ours, and the peers': ajv's, PyYAML's and botocore's."""
    ours, peers, allocations = {}, {}, {}
    for file in FILES:
        for _ in range(rounds.calls):
            our_calls(build, file, ours, allocations)
            ajv_calls(build, node_modules, file, peers)
    for _ in range(rounds.calls):
        our_calls(build, "yaml", ours, allocations)
        our_calls(build, "2kb", ours, allocations)
        yaml_calls(build, peers)
        python_calls(build, ours, peers)
    samples = [{name: Sample(statistics.median(values), min(values)) for name, values in times.items()} for times in (ours, peers)]
    return *samples, allocations


# --- Processes ------------------------------------------------------------------------------------------------------


def processes(build, runs, *commands):
    """Runs commands in turn."""
    words = [build / "tests/bench/connect_lint_process_bench", runs]
    for command in commands:
        words += [*command, "--"]
    return [Sample(result["median"], result["min"], result["memory"]) for result in run(words[:-1])]


# --- The table ------------------------------------------------------------------------------------------------------


def time_text(microseconds):
    for unit, size in (("s", 1e6), ("ms", 1e3)):
        if microseconds >= size:
            return f"{microseconds / size:.2f} {unit}"
    return f"{microseconds:.2f} us"


def sample_text(sample):
    return f"{time_text(sample.median)} ({time_text(sample.min)})"


class Table:
    def __init__(self):
        self.missed = 0
        self.samples = []

    def section(self, title, peer=""):
        print(f"\n{title:44}{'connect-lint':>22}{peer:>24}{'ratio':>15}  target", flush=True)

    def verdict(self, target, met):
        self.missed += not met
        return f"{target}: {'met' if met else 'MISSED'}"

    def row(self, name, ours, peer=None, faster=None, at_most=None):
        """`faster`: how many times the peer's time must be ours; `at_most`: how many times ours may be the peer's."""
        self.samples += [ours] if peer is None else [ours, peer]
        line = f"  {name:42}{sample_text(ours):>22}"
        if peer is not None:
            ratios = [peer.median / ours.median, peer.min / ours.min]
            if at_most is not None:
                ratios = [1 / ratio for ratio in ratios]
            line += f"{sample_text(peer):>24}{f'{ratios[0]:.2f} ({ratios[1]:.2f})':>15}"
            if faster is not None:
                line += "  " + self.verdict(f"at least {faster}", min(ratios) >= faster)
            if at_most is not None:
                line += "  " + self.verdict(f"at most {at_most}", max(ratios) <= at_most)
        print(line, flush=True)

    def figure(self, name, text, target=None, met=True):
        print(f"  {name:42}{text:>22}{'':39}" + ("  " + self.verdict(target, met) if target else ""), flush=True)


def show_calls(table, ours, peers, allocations):
    table.section("library call, text to report", "ajv, JSON.parse + check")
    for file in FILES:
        for how in ("named", "recognised"):
            target = 5 if file == "small" else None
            table.row(f"{file}.json, operation {how}", ours[f"{file}/{how}/1"], peers[f"{file}/parse_and_validate"], faster=target)
            table.row("  by two threads, time a call", ours[f"{file}/{how}/2"])
        table.row("  with every rule", ours[f"{file}/rules/1"], peers[f"{file}/parse_and_validate"], faster=1.5 if file == "small" else None)
        table.figure("  ajv's check alone, without JSON.parse", sample_text(peers[f"{file}/validate"]))
    table.section("library call on 2 KB of YAML, with every rule", "PyYAML, CSafeLoader")
    for how in ("rules", "recognised-rules"):
        name = "operation " + ("named" if how == "rules" else "recognised")
        table.row(f"small.yaml, {name}", ours[f"yaml/{how}/1"], peers["yaml/load"], faster=10)
        table.row("  by two threads, time a call", ours[f"yaml/{how}/2"])
    table.section("library call before a request, with every rule", "botocore, ParamValidator")
    table.row("100 requests of 2 KB: C++, text to report", ours["2kb/rules/1"], peers["botocore/2kb"], faster=30)
    table.row("  Python, parameters to report", ours["python/2kb"], peers["botocore/2kb"])
    table.row("  one thread beside two, time a call", ours["2kb/rules/2"], ours["2kb/rules/1"], faster=1.8)
    table.row("small.json, 1.6 KB: C++", ours["small/rules/1"], peers["botocore/small.json"])
    table.row("  Python", ours["python/small.json"], peers["botocore/small.json"])
    table.row("  one thread beside two, time a call", ours["small/rules/2"], ours["small/rules/1"], faster=1.8)
    most = max(allocations.values())
    table.figure("heap allocations of a call", f"{most:g}", "none", most == 0)


def measure_memory(table, build, calls):
    """What many calls leave behind."""
    result = run([build / "tests/bench/connect_lint_memory_bench", f"--requests={build / 'requests'}", calls])
    grown = result["after"] - result["before"]
    table.figure(f"memory grown by {calls:,} calls", f"{grown / 1024:.0f} KiB", "at most 256 KiB", grown <= 256 << 10)


def measure_processes(table, build, node_modules, rounds):
    requests = build / "requests"
    ours = [build / "connect-lint", "check"]
    peer = [node_modules / NATIVE, "validate", "--fast"]
    if not peer[0].exists():
        print(f"@sourcemeta/jsonschema has no native program for this machine: {platform.machine()}", file=sys.stderr)
        sys.exit(3)

    table.section("the program, one small file")
    small = requests / "small.json"
    mine, theirs, empty = processes(
        build, rounds.one_file, [*ours, small], [*peer, SCHEMA, small], [build / "tests/bench/connect_lint_empty_program"]
    )
    table.row("beside jsonschema validate --fast", mine, theirs, faster=6)
    table.row("beside a static program that does nothing", mine, empty, at_most=2)

    table.section("1,000 small files", "jsonschema --fast")
    folder = requests / "many-create"
    mine, theirs, mixed = processes(
        build, rounds.many_files, [*ours, folder], [*peer, "--continue", SCHEMA, folder], [*ours, requests / "many"]
    )
    table.row("of one operation", mine, theirs, faster=6)
    table.row("of two operations, indented ones too", mixed)

    table.section("one file of 50 MB", "jsonschema --fast")
    large = requests / "large.json"
    alone = [*ours, "--data-dir", build / "shape"]
    mine, theirs, ruled = processes(build, rounds.large_file, [*alone, large], [*peer, SCHEMA, large], [*ours, large])
    table.row("the shape alone", mine, theirs, faster=3)
    table.row("with the rules, beside the shape alone", ruled, mine, at_most=3)
    share, their_share = (sample.memory / large.stat().st_size for sample in (mine, theirs))
    table.figure("most memory, in sizes of the file", f"{share:.2f} (peer {their_share:.2f})", "at most 3.5", share <= 3.5)


def measure_growth(table, build, rounds):
    """The rules' time on flows of more and more tasks: a line."""
    ours = [build / "connect-lint", "check"]
    table.section("the program with the rules, by tasks of a flow")
    request = json.loads((build / "requests/large.json").read_text(encoding="utf-8"))
    flow = request["IntegrationConfig"]["AppflowIntegration"]["FlowDefinition"]
    tasks = flow["Tasks"]
    scratch = build / "growth"
    scratch.mkdir(exist_ok=True)
    for count in (100, 1000, 10_000, 100_000):
        flow["Tasks"] = tasks[:count]
        file = scratch / f"{count}.json"
        file.write_text(json.dumps(request, separators=(",", ":")), encoding="utf-8")
        (sample,) = processes(build, rounds.large_file, [*ours, file])
        table.row(f"{count:,} tasks", sample)
        table.figure("  time a task", time_text(sample.min / count))


def machine():
    model = "unknown processor"
    for line in pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    return f"{model}, {len(os.sched_getaffinity(0))} cores"


def load():
    return "{:.2f} {:.2f} {:.2f}".format(*os.getloadavg())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer repetitions")
    parser.add_argument("build", metavar="BUILD_DIRECTORY", type=pathlib.Path, help="with the release build and requests/")
    parser.add_argument("node_modules", metavar="NODE_MODULES", type=pathlib.Path)
    arguments = parser.parse_args()
    build, node_modules = arguments.build, arguments.node_modules
    rounds = QUICK if arguments.quick else FULL

    print(f"machine: {machine()}; load average {load()}")
    print("medians, minima in brackets; a ratio is the peer's time by ours, or ours by the peer's where the target is `at most`")
    table = Table()
    show_calls(table, *measure_calls(build, node_modules, rounds))
    measure_memory(table, build, 1_000_000)
    measure_processes(table, build, node_modules, rounds)
    peer = [node_modules / NATIVE, "validate", "--fast"]
    measure_many(table, build, node_modules, peer, SCHEMA, processes, rounds.very_many)
    measure_growth(table, build, rounds)

    spread = statistics.median(sample.median / sample.min for sample in table.samples)
    print(f"\nload average {load()}; medians are typically {spread - 1:.0%} above minima", end="")
    print(": a noisy machine, run it again" if spread > 1.25 else "")
    print(f"targets missed: {table.missed}")
    sys.exit(0 if table.missed == 0 else 1)


if __name__ == "__main__":
    main()

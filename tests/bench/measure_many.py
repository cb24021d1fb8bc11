"""The part of measure.py about many files and long streams (made by make_many.py)."""

import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
MEMORY_MAX = 64 << 20


def bytes_below(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def measure_many(table, build, node_modules, peer, schema, processes, runs):
    """`peer`: @sourcemeta/jsonschema's command; `processes`: measure.py's, which runs commands in turn."""
    many = build / "many"
    ours = [build / "connect-lint", "check"]
    node = shutil.which("node")
    validate = many / "validate.cjs"
    if subprocess.run([node, HERE / "ajv_files.mjs", "--compile", node_modules, validate], check=False).returncode != 0:
        sys.exit(3)

    table.section("20,000 small files", "node, ajv standalone")
    one, two, ajv = processes(build, runs, [*ours, "--jobs=1", many / "files"], [*ours, "--jobs=2", many / "files"],
                              [node, HERE / "ajv_files.mjs", validate, many / "files"])
    table.row("one thread", one, ajv, faster=6)
    table.row("two threads, beside one", two, one, faster=1.6)

    table.section("100,000 requests of NDJSON", "jsonschema --fast")
    lines = many / "lines.jsonl"
    one, two, theirs = processes(build, runs, [*ours, "--stream", "--jobs=1", lines], [*ours, "--stream", lines],
                                 [*peer, "--continue", schema, lines])
    table.row("one thread, a result a line", one, theirs)
    table.row("all threads", two, theirs, faster=5)
    table.figure("most memory", f"{two.memory / (1 << 20):.0f} MiB (peer {theirs.memory / (1 << 20):.0f})", "at most 64 MiB", two.memory <= MEMORY_MAX)

    table.section("10,000 foreign JSON and YAML files", "cat")
    foreign = many / "foreign"
    # It ends well, though nothing was checked.
    one, two, cat = processes(build, runs, [*ours, "--jobs=1", foreign], [*ours, foreign],
                              ["/usr/bin/find", foreign, "-type", "f", "-exec", "/bin/cat", "{}", "+"])
    table.row("one thread", one, cat)
    table.row("all threads", two, cat)
    table.figure("bytes", f"{bytes_below(foreign) / 1e6:.1f} MB")

#!/usr/bin/python3
"""What is installed and packed works where it was put: program, manual page, completions, library, Debian package.

    CONNECT_LINT=build/release/connect-lint SCRATCH=scratch tests/package/package_test.py --build build/release [--cmake cmake] [--cpack cpack] [--compiler g++]
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(os.environ["CONNECT_LINT"]).resolve()
SCRATCH = pathlib.Path(os.environ["SCRATCH"]).resolve()
SAMPLE = ROOT / "tests" / "samples" / "put-integration.json"
CONSUMER = r"""
#include <connect_lint/lint.h>

#include <cstdio>

int main() {
  const connect_lint::Linter linter;
  connect_lint::CheckOptions options;
  options.operation = "PutIntegration";
  const connect_lint::Report json = linter.check(R"({"DomainName": "sales", "Objecttype": 1})", options);
  options.syntax = connect_lint::Syntax::Yaml;
  const connect_lint::Report yaml = linter.check("DomainName: 'a b'\n", options);
  for (const connect_lint::Report* report : {&json, &yaml})
    for (const connect_lint::Diagnostic& found : report->diagnostics) std::puts(found.id.c_str());
  std::puts(std::string(connect_lint::version()).c_str());
}
"""
PROJECT = """
cmake_minimum_required(VERSION 3.25)
project(consumer LANGUAGES CXX)
find_package(connect_lint 0.1 REQUIRED)
add_executable(consumer consumer.cc)
target_link_libraries(consumer PRIVATE connect_lint::connect_lint)
"""
# Found, because the text is checked by the schemas (patterns: re2), the rules and the reader of YAML.
FOUND = {"schema/unknown-member", "schema/pattern", "integration/source-missing"}

arguments = None


def run(*command, env=None, cwd=None, status=0):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False, cwd=cwd,
                          env={**os.environ, **(env or {})})
    if status is not None and done.returncode != status:
        raise AssertionError(f"{command} gives {done.returncode}\n{done.stdout}{done.stderr}")
    return done


def version():
    return run(PROGRAM, "--version").stdout.split()[1]


def fresh(name):
    folder = SCRATCH / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def files_below(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


class Tree:
    """Checks of an installed tree, for classes that have one in `prefix`."""

    def test_the_program_runs(self):
        done = run(self.prefix / "bin" / "connect-lint", "check", SAMPLE, status=1)
        self.assertIn("`ServiceNow` is no value of `ConnectorType`", done.stdout)
        self.assertRegex(run(self.prefix / "bin" / "connect-lint", "--version").stdout, r"^connect-lint \d+\.\d+\.\d+ \(service model 2020-08-15\)\n$")

    def test_the_manual_page(self):
        page = next((self.prefix / "share" / "man" / "man1").iterdir())
        done = run("man", "--warnings", "--local-file", page, env={"LC_ALL": "C.UTF-8", "MANWIDTH": "100", "MANROFFSEQ": "", "MANPAGER": "cat"})
        self.assertEqual("", done.stderr)
        # Nothing is lost on the way: everything that --help tells.
        for command in ("check", "why"):
            for word in run(PROGRAM, command, "--help").stdout.split():
                if word.startswith("--"):
                    self.assertIn(word.split("=")[0].rstrip(".,;"), done.stdout)
        for part in ("NAME", "SYNOPSIS", "EXIT STATUS", "connect-lint query [OPTION]... QUERY FILE", ".connect-lint.yaml"):
            self.assertIn(part, done.stdout)

    def complete(self, *words):
        """What bash offers after these words."""
        script = 'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _connect_lint; [[ ${#COMPREPLY[@]} == 0 ]] || printf "%s\\n" "${COMPREPLY[@]}"'
        folder = SCRATCH / "words"
        (folder / "a folder").mkdir(parents=True, exist_ok=True)
        (folder / "a.json").touch()
        done = run("bash", "-c", script, "bash", self.prefix / "share/bash-completion/completions/connect-lint", "connect-lint", *words, cwd=folder)
        self.assertEqual("", done.stderr)
        return sorted(done.stdout.splitlines())

    def test_bash_completes(self):
        run("bash", "-n", self.prefix / "share/bash-completion/completions/connect-lint")
        for words, offered in (
            (["che"], ["check"]),
            (["a"], ["a folder", "a.json"]),
            (["--vers"], ["--version"]),
            (["check", "--form"], ["--format"]),
            (["check", "--format", "js"], ["json", "jsonl"]),
            (["check", "--format", "=", "js"], ["json", "jsonl"]),
            (["check", "--syntax", "="], ["json", "yaml"]),
            (["--fail-on", "w"], ["warning"]),
            (["check", "a.json", "--quiet", "a."], ["a.json"]),
            (["check", "--rules", "a"], ["a folder"]),
            (["check", "--severity", "a"], []),
            (["rules", "a"], []),
            (["explain", "schema/enu"], ["schema/enum"]),
            (["why", "schema/enu"], []),
            (["why", "--dialect", "body", "batch/overl"], ["batch/overlap"]),
            (["why", "--dialect", "=", "body", "batch/overlap", "a."], ["a.json"]),
            (["generate", "--connector", "S"], ["S3", "Salesforce", "Servicenow"]),
            (["generate", "Put"], ["PutIntegration"]),
            (["query", "$", "a."], ["a.json"]),
            (["manual", "ch"], ["check"]),
        ):
            with self.subTest(words=words):
                self.assertEqual(offered, self.complete(*words))

    def test_fish_completes(self):
        script = self.prefix / "share/fish/vendor_completions.d/connect-lint.fish"
        home = fresh("fish")
        run("fish", "--no-execute", script)
        for line, offered in (
            ("che", ["check"]),
            ("check --format js", ["json", "jsonl"]),
            ("--fail-on w", ["warning"]),
            ("explain schema/enu", ["schema/enum"]),
            ("why --dialect body batch/overl", ["batch/overlap"]),
            ("rules --form", ["--format"]),
            ("rules x", []),
        ):
            with self.subTest(line=line):
                done = run("fish", "--no-config", "--command", f"source {script}; complete --do-complete 'connect-lint {line}'",
                           env={"HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_DATA_HOME": str(home)}, cwd=home)
                self.assertEqual(("", offered), (done.stderr, [each.split("\t")[0] for each in done.stdout.splitlines()]))

    def test_zsh_reads_it(self):
        script = self.prefix / "share/zsh/vendor-completions/_connect-lint"
        run("zsh", "--no-exec", script)
        # What _arguments is given, as it sees it.
        done = run("zsh", "--no-rcs", "-c", 'compdef() { }; source "$1"; _arguments() { print -rl -- "$@" }; words=(connect-lint rules ""); CURRENT=3; _connect_lint',
                   "zsh", script)
        self.assertEqual("", done.stderr)
        self.assertIn("(-h --help)--help[Print this help message and exit]", done.stdout.splitlines())
        self.assertIn(":NAME:(table json markdown)", done.stdout)


class Installed(Tree, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.prefix = fresh("installed")
        run(arguments.cmake, "--install", arguments.build, "--prefix", cls.prefix)
        # Nothing may depend on where it was first.
        moved = SCRATCH / "moved"
        shutil.rmtree(moved, ignore_errors=True)
        cls.prefix = cls.prefix.rename(moved)
        cls.library = next(cls.prefix.rglob("libconnect_lint.a")).parent

    def test_what_is_there(self):
        files = files_below(self.prefix)
        for name in ("bin/connect-lint", "share/man/man1/connect-lint.1", "share/connect-lint/schemas/PutIntegration.json",
                     "include/connect_lint/lint.h", "include/connect_lint/diagnostic.h", "share/doc/connect-lint/LICENSE"):
            self.assertIn(name, files)
        headers = sorted(path.name for path in (ROOT / "src" / "connect_lint").glob("*.h"))
        self.assertEqual(headers, [name.split("/")[-1] for name in files if name.startswith("include/")])

    def test_no_paths_of_this_machine(self):
        for name in files_below(self.prefix):
            if not name.endswith((".a", "bin/connect-lint")):
                text = (self.prefix / name).read_text()
                for path in (arguments.build, ROOT, SCRATCH, "/usr/lib/x86_64"):
                    self.assertNotIn(str(path), text, name)

    def test_destdir(self):
        folder = fresh("destdir")
        run(arguments.cmake, "--install", arguments.build, "--prefix", "/opt/lint", "--component", "program", env={"DESTDIR": str(folder)})
        self.assertIn("opt/lint/bin/connect-lint", files_below(folder))
        self.assertFalse([name for name in files_below(folder) if name.endswith(".a")])

    def consumer(self, name):
        folder = fresh(name)
        (folder / "consumer.cc").write_text(CONSUMER)
        return folder

    def runs(self, program):
        *ids, number = run(program).stdout.splitlines()
        self.assertEqual(version(), number)
        self.assertEqual(FOUND, set(ids))

    def test_find_package(self):
        folder = self.consumer("find_package")
        (folder / "CMakeLists.txt").write_text(PROJECT)
        run(arguments.cmake, "-G", "Ninja", "-S", folder, "-B", folder / "build", f"-DCMAKE_PREFIX_PATH={self.prefix}", f"-DCMAKE_CXX_COMPILER={arguments.compiler}")
        run(arguments.cmake, "--build", folder / "build")
        self.runs(folder / "build" / "consumer")

    def test_pkg_config(self):
        folder = self.consumer("pkg_config")
        for more in ([], ["--static"]):
            flags = run("pkg-config", *more, "--cflags", "--libs", "connect_lint", env={"PKG_CONFIG_PATH": str(self.library / "pkgconfig")}).stdout.split()
            run(arguments.compiler, "-std=c++20", folder / "consumer.cc", "-o", folder / "consumer", *flags)
            self.runs(folder / "consumer")


class Package(Tree, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = fresh("cpack")
        run(arguments.cpack, "--config", arguments.build / "CPackConfig.cmake", "-G", "DEB", "-B", folder, cwd=folder)
        cls.packages = list(folder.glob("*.deb"))
        unpacked = fresh("unpacked")
        run("dpkg-deb", "--extract", cls.packages[0], unpacked)
        cls.prefix = unpacked / "usr"

    def test_fields(self):
        self.assertEqual(1, len(self.packages))
        number = version()
        self.assertTrue(self.packages[0].name.startswith(f"connect-lint_{number}-1_"), self.packages[0].name)
        fields = run("dpkg-deb", "--field", self.packages[0]).stdout
        for field in ("Package: connect-lint", f"Version: {number}-1", "Section: devel", "Maintainer: connect-lint maintainers <connect-lint@example.org>",
                      "Description: checker of Amazon Connect Customer Profiles requests"):
            self.assertIn(field + "\n", fields)

    def test_lintian_is_content(self):
        # Warnings, too; root is not where lintian wants to be.
        done = run("lintian", "--fail-on", "error,warning", self.packages[0], status=None)
        self.assertEqual((0, ""), (done.returncode, done.stdout), done.stderr)

    def test_documents(self):
        names = files_below(self.prefix)
        for name in ("changelog.gz", "changelog.Debian.gz", "copyright"):
            self.assertIn("share/doc/connect-lint/" + name, names)
        self.assertIn("share/man/man1/connect-lint.1.gz", names)
        self.assertFalse([name for name in names if name.endswith((".a", ".h", ".pc"))])
        changes = run("zcat", self.prefix / "share/doc/connect-lint/changelog.Debian.gz").stdout
        self.assertRegex(changes, r"^connect-lint \(" + version() + r"-1\) unstable; urgency=medium\n\n  \* \S")
        self.assertRegex(changes, r"\n -- connect-lint maintainers <connect-lint@example.org>  \w{3}, \d\d \w{3} \d{4} 00:00:00 \+0000\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, required=True, help="the build to install from")
    parser.add_argument("--cmake", default="cmake")
    parser.add_argument("--cpack", default="cpack")
    parser.add_argument("--compiler", default="c++", help="the C++ compiler for the programs that use the library")
    arguments, rest = parser.parse_known_args()
    arguments.build = arguments.build.resolve()
    unittest.main(argv=[sys.argv[0], *rest])

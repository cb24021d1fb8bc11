#!/usr/bin/python3
"""What is installed and packed works where it was put: program, manual page, completions, library, Debian package.

    CONNECT_LINT=build/release/connect-lint SCRATCH=scratch tests/package/package_test.py --build build/release [--cmake cmake] [--cpack cpack] [--compiler g++]
"""

import argparse
import os
import pathlib
import re
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
  const connect_lint::Report json = linter.check("PutIntegration", R"({"DomainName": "sales", "Objecttype": 1})");
  const connect_lint::Report yaml = linter.check("PutIntegration", "DomainName: 'a b'\n", {.syntax = connect_lint::Syntax::Yaml});
  for (const connect_lint::Report* report : {&json, &yaml})
    for (const connect_lint::Diagnostic& found : report->diagnostics) std::puts(found.id.c_str());
  std::puts(std::string(connect_lint::version()).c_str());
}
"""
PROJECT = """
cmake_minimum_required(VERSION 3.25)
project(consumer LANGUAGES C CXX)
find_package(connect_lint 0.1 REQUIRED)
add_executable(consumer consumer.cc)
target_compile_features(consumer PRIVATE cxx_std_20)
target_link_libraries(consumer PRIVATE connect_lint::connect_lint)
add_executable(consumer_shared consumer.cc)
target_compile_features(consumer_shared PRIVATE cxx_std_20)
target_link_libraries(consumer_shared PRIVATE connect_lint::shared)
add_executable(consumer_c consumer_c.c)
target_link_libraries(consumer_c PRIVATE connect_lint::shared)
add_executable(consumer_c_static consumer_c.c)
target_link_libraries(consumer_c_static PRIVATE connect_lint::connect_lint)
"""
CONSUMER_C = r"""
#include <connect_lint/connect_lint.h>

#include <stdio.h>
#include <string.h>

int main(void) {
  const char* texts[] = {"{\"DomainName\": \"sales\", \"Objecttype\": 1}", "{\"DomainName\": \"a b\"}"};
  connect_lint_linter* linter = connect_lint_new(NULL, NULL);
  for (int i = 0; i < 2; ++i) {
    connect_lint_report* report = connect_lint_check(linter, "PutIntegration", texts[i], strlen(texts[i]), NULL);
    connect_lint_diagnostic found = CONNECT_LINT_DIAGNOSTIC_INIT;
    for (size_t j = 0; connect_lint_get(report, j, &found); ++j) puts(found.id);
    connect_lint_report_free(report);
  }
  connect_lint_free(linter);
  puts(connect_lint_version());
  return 0;
}
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
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() or path.is_symlink())


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
        cls.loader = {"LD_LIBRARY_PATH": str(cls.library)}

    def test_what_is_there(self):
        files = files_below(self.prefix)
        for name in ("bin/connect-lint", "share/man/man1/connect-lint.1", "share/connect-lint/schemas/PutIntegration.json",
                     "include/connect_lint/lint.h", "include/connect_lint/diagnostic.h", "share/doc/connect-lint/LICENSE"):
            self.assertIn(name, files)
        headers = sorted(path.name for path in (ROOT / "src" / "connect_lint").glob("*.h"))
        self.assertEqual(headers, [name.split("/")[-1] for name in files if name.startswith("include/")])

    def test_no_paths_of_this_machine(self):
        for name in files_below(self.prefix):
            if not name.endswith((".a", "bin/connect-lint")) and ".so" not in name:
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
        (folder / "consumer_c.c").write_text(CONSUMER_C)
        return folder

    def runs(self, program, env=None):
        *ids, number = run(program, env=env).stdout.splitlines()
        self.assertEqual(version(), number)
        self.assertEqual(FOUND, set(ids))

    def test_find_package(self):
        folder = self.consumer("find_package")
        (folder / "CMakeLists.txt").write_text(PROJECT)
        run(arguments.cmake, "-G", "Ninja", "-S", folder, "-B", folder / "build", f"-DCMAKE_PREFIX_PATH={self.prefix}", f"-DCMAKE_CXX_COMPILER={arguments.compiler}")
        run(arguments.cmake, "--build", folder / "build")
        for name in ("consumer", "consumer_shared", "consumer_c", "consumer_c_static"):
            with self.subTest(name):
                self.runs(folder / "build" / name)
        self.assertIn("libconnect_lint.so.0", run("ldd", folder / "build" / "consumer_c").stdout)
        self.assertNotIn("libconnect_lint", run("ldd", folder / "build" / "consumer").stdout)

    def test_pkg_config(self):
        folder = self.consumer("pkg_config")
        flags = lambda *more: run("pkg-config", *more, "--cflags", "--libs", "connect_lint", env={"PKG_CONFIG_PATH": str(self.library / "pkgconfig")}).stdout.split()
        run(arguments.compiler, "-std=c++20", folder / "consumer.cc", "-o", folder / "consumer", *flags())
        self.runs(folder / "consumer", self.loader)
        run("cc", "-std=c99", folder / "consumer_c.c", "-o", folder / "consumer_c", *flags())
        self.runs(folder / "consumer_c", self.loader)
        # With the archive alone.
        alone = [flag.replace("-lconnect_lint", "-l:libconnect_lint.a") for flag in flags("--static")]
        run(arguments.compiler, "-std=c++20", folder / "consumer.cc", "-o", folder / "consumer_static", *alone)
        self.runs(folder / "consumer_static")

    def test_what_the_shared_library_shows(self):
        # What goes breaks programs; what comes is there for good. A change is meant, and SOVERSION tells of it.
        shown = run("nm", "--dynamic", "--defined-only", "--demangle", self.library / "libconnect_lint.so.0").stdout.splitlines()
        names = sorted({line.split(" ", 2)[2].replace("@@CONNECT_LINT_0", "") for line in shown if " A " not in line})
        expected = (ROOT / "tests" / "package" / "abi.txt").read_text().splitlines()
        self.assertEqual(expected, names)
        # The headers tell of all C functions, and of nothing else.
        declared = re.findall(r"\b(connect_lint_\w+)\(", re.sub(r"/\*.*?\*/", "", (self.prefix / "include/connect_lint/connect_lint.h").read_text(), flags=re.DOTALL))
        self.assertEqual([name for name in names if name.startswith("connect_lint_")], sorted(declared))

    def test_nothing_of_the_network(self):
        needed = run("nm", "--dynamic", "--undefined-only", self.library / "libconnect_lint.so.0").stdout
        for name in ("socket", "connect", "getaddrinfo", "sendto", "popen", "system", "execve", "fork", "setlocale", "signal", "sigaction", "getenv"):
            self.assertNotRegex(needed, rf"\b{name}\b")

    def test_examples_in_headers(self):
        """What a header shows in its first lines compiles against what is installed, and runs."""
        folder = fresh("examples")
        for header, expected in (
            ("lint.h", "$: there is neither"),
            ("json.h", "/MaxResults"),
            ("diagnostic.h", "there is neither"),
            ("connect_lint.h", "$: there is neither"),
        ):
            with self.subTest(header):
                text = (self.prefix / "include" / "connect_lint" / header).read_text()
                comment = re.match(r"(//.*\n)+", text)
                lines = comment[0].splitlines() if comment else text[: text.index("*/")].splitlines()
                code = [re.sub(r"^//  ", "", line) if comment else line for line in lines if re.match(r"//   |     " if comment else r"     ", line)]
                includes = [line for line in code if "#include" in line]
                body = [line for line in code if "#include" not in line]
                given = ["const connect_lint::Linter linter;"] if header == "aws.h" else []
                if header in ("diagnostic.h", "connect_lint.h"):
                    given.append('const char* text = "{\\"DomainName\\": \\"sales\\", \\"Tags\\": {\\"a\\": \\"b\\"}, \\"FlowDefinitio\\": 1, \\"ObjectTypeName\\": \\"a\\"}";')
                if header == "connect_lint.h":
                    given.append("size_t size = strlen(text);")
                name = "example.c" if header == "connect_lint.h" else "example.cc"
                system = "#include <stdio.h>\n#include <string.h>\n" if name.endswith(".c") else "#include <connect_lint/lint.h>\n#include <cstdio>\n"
                (folder / name).write_text(system + "\n".join(includes) + "\nint main(void) {\n" + "\n".join(given + body) + "\nreturn 0;\n}\n")
                compiler, standard = ("cc", "c99") if name.endswith(".c") else (arguments.compiler, "c++20")
                run(compiler, f"-std={standard}", "-Wall", "-Werror", f"-I{self.prefix}/include", folder / name, "-o", folder / "example", f"-L{self.library}", "-lconnect_lint")
                self.assertIn(expected, run(folder / "example", env=self.loader).stdout)

    def test_the_example_of_the_readme(self):
        folder = fresh("readme")
        code = re.search(r"```cpp\n(.*?)```", (ROOT / "README.md").read_text(), flags=re.DOTALL)[1]
        use = """
        int main() {
          if (may_be_sent({{"DomainName", "sales"}})) return 1;
          return why_not("{}", "sa les").errors == 2 ? 0 : 2;
        }
        """
        (folder / "readme.cc").write_text(code + use)
        run(arguments.compiler, "-std=c++20", "-Wall", "-Werror", f"-I{self.prefix}/include", folder / "readme.cc", "-o", folder / "readme", f"-L{self.library}", "-lconnect_lint")
        run(folder / "readme", env=self.loader)

    def test_examples_that_refuse(self):
        folder = fresh("refuse")
        flags = [f"-I{self.prefix}/include", f"-L{self.library}", "-lconnect_lint"]
        source = ROOT / "tests" / "library"
        run(arguments.compiler, "-std=c++20", "-Wall", "-Wextra", "-Werror", source / "example_refuse.cc", "-o", folder / "refuse", *flags)
        good = run(folder / "refuse", "ListWorkflows", '{"DomainName": "sales"}', env=self.loader)
        self.assertEqual("ListWorkflows is sent\n", good.stdout)
        bad = run(folder / "refuse", "ListWorkflows", '{"DomainName": "sa les", "MaxResults": 500}', env=self.loader, status=1)
        self.assertEqual("", bad.stdout)
        self.assertIn("ListWorkflows is not sent: 2 mistakes\n", bad.stderr)
        self.assertIn("$['MaxResults']: `MaxResults` is 500, but has to be 1 to 100", bad.stderr)


class Package(Tree, unittest.TestCase):
    NAMES = ("connect-lint", "libconnect-lint0", "libconnect-lint-dev", "python3-connect-lint")

    @classmethod
    def setUpClass(cls):
        folder = fresh("cpack")
        run(arguments.cpack, "--config", arguments.build / "CPackConfig.cmake", "-G", "DEB", "-B", folder, cwd=folder)
        cls.packages = {path.name.split("_")[0]: path for path in folder.glob("*.deb")}
        # Each in a place of its own, and all in one, as they are installed.
        cls.trees = {}
        unpacked = fresh("unpacked")
        for name, path in cls.packages.items():
            cls.trees[name] = fresh("unpacked-" + name) / "usr"
            run("dpkg-deb", "--extract", path, cls.trees[name].parent)
            run("dpkg-deb", "--extract", path, unpacked)
        cls.prefix = unpacked / "usr"

    def field(self, name, package):
        return run("dpkg-deb", "--field", self.packages[package], name).stdout.strip()

    def test_fields(self):
        self.assertEqual(sorted(self.NAMES), sorted(self.packages))
        number = version()
        sections = dict(zip(self.NAMES, ("devel", "libs", "libdevel", "python")))
        for name in self.NAMES:
            with self.subTest(name):
                self.assertTrue(self.packages[name].name.startswith(f"{name}_{number}-1_"), self.packages[name].name)
                fields = run("dpkg-deb", "--field", self.packages[name]).stdout
                for field in (f"Package: {name}", f"Version: {number}-1", f"Section: {sections[name]}",
                              "Maintainer: connect-lint maintainers <connect-lint@example.org>",
                              "Description: checker of Amazon Connect Customer Profiles requests"):
                    self.assertIn(field + "\n", fields)
        self.assertEqual("", self.field("Depends", "connect-lint"))
        self.assertRegex(self.field("Depends", "libconnect-lint0"), r"libre2-\d+.*libstdc\+\+6.*libyaml-0-2")
        for name in ("libconnect-lint-dev", "python3-connect-lint"):
            self.assertIn(f"libconnect-lint0 (= {number}-1)", self.field("Depends", name))
        self.assertEqual("all", self.field("Architecture", "python3-connect-lint"))

    def test_lintian_is_content(self):
        # Warnings, too; root is not where lintian wants to be.
        done = run("lintian", "--fail-on", "error,warning", *self.packages.values(), status=None)
        self.assertEqual((0, ""), (done.returncode, done.stdout), done.stderr)

    def test_what_is_where(self):
        for name, tree in self.trees.items():
            files = files_below(tree)
            for document in ("changelog.gz", "changelog.Debian.gz", "copyright"):
                self.assertIn(f"share/doc/{name}/{document}", files)
            changes = run("zcat", tree / "share/doc" / name / "changelog.Debian.gz").stdout
            self.assertRegex(changes, r"^connect-lint \(" + version() + r"-1\) unstable; urgency=medium\n\n  \* \S")
            self.assertRegex(changes, r"\n -- connect-lint maintainers <connect-lint@example.org>  \w{3}, \d\d \w{3} \d{4} 00:00:00 \+0000\n")
            kinds = {"bin/connect-lint": "connect-lint", ".so.0": "libconnect-lint0", ".so": "libconnect-lint-dev", ".a": "libconnect-lint-dev",
                     ".h": "libconnect-lint-dev", ".pc": "libconnect-lint-dev", ".py": "python3-connect-lint"}
            for ending, owner in kinds.items():
                self.assertEqual(name == owner, any(file.endswith(ending) for file in files), (name, ending))
        self.assertIn("share/man/man1/connect-lint.1.gz", files_below(self.trees["connect-lint"]))

    def test_library_and_python_of_the_packages(self):
        folder = fresh("of_packages")
        (folder / "consumer_c.c").write_text(CONSUMER_C)
        library = next(self.prefix.rglob("libconnect_lint.a")).parent
        run("cc", folder / "consumer_c.c", "-o", folder / "consumer_c", f"-I{self.prefix}/include", f"-L{library}", "-lconnect_lint")
        done = run(folder / "consumer_c", env={"LD_LIBRARY_PATH": str(library)})
        self.assertEqual(FOUND, set(done.stdout.splitlines()[:-1]))
        # Python finds the library that lies beside it.
        script = 'import connect_lint; print(*{finding.id for finding in connect_lint.check("PutIntegration", {"DomainName": "a b", "Objecttype": 1}).findings})'
        done = run("/usr/bin/python3", "-c", script, env={"PYTHONPATH": str(self.prefix / "lib/python3/dist-packages"), "PYTHONDONTWRITEBYTECODE": "1"})
        self.assertEqual(FOUND, set(done.stdout.split()))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, required=True, help="the build to install from")
    parser.add_argument("--cmake", default="cmake")
    parser.add_argument("--cpack", default="cpack")
    parser.add_argument("--compiler", default="c++", help="the C++ compiler for the programs that use the library")
    arguments, rest = parser.parse_known_args()
    arguments.build = arguments.build.resolve()
    unittest.main(argv=[sys.argv[0], *rest])

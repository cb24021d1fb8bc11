#!/bin/bash -p
# Tests ci/connect-lint and ci/packages on a tiny project of its own, in a scratch directory, with no network: dpkg, apt and sudo
# are played by scripts. Prints what failed; exits with 1 if anything did.
set -o nounset -o pipefail

script=$(readlink --canonicalize-existing -- "${BASH_SOURCE[0]}")
ci=${script%/tests/launcher/*}/ci
scratch=$(mktemp --directory)
trap 'rm --recursive --force -- "$scratch"' EXIT
unset CONNECT_LINT_BUILD_DIR CDPATH CI CXXFLAGS LDFLAGS DEBIAN_FRONTEND
checks=0
failures=0

# check WHAT EXPECTED ACTUAL
check() {
  checks=$((checks + 1))
  [[ $2 == "$3" ]] && return
  failures=$((failures + 1))
  printf 'FAILED: %s\n  expected: %q\n  found:    %q\n' "$1" "$2" "$3"
}

# contains WHAT PART WHOLE
contains() {
  checks=$((checks + 1))
  [[ $3 == *"$2"* ]] && return
  failures=$((failures + 1))
  printf 'FAILED: %s\n  expected part: %q\n  found:         %q\n' "$1" "$2" "$3"
}

# Runs a command; sets out, err (both without the newlines at the end) and code.
run() {
  "$@" >"$scratch/out" 2>"$scratch/err"
  code=$?
  out=$(<"$scratch/out")
  err=$(<"$scratch/err")
}

# ---- dpkg-query, apt-get, sudo, id and sleep as the tests want them. They keep their state in files of $FAKE_STATE.

export FAKE_STATE=$scratch/state
mkdir -- "$scratch/fakes" "$scratch/fake-sudo" "$FAKE_STATE"

fake() {  # fake NAME, its text on standard input
  { printf '#!/bin/bash -p\n' && cat; } >"$1"
  chmod +x "$1"
}

fake "$scratch/fakes/dpkg-query" <<'FAKE'
code=0
for name; do
  [[ $name == --* ]] && continue
  if grep --quiet --line-regexp --fixed-strings -- "$name" "$FAKE_STATE/removed"; then
    printf '%s config-files\n' "$name"
  elif [[ -e $FAKE_STATE/everything ]] || grep --quiet --line-regexp --fixed-strings -- "$name" "$FAKE_STATE/installed"; then
    printf '%s installed\n' "$name"
  else
    printf 'dpkg-query: no packages found matching %s\n' "$name" >&2
    code=1
  fi
done
exit "$code"
FAKE

fake "$scratch/fakes/apt-get" <<'FAKE'
printf '%s DEBIAN_FRONTEND=%s by %s\n' "$*" "${DEBIAN_FRONTEND-}" "${FAKE_SUDO-nobody}" >>"$FAKE_STATE/calls"
printf 'chatter of apt\n'
printf 'more chatter of apt\n' >&2
read -r -t 1  # Must not take the input of the program that comes after.
names=()
command=''
for word; do
  [[ $word == update || $word == install ]] && command=$word
  [[ -n $command && $word != -* && $word != "$command" ]] && names+=("$word")
done
if [[ -s $FAKE_STATE/$command-fails ]]; then
  # Each line is what one call says before it fails.
  head --lines=1 "$FAKE_STATE/$command-fails"
  sed --in-place 1d "$FAKE_STATE/$command-fails"
  exit 100
fi
if [[ $command == install && ! -e $FAKE_STATE/install-pretends ]]; then
  printf '%s\n' "${names[@]}" >>"$FAKE_STATE/installed"
fi
exit 0
FAKE

fake "$scratch/fakes/id" <<'FAKE'
cat "$FAKE_STATE/uid"
FAKE

fake "$scratch/fakes/sleep" <<'FAKE'
printf 'sleep\n' >>"$FAKE_STATE/sleeps"
FAKE

fake "$scratch/fake-sudo/sudo" <<'FAKE'
printf '%s\n' "$*" >>"$FAKE_STATE/sudo-calls"
if [[ -e $FAKE_STATE/sudo-refuses ]]; then
  printf 'sudo: a password is required\n' >&2
  exit 1
fi
[[ $1 == --non-interactive ]] && shift
FAKE_SUDO=sudo exec "$@"
FAKE

# Everything else that the scripts call, but no sudo and no node, whatever the machine has.
tools=$scratch/tools
mkdir -- "$tools"
for name in bash cat cmp cut env find flock grep head mkdir mv readlink rm sed sha256sum sort stat tail uniq; do
  ln --symbolic -- "$(type -P "$name")" "$tools/$name"
done

# fresh_state UID: nothing installed, nothing called.
fresh_state() {
  rm --recursive --force -- "$FAKE_STATE"
  mkdir -- "$FAKE_STATE"
  : >"$FAKE_STATE/installed"
  : >"$FAKE_STATE/removed"
  : >"$FAKE_STATE/calls"
  : >"$FAKE_STATE/sudo-calls"
  : >"$FAKE_STATE/sleeps"
  printf '%s\n' "$1" >"$FAKE_STATE/uid"
}

packages() { PATH=$scratch/fakes:$tools run "$ci/packages" "$@" </dev/null; }
packages_with_sudo() { PATH=$scratch/fakes:$scratch/fake-sudo:$tools run "$ci/packages" "$@" </dev/null; }

# ---- ci/packages

fresh_state 0
packages --list fuzz
check 'list: exit code' 0 "$code"
check 'list: names' $'clang\nlibclang-rt-14-dev\nlibsimdjson-dev' "$out"
check 'list: calls nothing' '' "$(<"$FAKE_STATE/calls")"

packages --list test
contains 'list: node where there is none' $'nodejs\nnpm' "$out"
for name in node npm; do
  fake "$scratch/fakes/$name" </dev/null
done
packages --list test
check 'list: still prints' 0 "$code"
check 'list: no node where there is one' '' "$(grep --extended-regexp '^(nodejs|npm)$' <<<"$out")"
rm -- "$scratch/fakes/node" "$scratch/fakes/npm"

packages bild
check 'unknown purpose: exit code' 2 "$code"
contains 'unknown purpose: names it' bild "$err"
packages
check 'no purpose: exit code' 2 "$code"
packages --help
check 'help: exit code' 0 "$code"
contains 'help: says how' 'ci/packages [--list]' "$out"

touch -- "$FAKE_STATE/everything"
packages build test bench fuzz coverage
check 'nothing missing: exit code' 0 "$code"
check 'nothing missing: silent' '' "$out$err"
check 'nothing missing: calls nothing' '' "$(<"$FAKE_STATE/calls")"

fresh_state 0
printf 'clang\n' >"$FAKE_STATE/installed"
packages fuzz
check 'root: exit code' 0 "$code"
check 'root: silent' '' "$out$err"
contains 'root: updates first' ' update DEBIAN_FRONTEND=noninteractive' "$(head --lines=1 "$FAKE_STATE/calls")"
contains 'root: installs what is missing, nothing else' ' install --no-install-recommends libclang-rt-14-dev libsimdjson-dev DEBIAN_FRONTEND=noninteractive' \
  "$(tail --lines=1 "$FAKE_STATE/calls")"
contains 'root: waits for apt' 'DPkg::Lock::Timeout=' "$(tail --lines=1 "$FAKE_STATE/calls")"
check 'root: two calls' 2 "$(wc --lines <"$FAKE_STATE/calls")"
packages fuzz
check 'root: once' 2 "$(wc --lines <"$FAKE_STATE/calls")"

fresh_state 0
touch -- "$FAKE_STATE/everything"
printf 'clang\n' >"$FAKE_STATE/removed"
packages fuzz
contains 'a removed package with files left is missing' ' install --no-install-recommends clang ' "$(<"$FAKE_STATE/calls")"

fresh_state 1000
printf 'clang\n' >"$FAKE_STATE/installed"
packages fuzz
check 'no rights: exit code' 3 "$code"
check 'no rights: nothing on standard output' '' "$out"
contains 'no rights: names the packages' 'missing Debian packages: libclang-rt-14-dev' "$err"
contains 'no rights: and the command' 'apt-get install --no-install-recommends libclang-rt-14-dev' "$err"
check 'no rights: calls nothing' '' "$(<"$FAKE_STATE/calls")"

fresh_state 1000
packages_with_sudo fuzz
check 'sudo: exit code' 0 "$code"
check 'sudo: silent' '' "$out$err"
check 'sudo: both calls' 2 "$(grep --count 'by sudo' "$FAKE_STATE/calls")"
check 'sudo: asks nothing without a terminal' 2 "$(grep --count '^--non-interactive ' "$FAKE_STATE/sudo-calls")"

fresh_state 0
packages_with_sudo fuzz
check 'root needs no sudo' '' "$(<"$FAKE_STATE/sudo-calls")"
check 'root needs no sudo: installs' 2 "$(grep --count 'by nobody' "$FAKE_STATE/calls")"

typescript=$(type -P script)
on_terminal() { SHELL=/bin/bash "$typescript" --quiet --return --command "$1" /dev/null </dev/null; }
if on_terminal true >/dev/null 2>&1; then
  fresh_state 1000
  out=$(PATH=$scratch/fakes:$scratch/fake-sudo:$tools on_terminal "\"$ci/packages\" fuzz")
  check 'terminal: exit code' 0 "$?"
  check 'terminal: one line' $'installing Debian packages: clang libclang-rt-14-dev libsimdjson-dev\r' "$out"
  check 'terminal: sudo may ask' 0 "$(grep --count '^--non-interactive ' "$FAKE_STATE/sudo-calls")"
else
  printf 'not tested: what is said on a terminal (this system gives out no pseudo-terminals)\n'
fi

fresh_state 1000
touch -- "$FAKE_STATE/sudo-refuses"
packages_with_sudo fuzz
check 'sudo refuses: exit code' 3 "$code"
contains 'sudo refuses: its words' 'sudo: a password is required' "$err"
contains 'sudo refuses: names the packages' 'missing Debian packages: clang libclang-rt-14-dev' "$err"

fresh_state 0
printf 'E: Unable to locate package\n' >"$FAKE_STATE/install-fails"
packages fuzz
check 'apt fails: exit code' 3 "$code"
check 'apt fails: nothing on standard output' '' "$out"
contains 'apt fails: its words' 'E: Unable to locate package' "$err"

fresh_state 0
printf 'E: one source is out of reach\n' >"$FAKE_STATE/update-fails"
packages fuzz
check 'update fails, packages are found: exit code' 0 "$code"
check 'update fails, packages are found: silent' '' "$out$err"

fresh_state 0
printf 'E: one source is out of reach\n' >"$FAKE_STATE/update-fails"
printf 'E: Unable to locate package\n' >"$FAKE_STATE/install-fails"
packages fuzz
contains 'update and install fail: both speak' $'E: one source is out of reach\nchatter of apt' "$err"

fresh_state 0
printf 'E: Could not get lock\nE: Could not get lock\n' >"$FAKE_STATE/update-fails"
packages fuzz
check 'update is locked: exit code' 0 "$code"
check 'update is locked: waits' 2 "$(wc --lines <"$FAKE_STATE/sleeps")"
check 'update is locked: tries again' 3 "$(grep --count ' update ' "$FAKE_STATE/calls")"

fresh_state 0
touch -- "$FAKE_STATE/install-pretends"
packages fuzz
check 'apt only pretends: exit code' 3 "$code"
contains 'apt only pretends: names the packages' 'missing Debian packages: clang libclang-rt-14-dev' "$err"

fresh_state 0
for i in 1 2 3 4; do
  PATH=$scratch/fakes:$tools "$ci/packages" fuzz </dev/null &
done
wait
check 'four at once install once' 1 "$(grep --count ' install ' "$FAKE_STATE/calls")"

PATH=$tools run "$ci/packages" build
check 'no dpkg: goes on' 0 "$code"
contains 'no dpkg: says what is needed' nlohmann-json3-dev "$err"

# ---- A tiny project. The program prints what it was given, a word from a header and how many rules it was configured with.

make_project() {  # make_project DIRECTORY
  mkdir --parents -- "$1/ci" "$1/src" "$1/rules"
  cp -- "$ci/connect-lint" "$ci/packages" "$1/ci/"
  printf '%s\n' 'first rule' >"$1/rules/first.yaml"
  printf '%s\n' '#define WORD "one"' >"$1/src/word.h"
  cat >"$1/CMakeLists.txt" <<'PROJECT'
cmake_minimum_required(VERSION 3.20)
project(fake LANGUAGES CXX)
file(GLOB rules rules/*.yaml)
list(LENGTH rules rule_count)
add_executable(connect-lint src/main.cc src/still.cc)
target_compile_definitions(connect-lint PRIVATE RULE_COUNT=${rule_count})
add_executable(other src/missing.cc)
if(NOT CMAKE_BUILD_TYPE STREQUAL Release OR CONNECT_LINT_TESTS OR NOT DEFINED CONNECT_LINT_TESTS)
  message(FATAL_ERROR "not configured for a release without tests")
endif()
execute_process(COMMAND cat OUTPUT_QUIET)  # Takes what input it gets.
PROJECT
  : >"$1/src/still.cc"
  : >"$1/src/missing.cc"  # Its program cannot be linked: only the target connect-lint may be built.
  cat >"$1/src/main.cc" <<'MAIN'
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "word.h"

int main(int argc, char** argv) {
  char cwd[4096];
  std::printf("%s, %d rules, in %s\n", WORD, RULE_COUNT, getcwd(cwd, sizeof cwd));
  for (int i = 1; i < argc; ++i) std::printf("<%s>\n", argv[i]);
  if (argc > 1 && std::strcmp(argv[1], "--descriptors") == 0) {
    for (int i = 3; i < 256; ++i)
      if (fcntl(i, F_GETFD) >= 0) std::printf("%d is open\n", i);
  }
  if (argc > 1 && std::strcmp(argv[1], "--read") == 0)
    for (int c; (c = std::getchar()) != EOF;) std::putchar(c);
  return argc > 2 && std::strcmp(argv[1], "--exit") == 0 ? std::atoi(argv[2]) : 0;
}
MAIN
}

identity() { stat --format='%i %y' -- "$project/build/release/connect-lint"; }

fresh_state 1000
touch -- "$FAKE_STATE/everything"
PATH=$scratch/fakes:$PATH
project="$scratch/a check out"
make_project "$project"
launcher=$project/ci/connect-lint
cd -- "$project" || exit 1

# ---- The first build

run ci/connect-lint --read < <(printf 'line\nno newline')
check 'first: exit code' 0 "$code"
check 'first: output, and input that the build did not take' "one, 1 rules, in $project"$'\n<--read>\nline\nno newline' "$out"
check 'first: one line' 1 "$(wc --lines <<<"$err")"
contains 'first: says so' 'building connect-lint' "$err"
built=$(identity)

# ---- Passing through

run ci/connect-lint
check 'second: exit code' 0 "$code"
check 'second: output' "one, 1 rules, in $project" "$out"
check 'second: silent' '' "$err"
check 'second: not built again' "$built" "$(identity)"

run ci/connect-lint 'a b' '' '*' "it's" '"' \\ "\$HOME" -- --help $'two\nlines'
check 'arguments' "one, 1 rules, in $project"$'\n<a b>\n<>\n<*>\n<it\'s>\n<">\n<\\>\n<$HOME>\n<-->\n<--help>\n<two\nlines>' "$out"
run ci/connect-lint --exit 1
check 'exit code 1' 1 "$code"
run ci/connect-lint --exit 77
check 'exit code 77' 77 "$code"
run ci/connect-lint --read <"$project/src/word.h"
check 'input from a file' "one, 1 rules, in $project"$'\n<--read>\n#define WORD "one"' "$out"
run build/release/connect-lint --descriptors
descriptors=${out#*$'\n'}  # The test itself may have been given some.
run ci/connect-lint --descriptors
check 'no open files are passed on' "$descriptors" "${out#*$'\n'}"

mkdir -- "$scratch/else where"
cd -- "$scratch/else where" || exit 1
run "$launcher"
check 'other directory: output' "one, 1 rules, in $scratch/else where" "$out"
check 'other directory: silent' '' "$err"
run '../a check out/ci/connect-lint'
check 'relative path' "one, 1 rules, in $scratch/else where" "$out"
ln --symbolic -- "$launcher" 'a link'
ln --symbolic -- '../else where/a link' 'link to a link'
ln --symbolic -- "$project" 'linked checkout'
ln --symbolic -- "$project/ci" 'linked ci'
mkdir bin
ln --symbolic -- ../'a link' bin/connect-lint
for name in './a link' './link to a link' 'linked checkout/ci/connect-lint' 'linked ci/connect-lint'; do
  run "$name" 'a b'
  check "called as $name: output" "one, 1 rules, in $scratch/else where"$'\n<a b>' "$out"
  check "called as $name: silent" '' "$err"
done
PATH=$PWD/bin:$PATH run connect-lint
check 'on PATH' "one, 1 rules, in $scratch/else where" "$out"
run bash 'a link'
check 'bash with its name only' "one, 1 rules, in $scratch/else where" "$out"
cd -- "$project/ci" || exit 1
run ./connect-lint
check 'in its own directory' "one, 1 rules, in $project/ci" "$out"
check 'in its own directory: silent' '' "$err"
cd -- "$project" || exit 1
check 'none of these built again' "$built" "$(identity)"

# ---- What the environment may hold

printf 'echo from BASH_ENV\n' >"$scratch/bash_env"
mkdir --parents -- "$scratch/cdpath/ci"
run env CDPATH="$scratch/cdpath" CI=true BASH_ENV="$scratch/bash_env" SHELLOPTS=xtrace POSIXLY_CORRECT=1 TERM=dumb \
  'BASH_FUNC_cd%%=() { echo from cd; }' 'BASH_FUNC_find%%=() { echo from find; }' ci/connect-lint
check 'environment: output' "one, 1 rules, in $project" "$out"
check 'environment: silent' '' "$err"
check 'environment: not built again' "$built" "$(identity)"
run env --ignore-environment PATH="$PATH" FAKE_STATE="$FAKE_STATE" ci/connect-lint
check 'no environment' "one, 1 rules, in $project" "$out$err"
run ci/connect-lint <&-
check 'standard input is closed' "one, 1 rules, in $project" "$out$err"

# ---- Changes

rebuilt() {  # rebuilt WHAT FIRST-LINE: runs, and checks that it built, once, what it should
  run ci/connect-lint
  check "$1: exit code" 0 "$code"
  check "$1: output" "$2, in $project" "$out"
  contains "$1: says so" 'building connect-lint' "$err"
  built=$(identity)
  run ci/connect-lint
  check "$1: then silent" '' "$err"
  check "$1: then not built again" "$built" "$(identity)"
}

object=build/release/CMakeFiles/connect-lint.dir/src/still.cc.o
compiled=$(stat --format=%y -- "$object")
printf '%s\n' '#define WORD "two"' >src/word.h
rebuilt 'changed header' 'two, 1 rules'
check 'changed header: compiles nothing else' "$compiled" "$(stat --format=%y -- "$object")"

printf '%s\n' '#define WORD "old"' >"$scratch/word.h"
touch --date=2001-01-01 -- "$scratch/word.h"
mv --force -- "$scratch/word.h" src/word.h
rebuilt 'replaced by an older file' 'old, 1 rules'

touch --reference=src/word.h -- "$scratch/times"
printf '%s\n' '#define WORD "new"' >src/word.h
touch --reference="$scratch/times" -- src/word.h
rebuilt 'same size and time, other content' 'new, 1 rules'

printf '%s\n' 'second rule' >rules/second.yaml
rebuilt 'added file' 'new, 2 rules'
mkdir rules/family && mv -- rules/second.yaml rules/family/
rebuilt 'moved file' 'new, 1 rules'
printf '%s\n' 'third rule' >"$scratch/third.yaml"
touch --date=2001-01-01 -- "$scratch/third.yaml"
mv -- "$scratch/third.yaml" rules/
rebuilt 'added older file' 'new, 2 rules'
rm -- rules/first.yaml
rebuilt 'removed file' 'new, 1 rules'

printf '%s\n' 'add_compile_definitions(IN_CMAKE)' >>CMakeLists.txt
printf '%s\n' '#ifdef IN_CMAKE' '#define WORD "cmake"' '#endif' >src/word.h
rebuilt 'changed CMakeLists.txt' 'cmake, 1 rules'

rm -- build/release/connect-lint
run ci/connect-lint --descriptors
check 'no open files are passed on after a build' "$descriptors" "${out#*$'\n'}"
rm -- build/release/connect-lint
rebuilt 'removed program' 'cmake, 1 rules'
cp -- "$(type -P true)" build/release/connect-lint
rebuilt 'overwritten program' 'cmake, 1 rules'

# The same content with other times is no change, and neither are the files of editors.
built=$(identity)
touch -- src/main.cc src/word.h CMakeLists.txt
chmod g-w -- src/main.cc
printf 'swap\n' >src/.main.cc.swp
printf 'backup\n' >src/main.cc~
run ci/connect-lint
check 'touched: silent' '' "$err"
check 'touched: not built again' "$built" "$(identity)"
contains 'touched: noted, so that the next time is quick' "$(find src/main.cc -printf '%p %s %T@ %C@')" "$(<build/release/launcher.stamp)"

# ---- A build that fails

cp -- src/main.cc "$scratch/main.cc"
printf '%s\n' 'int broken = "no number";' >>src/main.cc
for i in first second; do
  run ci/connect-lint
  check "failing build, $i: exit code" 3 "$code"
  check "failing build, $i: nothing on standard output" '' "$out"
  contains "failing build, $i: the words of the compiler" 'error:' "$err"
  contains "failing build, $i: the place" 'main.cc:' "$err"
  contains "failing build, $i: the log" 'build/release/launcher.log' "$err"
done
cp --preserve=timestamps -- "$scratch/main.cc" src/main.cc
rebuilt 'repaired' 'cmake, 1 rules'
printf 'message(FATAL_ERROR "this cannot be configured")\n' >>CMakeLists.txt
run ci/connect-lint
check 'failing configuration: exit code' 3 "$code"
contains 'failing configuration: the words of cmake' 'this cannot be configured' "$err"
sed --in-place '$d' CMakeLists.txt
rebuilt 'configured again' 'cmake, 1 rules'

# ---- Missing packages

printf '%s\n' '#define WORD "three"' >src/word.h
fresh_state 1000
PATH=$scratch/fakes:$tools run ci/connect-lint
check 'missing packages: exit code' 3 "$code"
check 'missing packages: nothing on standard output' '' "$out"
contains 'missing packages: names them' 'missing Debian packages: g++ cmake ninja-build' "$err"
PATH=$scratch/fake-sudo:$PATH run ci/connect-lint --read < <(printf 'input')
check 'packages by sudo: output, and input that apt did not take' "three, 1 rules, in $project"$'\n<--read>\ninput' "$out"
check 'packages by sudo: installed' 1 "$(grep --count ' install .*g++ cmake.* by sudo' "$FAKE_STATE/calls")"
fresh_state 1000
PATH=$scratch/fakes:$tools run ci/connect-lint
check 'nothing to build, no packages needed' "three, 1 rules, in $project" "$out$err"
touch -- "$FAKE_STATE/everything"

# ---- Other places

cp --archive -- "$project" "$scratch/copy"
project=$scratch/copy
cd -- "$project" || exit 1
run ci/connect-lint
check 'copied checkout: runs as it is' "three, 1 rules, in $project" "$out$err"
printf '%s\n' '#define WORD "copy"' >src/word.h
rebuilt 'copied checkout, changed' 'copy, 1 rules'

printf 'a file\n' >"$scratch/file"
CONNECT_LINT_BUILD_DIR=$scratch/file/below run ci/connect-lint
check 'no place to build: exit code' 3 "$code"
contains 'no place to build: says where' "cannot write to the build directory $scratch/file/below" "$err"
contains 'no place to build: says what to do' 'CONNECT_LINT_BUILD_DIR=DIR' "$err"

make_project "$scratch/read only"
chmod --recursive a-w -- "$scratch/read only"
cd -- "$scratch" || exit 1
CONNECT_LINT_BUILD_DIR='other build' run 'read only/ci/connect-lint' --exit 5
check 'other build directory: exit code' 5 "$code"
check 'other build directory: output' "one, 1 rules, in $scratch"$'\n<--exit>\n<5>' "$out"
CONNECT_LINT_BUILD_DIR="$scratch/other build" run 'read only/ci/connect-lint'
check 'other build directory: silent' '' "$err"
check 'other build directory: nothing in the sources' 'CMakeLists.txt ci rules src' "$(cd -- 'read only' && echo *)"
check 'other build directory: the program' yes "$([[ -x 'other build/release/connect-lint' ]] && echo yes)"
chmod --recursive u+w -- "$scratch/read only"

# ---- The launcher is killed while it builds

make_project "$scratch/killed"
project=$scratch/killed
cd -- "$project" || exit 1
ci/connect-lint >/dev/null 2>&1 </dev/null &
pid=$!
until [[ -e build/release/CMakeCache.txt ]]; do
  kill -0 "$pid" 2>/dev/null || break
done
{ kill -KILL "$pid" && wait "$pid"; } 2>/dev/null
check 'killed: before it was ready' '' "$(ls build/release/launcher.stamp 2>/dev/null)"
rebuilt 'killed, then run again' 'one, 1 rules'

# ---- Several at once

cd -- "$scratch" || exit 1

together() {  # together COUNT DIRECTORY
  local i pids=() codes='' outputs=''
  for ((i = 0; i < $1; ++i)); do
    "$2/ci/connect-lint" --exit "$i" >"$scratch/out.$i" 2>"$scratch/err.$i" </dev/null &
    pids+=($!)
  done
  for ((i = 0; i < $1; ++i)); do
    wait "${pids[i]}"
    codes+="$? "
    outputs+="$(head --lines=1 "$scratch/out.$i") "
  done
  all_codes=$codes
  all_outputs=$outputs
  # Of all that were said, one line each time that something was built.
  all_errors=$(for ((i = 0; i < $1; ++i)); do cat -- "$scratch/err.$i"; done)
}

make_project "$scratch/two"
together 2 "$scratch/two"
check 'two at once: exit codes' '0 1 ' "$all_codes"
check 'two at once: outputs' "$(printf "one, 1 rules, in $scratch %.0s" 1 2)" "$all_outputs"
check 'two at once: one builds' 'building connect-lint, once ...' "$all_errors"

make_project "$scratch/eight"
together 8 "$scratch/eight"
check 'eight at once: exit codes' '0 1 2 3 4 5 6 7 ' "$all_codes"
check 'eight at once: outputs' "$(printf "one, 1 rules, in $scratch %.0s" 1 2 3 4 5 6 7 8)" "$all_outputs"
check 'eight at once: one builds' 'building connect-lint, once ...' "$all_errors"
printf '%s\n' '#define WORD "again"' >"$scratch/eight/src/word.h"
together 8 "$scratch/eight"
check 'eight at once after a change: outputs' "$(printf "again, 1 rules, in $scratch %.0s" 1 2 3 4 5 6 7 8)" "$all_outputs"
check 'eight at once after a change: one builds' 'building connect-lint, sources changed ...' "$all_errors"
together 8 "$scratch/eight"
check 'eight at once, nothing to build: silent' '' "$all_errors"

printf '%d checks, %d failed\n' "$checks" "$failures"
[[ $failures -eq 0 ]]

// Memory that runs out, at every allocation of a run: a clean error or the right answer.
//
//   allocation_failures FOLDER [--most N] [--every K] [--first N] [--only WORDS]
//
// Each command is run once for each allocation that it makes, in a process of its own, up to the N-th: that allocation fails, and once more with all
// behind it failing, too. With --every K only each K-th is tried of those behind the twentieth. --first N begins
// with the N-th, --only with commands that have the words in them. Exit code 0 when all went well.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "cli/run.h"

// That of src/cli/main.cc, which is compiled with this name for it.
int connect_lint_main(int count, char** arguments);

// --- Allocations that fail. All of the process go through these: the libraries', too.

extern "C" {
void* __libc_malloc(std::size_t size);                     // NOLINT
void* __libc_calloc(std::size_t count, std::size_t size);  // NOLINT
void* __libc_realloc(void* memory, std::size_t size);      // NOLINT
void* __libc_memalign(std::size_t to, std::size_t size);   // NOLINT
}

namespace {

enum class Failing : int { Once, FromThenOn };

std::atomic<bool> armed = false;
std::atomic<std::uint64_t> allocations = 0;
std::uint64_t fails_at = 0;
Failing failing = Failing::Once;

bool fails() {
  if (!armed.load(std::memory_order_relaxed)) return false;
  const std::uint64_t number = ++allocations;
  if (failing == Failing::Once ? number != fails_at : number < fails_at) return false;
  errno = ENOMEM;
  return true;
}

}  // namespace

extern "C" {
void* malloc(std::size_t size) { return fails() ? nullptr : __libc_malloc(size); }
void* calloc(std::size_t count, std::size_t size) { return fails() ? nullptr : __libc_calloc(count, size); }
void* realloc(void* memory, std::size_t size) { return fails() ? nullptr : __libc_realloc(memory, size); }
void* memalign(std::size_t to, std::size_t size) { return fails() ? nullptr : __libc_memalign(to, size); }
void* aligned_alloc(std::size_t to, std::size_t size) { return fails() ? nullptr : __libc_memalign(to, size); }
int posix_memalign(void** memory, std::size_t to, std::size_t size) {
  if (fails()) return ENOMEM;
  *memory = __libc_memalign(to, size);
  return *memory == nullptr ? ENOMEM : 0;
}
}

namespace {

namespace fs = std::filesystem;

// --- What is run ------------------------------------------------------------------

constexpr std::string_view kBad = R"({"DomainName": "sales domain", "ObjectTypeName": "Account", "Uri": "", "Tags": {"a": 1}})";
constexpr std::string_view kMendable = R"({"DomainName": "sales", "ObjectTypeName": "Account", "Uri": "arn:aws:s3:::b", "Tags": {"a": 1},})";
constexpr std::string_view kRule = R"(summary: no sales
severity: error
certainty: convention
on: PutIntegrationRequest
find: $[?match(@, 's.*')]
message: "`{@}` begins with s"
why: because
source: us
examples:
  - passes: {DomainName: x}
  - fails: {DomainName: s}
    reports: [/DomainName]
)";

struct Command {
  std::string line;
  std::string writes;  // A file that is to be the old or the new one.
};

const std::vector<Command> kCommands = {
    {"check --no-config bad.json", ""},
    {"check --no-config salesforce.json", ""},
    {"check --no-config bad.yaml", ""},
    {"check --no-config --format json template.yaml", ""},
    {"check --no-config --fix --unsafe-fixes mendable.json", "mendable.json"},
    {"check --no-config --diff mendable.json", ""},
    {"check --no-config --write-baseline new.baseline bad.json", "new.baseline"},
    {"check --no-config --format sarif:new.sarif bad.json bad.yaml", "new.sarif"},
    {"check --config-root . configured", ""},
    {"check --no-config --stream --jobs 3 lines.ndjson", ""},
    {"check --no-config --jobs 3 --format concise many", ""},
    {"query $..* bad.yaml", ""},
    {"why connector/operator-mismatch salesforce.json", ""},
    {"test rules", ""},
    {"rules", ""},
    {"explain schema/enum", ""},
    {"schema PutIntegration", ""},
    {"generate PutIntegration", ""},
    {"check --help", ""},
    {"completions bash", ""},
};

std::string read_text(const std::string& name) {
  std::ostringstream text;
  text << std::ifstream(name, std::ios::binary).rdbuf();
  return text.str();
}

void write_text(const std::string& name, std::string_view text) {
  fs::create_directories(fs::path("./" + name).parent_path());
  std::ofstream(name, std::ios::binary) << text;
}

void make_files() {
  write_text("bad.json", kBad);
  write_text("bad.yaml", "DomainName: sales domain\nObjectTypeName: &a Account # here\nUri: *a\nTags:\n  - x\n  - {<<: 1}\n");
  write_text("salesforce.json", read_text(CONNECT_LINT_SOURCE_DIR "/tests/samples/put-integration-salesforce.json"));
  write_text("template.yaml", read_text(CONNECT_LINT_SOURCE_DIR "/tests/cloudformation/fails-flow.yaml"));
  write_text("rules/mine/no-sales.yaml", kRule);
  write_text("configured/.connect-lint.yaml",
             "extends: ../base.yaml\nrules: [../rules]\nbaseline: known.json\nseverity: {schema/length: warning}\n"
             "overrides:\n  - files: '*.json'\n    placeholders: ['${...}']\n");
  write_text("base.yaml", "fail-on: warning\nignore:\n  - {files: '*.yaml', id: schema/pattern, reason: later}\n");
  write_text("configured/known.json",
             R"({"format": "connect-lint-baseline/1", "findings": [{"file": "bad.json", "id": "schema/length", "pointer": "/Uri", "content": "0", "count": 1}]})");
  write_text("configured/bad.json", kBad);
  write_text("configured/put-integration.yaml", "DomainName: sales domain # connect-lint: ignore schema/pattern: later\nObjectTypeName: x\nUri: y\n");
  std::string lines;
  for (int i = 0; i < 40; ++i) {
    lines += std::string(kBad) + "\n";
    write_text(fmt::format("many/{:02}.json", i), kBad);
  }
  write_text("lines.ndjson", lines);
}

// --- A run in a process of its own ---------------------------------------------------

struct Outcome {
  int status = 0;  // As wait() gives it.
  std::string out;
  std::string err;
  std::string file;
  std::string left;  // Names of files that were not there before.
  std::uint64_t allocations = 0;
};

std::string take(int descriptor) {
  std::string text(static_cast<std::size_t>(::lseek(descriptor, 0, SEEK_END)), '\0');
  const ssize_t count = ::pread(descriptor, text.data(), text.size(), 0);
  text.resize(count < 0 ? 0 : static_cast<std::size_t>(count));
  return text;
}

std::vector<std::string> names_here() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(".")) names.push_back(entry.path().filename().string());
  return names;
}

Outcome run_failing(const Command& command, std::uint64_t at, Failing how) {
  static std::uint64_t* const counted = static_cast<std::uint64_t*>(::mmap(nullptr, sizeof(std::uint64_t), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
  if (command.writes == "mendable.json") {
    write_text(command.writes, kMendable);
  } else if (!command.writes.empty()) {
    fs::remove(command.writes);
  }
  const std::vector<std::string> before = names_here();
  const int out = ::memfd_create("out", 0);
  const int err = ::memfd_create("err", 0);
  *counted = 0;
  const pid_t child = ::fork();
  if (child == 0) {
    ::alarm(60);  // A hang is a death, too.
    ::dup2(out, STDOUT_FILENO);
    ::dup2(err, STDERR_FILENO);
    std::string line = "connect-lint " + command.line;
    std::vector<char*> arguments;
    for (char* word = std::strtok(line.data(), " "); word != nullptr; word = std::strtok(nullptr, " ")) arguments.push_back(word);
    fails_at = at;
    failing = how;
    armed = true;
    const int code = connect_lint_main(static_cast<int>(arguments.size()), arguments.data());
    armed = false;
    *counted = allocations;
    ::_exit(code);
  }
  Outcome outcome;
  ::waitpid(child, &outcome.status, 0);
  outcome.out = take(out);
  outcome.err = take(err);
  ::close(out);
  ::close(err);
  outcome.file = command.writes.empty() ? "" : read_text(command.writes);
  for (const std::string& name : names_here()) {
    if (name == command.writes || std::find(before.begin(), before.end(), name) != before.end()) continue;
    outcome.left += name + " ";
    fs::remove(name);
  }
  outcome.allocations = *counted;
  return outcome;
}

// What is wrong with it; empty when nothing is.
std::string complaint(const Command& command, const Outcome& right, const Outcome& got) {
  const std::string old = command.writes == "mendable.json" ? std::string(kMendable) : "";
  if (!WIFEXITED(got.status)) return fmt::format("ended by signal {}", WTERMSIG(got.status));
  if (!got.left.empty()) return "left " + got.left;
  if (got.file != right.file && got.file != old) return "the file is neither the old nor the new one";
  const int code = WEXITSTATUS(got.status);
  if (code == connect_lint::kExitFailed) return got.err.find("connect-lint: ") == got.err.npos ? "exit code 3 without a message" : "";
  if (code != WEXITSTATUS(right.status)) return fmt::format("exit code {}", code);
  if (got.file != right.file) return "the file was not written";
  return got.out == right.out && got.err == right.err ? "" : "another answer";
}

}  // namespace

int main(int count, char** arguments) {
  std::uint64_t most = 5000;
  std::uint64_t every = 1;
  std::uint64_t first = 1;
  std::string_view only;
  if (count < 2) return 2;
  for (int i = 2; i + 1 < count; i += 2) {
    const std::string_view name = arguments[i];
    if (name == "--only") {
      only = arguments[i + 1];
    } else {
      (name == "--most" ? most : name == "--every" ? every : first) = std::strtoull(arguments[i + 1], nullptr, 10);
    }
  }
  fs::remove_all(arguments[1]);
  fs::create_directories(arguments[1]);
  fs::current_path(arguments[1]);
  make_files();

  std::uint64_t runs = 0;
  std::uint64_t errors = 0;
  std::uint64_t bad = 0;
  std::uint64_t commands = 0;
  for (const Command& command : kCommands) {
    if (command.line.find(only) == command.line.npos) continue;
    const Outcome right = run_failing(command, 0, Failing::Once);
    if (!WIFEXITED(right.status) || WEXITSTATUS(right.status) > 1 || right.allocations == 0) {
      fmt::print("{}: does not work without failures: {}{}", command.line, right.out, right.err);
      return 1;
    }
    ++commands;
    const std::uint64_t last = std::min(most, right.allocations);
    for (const Failing how : {Failing::Once, Failing::FromThenOn}) {
      for (std::uint64_t at = first; at <= last; at += at < 20 ? 1 : every) {
        const Outcome got = run_failing(command, at, how);
        ++runs;
        errors += WIFEXITED(got.status) && WEXITSTATUS(got.status) == connect_lint::kExitFailed;
        const std::string what = complaint(command, right, got);
        if (what.empty()) continue;
        ++bad;
        fmt::print("{}: allocation {} {}: {}\n  {}\n", command.line, at, how == Failing::Once ? "failing" : "and all behind it failing", what,
                   got.err.empty() ? got.out.substr(0, 400) : got.err.substr(0, 400));
      }
    }
    fmt::print("{}: {} allocations\n", command.line, right.allocations);
    std::fflush(stdout);
  }
  fmt::print("figure: {} runs of {} commands in which the N-th allocation fails, or all from it on (N up to {}): {} exit with 3 and a message, {} give the right answer, {} else\n",
             runs, commands, most, errors, runs - errors - bad, bad);
  return bad == 0 ? 0 : 1;
}

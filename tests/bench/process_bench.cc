// Times whole processes, from start to end, in turn: A B C A B C ..., so that
// a busy moment of the machine hits all of them.
//
//   connect_lint_process_bench 200 connect-lint small.json -- jsonschema validate schema.json small.json
//
// Each command runs once before it counts, with its output thrown away; every
// one has to exit with 0. Prints a JSON array with an object for each command:
// times in microseconds, the peak of the memory in bytes (at least what this
// program itself takes, about 3 MB: the kernel counts from before the exec).
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

namespace {

struct Command {
  std::vector<char*> arguments;  // Ends with nullptr.
  std::vector<double> microseconds;
  long memory_kilobytes_max = 0;
};

[[noreturn]] void fail(const char* attempt, const char* name, int error) {
  std::fprintf(stderr, "cannot %s %s: %s\n", attempt, name, std::strerror(error));
  std::exit(3);
}

posix_spawn_file_actions_t silent_output() {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  return actions;
}

void run(Command& command, const posix_spawn_file_actions_t& actions, bool counts) {
  char* const name = command.arguments.front();
  pid_t pid = 0;
  int status = 0;
  rusage usage{};
  const auto begin = std::chrono::steady_clock::now();
  const int error = posix_spawn(&pid, name, &actions, nullptr, command.arguments.data(), environ);
  if (error != 0) fail("start", name, error);
  if (wait4(pid, &status, 0, &usage) != pid) fail("wait for", name, errno);
  const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - begin;
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    std::fprintf(stderr, "%s did not exit with 0 (wait status %d)\n", name, status);
    std::exit(3);
  }
  if (!counts) return;
  command.microseconds.push_back(took.count());
  command.memory_kilobytes_max = std::max(command.memory_kilobytes_max, usage.ru_maxrss);
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

void print(const std::vector<Command>& commands) {
  const char* separator = "[";
  for (const Command& command : commands) {
    const std::vector<double>& times = command.microseconds;
    std::printf("%s\n  {\"runs\": %zu, \"min\": %.1f, \"median\": %.1f, \"memory\": %ld}", separator, times.size(),
                *std::min_element(times.begin(), times.end()), median(times), command.memory_kilobytes_max * 1024);
    separator = ",";
  }
  std::printf("\n]\n");
}

// Splits at `--`.
std::vector<Command> read_commands(std::span<char*> arguments) {
  std::vector<Command> commands(1);
  for (char* argument : arguments) {
    if (std::string_view(argument) == "--") {
      commands.emplace_back();
    } else {
      commands.back().arguments.push_back(argument);
    }
  }
  for (Command& command : commands) {
    if (command.arguments.empty()) return {};
    command.arguments.push_back(nullptr);
  }
  return commands;
}

}  // namespace

int main(int argc, char** argv) {
  const long runs = argc > 2 ? std::strtol(argv[1], nullptr, 10) : 0;
  std::vector<Command> commands;
  if (runs > 0) commands = read_commands({argv + 2, static_cast<std::size_t>(argc - 2)});
  if (commands.empty()) {
    std::fprintf(stderr, "usage: connect_lint_process_bench RUNS COMMAND... [-- COMMAND...]...\n");
    return 2;
  }
  const posix_spawn_file_actions_t actions = silent_output();
  for (long turn = 0; turn <= runs; ++turn) {
    for (Command& command : commands) run(command, actions, turn > 0);
  }
  print(commands);
  return 0;
}

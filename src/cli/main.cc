#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#include "cli/run.h"

namespace {

constexpr std::string_view kOutOfMemory = "connect-lint: out of memory\n";

std::atomic<bool> memory_ran_out = false;

void throw_out_of_memory() {
  memory_ran_out = true;
  throw std::bad_alloc();
}

// Libraries have functions that take memory and may not throw, such as the reading of
// folders: what is thrown there ends here.
[[noreturn]] void end() {
  if (!memory_ran_out) std::abort();
  connect_lint::Output(STDERR_FILENO).write_now(kOutOfMemory);
  std::_Exit(connect_lint::kExitFailed);
}

// A file that is opened must not get the number of an output that is closed:
// what is printed would go into it. Reading and writing still fail as when closed.
void hold_closed_descriptors() {
  for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (::fcntl(number, F_GETFD) < 0) static_cast<void>(::open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY));
}

}  // namespace

int main(int count, char** arguments) {
  // A closed pipe and a file that may not grow are failed writes, with a message and an exit code.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  std::set_new_handler(throw_out_of_memory);
  std::set_terminate(end);
  hold_closed_descriptors();
  connect_lint::Output out(STDOUT_FILENO);
  connect_lint::Output err(STDERR_FILENO);
  const char* no_colour = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  const connect_lint::Environment environment{
      .input = STDIN_FILENO,
      .out = out,
      .err = err,
      .out_is_terminal = ::isatty(STDOUT_FILENO) == 1,
      .err_is_terminal = ::isatty(STDERR_FILENO) == 1,
      .no_colour = (no_colour != nullptr && *no_colour != '\0') ||
                   (terminal != nullptr && std::strcmp(terminal, "dumb") == 0),
  };
  int code = connect_lint::kExitFailed;
  try {
    const std::vector<std::string> all(arguments + (count > 0 ? 1 : 0), arguments + count);
    code = connect_lint::run(all, environment);
  } catch (const std::bad_alloc&) {  // Not even its last words could be made.
    err.write_now(kOutOfMemory);
  }
  if (!memory_ran_out || code == connect_lint::kExitFailed) return code;
  // Streams of the standard library end without a word, and short of what they were to hold.
  err.write_now(kOutOfMemory);
  return connect_lint::kExitFailed;
}

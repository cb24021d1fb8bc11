#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "cli/run.h"

namespace {

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
  try {
    const std::vector<std::string> all(arguments + (count > 0 ? 1 : 0), arguments + count);
    return connect_lint::run(all, environment);
  } catch (...) {  // Not even its last words could be made.
    err.write_now("connect-lint: out of memory\n");
    return connect_lint::kExitFailed;
  }
}

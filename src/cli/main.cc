#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "cli/run.h"

int main(int count, char** arguments) {
  // A closed pipe is a failed write, with a message and an exit code.
  std::signal(SIGPIPE, SIG_IGN);
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
  const std::vector<std::string> all(arguments + (count > 0 ? 1 : 0), arguments + count);
  return connect_lint::run(all, environment);
}

// Checks one request a given number of times, for callgrind to count: the
// difference between two numbers of calls is the cost of a call, without
// that of the process.
//
//   valgrind --tool=callgrind connect_lint_instruction_bench REQUESTS small.json CreateIntegrationWorkflow 1100
//
// An empty operation has it recognised.
#include "request_text.h"

#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv) {
  if (argc != 5) {
    std::fprintf(stderr, "usage: connect_lint_instruction_bench DIRECTORY FILE OPERATION CALLS\n");
    return 2;
  }
  const std::string text = connect_lint::bench::read_request(argv[1], argv[2]);
  const connect_lint::Linter linter;
  const long calls = std::strtol(argv[4], nullptr, 10);
  for (long call = 0; call < calls; ++call) {
    if (!connect_lint::bench::is_clean(linter, text, argv[3])) {
      std::fprintf(stderr, "%s is not clean\n", argv[2]);
      return 1;
    }
  }
  return 0;
}

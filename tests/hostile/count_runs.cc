// Runs commands of the program one after another in one process, so that valgrind can count the instructions of each without its own start:
//
//   valgrind --tool=callgrind --callgrind-out-file=OUT hostile-count COMMANDS
//
// COMMANDS has a command a line: the folder to run it in and its arguments, divided by tabs. The instructions of the N-th are the totals of OUT.N. What the commands print is dropped.
#include <valgrind/callgrind.h>

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "cli/run.h"

namespace {

void run_once(const std::string& line) {
  std::vector<std::string> arguments;
  std::istringstream words(line);
  std::string folder;
  if (!std::getline(words, folder, '\t') || ::chdir(folder.c_str()) != 0) std::abort();
  for (std::string word; std::getline(words, word, '\t');) arguments.push_back(word);
  static const int nowhere = ::open("/dev/null", O_WRONLY);
  connect_lint::Output out(nowhere);
  connect_lint::Output err(nowhere);
  static_cast<void>(connect_lint::run(arguments, {.out = out, .err = err}));
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 2;
  std::ifstream commands(arguments[1]);
  for (std::string line; std::getline(commands, line);) {
    CALLGRIND_ZERO_STATS;
    run_once(line);
    CALLGRIND_DUMP_STATS;
  }
  return 0;
}

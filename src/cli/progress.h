// How far a long run is, on a terminal: one line that is written again and again.
#ifndef CONNECT_LINT_CLI_PROGRESS_H_
#define CONNECT_LINT_CLI_PROGRESS_H_

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "report/output.h"

namespace connect_lint {

// Silent at first. The cursor stays at the start of the line, so
// that whatever comes next, be it the shell after Ctrl-C, writes over it.
class Progress {
 public:
  // `shown`: standard error is a terminal and nothing else is written there.
  Progress(Output& err, bool shown, std::chrono::milliseconds silent_for = std::chrono::seconds(1))
      : err_(err), shown_(shown), next_(Clock::now() + silent_for) {}
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // So many "files" or "lines" are done; of 0: nobody knows of how many.
  void show(std::uint64_t done, std::uint64_t of, std::string_view what);
  // Before something else is written to the terminal.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;

  Output& err_;
  const bool shown_;
  Clock::time_point next_;
  std::size_t width_ = 0;  // Of what stands there.
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_CLI_PROGRESS_H_

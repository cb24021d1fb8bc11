#include "cli/progress.h"

namespace connect_lint {

void Progress::show(std::uint64_t done, std::uint64_t of, std::string_view what) {
  if (!shown_) return;
  const Clock::time_point now = Clock::now();
  if (now < next_) return;
  next_ = now + std::chrono::milliseconds(100);
  const std::string text = of == 0 ? fmt::format("connect-lint: {} {}", done, what)
                                   : fmt::format("connect-lint: {} of {} {}", done, of, what);
  err_.print("{:{}}\r", text, width_);  // Covers a longer line.
  err_.flush();
  width_ = text.size();
}

void Progress::clear() {
  if (width_ == 0) return;
  err_.print("{:{}}\r", "", width_);
  err_.flush();
  width_ = 0;
}

}  // namespace connect_lint

#include "source/line_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <vector>

#include "base/limits.h"

namespace connect_lint {
namespace {

using Lines = std::vector<std::string_view>;

constexpr std::size_t kContext = 3;

// With their ends.
Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

// Lines [a, a_end) of one text become [b, b_end) of the other.
struct Change {
  std::size_t a, a_end, b, b_end;
};

// The shortest way from one text to the other (Myers, "An O(ND) Difference
// Algorithm", 1986), for texts that differ in few lines.
class Differ {
 public:
  Differ(const Lines& a, const Lines& b) : a_(a), b_(b) {}

  std::vector<Change> run() {
    while (begin_ < a_.size() && begin_ < b_.size() && a_[begin_] == b_[begin_]) ++begin_;
    a_size_ = a_.size() - begin_;
    b_size_ = b_.size() - begin_;
    while (a_size_ > 0 && b_size_ > 0 && a_[begin_ + a_size_ - 1] == b_[begin_ + b_size_ - 1]) --a_size_, --b_size_;
    if (a_size_ + b_size_ == 0) return {};
    if (a_size_ == 0 || b_size_ == 0 || !search()) return {{begin_, begin_ + a_size_, begin_, begin_ + b_size_}};
    return changes();
  }

 private:
  using Offset = std::ptrdiff_t;

  // Fills steps_ with the furthest line of `a` on each diagonal, for each number of changed lines.
  bool search() {
    const auto n = static_cast<Offset>(a_size_);
    const auto m = static_cast<Offset>(b_size_);
    std::vector<Offset> furthest(2 * kDiffLinesMax + 3, 0);
    const auto at = [&](Offset diagonal) -> Offset& { return furthest[static_cast<std::size_t>(diagonal + static_cast<Offset>(kDiffLinesMax) + 1)]; };
    for (Offset d = 0; d <= static_cast<Offset>(kDiffLinesMax); ++d) {
      for (Offset k = -d; k <= d; k += 2) {
        Offset x = k == -d || (k != d && at(k - 1) < at(k + 1)) ? at(k + 1) : at(k - 1) + 1;
        while (x < n && x - k < m && same(x, x - k)) ++x;
        at(k) = x;
        if (x >= n && x - k >= m) {
          steps_.emplace_back(&at(-d), &at(d) + 1);
          return true;
        }
      }
      steps_.emplace_back(&at(-d), &at(d) + 1);
    }
    return false;
  }

  [[nodiscard]] bool same(Offset x, Offset y) const { return x >= 0 && y >= 0 && a_[begin_ + static_cast<std::size_t>(x)] == b_[begin_ + static_cast<std::size_t>(y)]; }

  // Back along the steps.
  [[nodiscard]] std::vector<Change> changes() const {
    std::vector<Change> changes;
    auto x = static_cast<Offset>(a_size_);
    auto y = static_cast<Offset>(b_size_);
    for (auto d = static_cast<Offset>(steps_.size()) - 1; d > 0; --d) {
      const std::vector<Offset>& before = steps_[static_cast<std::size_t>(d - 1)];
      const auto at = [&](Offset diagonal) { return before[static_cast<std::size_t>(diagonal + d - 1)]; };
      const Offset k = x - y;
      const bool down = k == -d || (k != d && (k - 1 < -(d - 1) || (k + 1 <= d - 1 && at(k - 1) < at(k + 1))));
      const Offset previous = down ? k + 1 : k - 1;
      const Offset from_x = at(previous);
      const Offset from_y = from_x - previous;
      add(changes, from_x, from_y, down);
      x = from_x;
      y = from_y;
    }
    std::reverse(changes.begin(), changes.end());
    return changes;
  }

  // One line less in `a`, or one more in `b`, at this place.
  void add(std::vector<Change>& changes, Offset x, Offset y, bool down) const {
    const std::size_t a = begin_ + static_cast<std::size_t>(x);
    const std::size_t b = begin_ + static_cast<std::size_t>(y);
    const Change one{a, down ? a : a + 1, b, down ? b + 1 : b};
    if (!changes.empty() && changes.back().a == one.a_end && changes.back().b == one.b_end) {
      changes.back().a = one.a;
      changes.back().b = one.b;
    } else {
      changes.push_back(one);
    }
  }

  const Lines& a_;
  const Lines& b_;
  std::size_t begin_ = 0;  // Equal lines at the start.
  std::size_t a_size_ = 0;
  std::size_t b_size_ = 0;
  std::vector<std::vector<Offset>> steps_;
};

void add_lines(std::string& diff, char sign, const Lines& lines, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end; ++i) {
    diff += sign;
    diff += lines[i];
    if (!lines[i].ends_with('\n')) diff += "\n\\ No newline at end of file\n";
  }
}

// Of a hunk's head: the first line and how many there are.
std::string range(std::size_t begin, std::size_t end) {
  const std::size_t count = end - begin;
  return count == 1 ? fmt::format("{}", begin + 1) : fmt::format("{},{}", count == 0 ? begin : begin + 1, count);
}

}  // namespace

std::string unified_diff(std::string_view name, std::string_view before, std::string_view after) {
  const Lines a = lines_of(before);
  const Lines b = lines_of(after);
  const std::vector<Change> changes = Differ(a, b).run();
  if (changes.empty()) return "";
  while (name.starts_with("./")) name.remove_prefix(2);
  const std::string_view slash = name.starts_with('/') ? "" : "/";
  std::string diff = fmt::format("--- a{0}{1}\n+++ b{0}{1}\n", slash, name);
  for (auto first = changes.begin(); first != changes.end();) {
    auto last = first;
    while (std::next(last) != changes.end() && std::next(last)->a - last->a_end <= 2 * kContext) ++last;
    const std::size_t lead = std::min({kContext, first->a, first->b});
    const std::size_t trail = std::min(kContext, a.size() - last->a_end);
    diff += fmt::format("@@ -{} +{} @@\n", range(first->a - lead, last->a_end + trail), range(first->b - lead, last->b_end + trail));
    std::size_t at = first->a - lead;
    for (auto change = first; change <= last; ++change) {
      add_lines(diff, ' ', a, at, change->a);
      add_lines(diff, '-', a, change->a, change->a_end);
      add_lines(diff, '+', b, change->b, change->b_end);
      at = change->a_end;
    }
    add_lines(diff, ' ', a, at, at + trail);
    first = std::next(last);
  }
  return diff;
}

}  // namespace connect_lint

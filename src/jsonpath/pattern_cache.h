// Patterns that come from the document, compiled: the last few of them.
#ifndef CONNECT_LINT_JSONPATH_PATTERN_CACHE_H_
#define CONNECT_LINT_JSONPATH_PATTERN_CACHE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/pattern.h"
#include "jsonpath/i_regexp.h"

namespace connect_lint {

class PatternCache {
 public:
  // Null where `text` is no I-Regexp. `compiled` is set where it had to be
  // compiled. Valid until the next call.
  [[nodiscard]] const Pattern* find(std::string_view text, bool whole, bool& compiled) {
    compiled = false;
    for (const Entry& entry : entries_)
      if (entry.whole == whole && entry.text == text) return entry.pattern ? &*entry.pattern : nullptr;
    compiled = true;
    Entry made{std::string(text), whole, std::nullopt};
    if (auto result = compile_i_regexp(text, whole); result.ok()) made.pattern = std::move(result).value();
    if (entries_.size() < kPatternsKeptMax) {
      entries_.push_back(std::move(made));
      next_ = 0;
      return entries_.back().pattern ? &*entries_.back().pattern : nullptr;
    }
    Entry& oldest = entries_[next_];
    next_ = (next_ + 1) % kPatternsKeptMax;
    oldest = std::move(made);
    return oldest.pattern ? &*oldest.pattern : nullptr;
  }

 private:
  struct Entry {
    std::string text;
    bool whole = false;
    std::optional<Pattern> pattern;
  };
  std::vector<Entry> entries_;
  std::size_t next_ = 0;
};

}  // namespace connect_lint

#endif  // CONNECT_LINT_JSONPATH_PATTERN_CACHE_H_

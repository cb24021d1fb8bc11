#include "base/glob.h"

#include <algorithm>
#include <cstddef>

#include "base/limits.h"
#include "base/utf8.h"

namespace connect_lint {
namespace {

// The character at the start of `text`, which loses it. Bytes that are no UTF-8
// are characters of their own, apart from all others.
char32_t take_character(std::string_view& text) {
  const std::size_t bytes = utf8_sequence_bytes(text);
  const char32_t character = bytes == 0 ? 0x110000u + static_cast<unsigned char>(text[0]) : utf8_decode(text);
  text.remove_prefix(std::max<std::size_t>(bytes, 1));
  return character;
}

// One past the `]` of the set that begins after `[`; npos where it is not closed.
std::size_t end_of_set(std::string_view pattern, std::size_t at) {
  if (at < pattern.size() && (pattern[at] == '!' || pattern[at] == '^')) ++at;
  for (const std::size_t first = at; at < pattern.size() && pattern[at] != '/'; ++at) {
    if (pattern[at] == '\\') {
      ++at;
    } else if (pattern[at] == ']' && at != first) {
      return at + 1;
    }
  }
  return std::string_view::npos;
}

// The `}` that closes the brace before `at`; npos without one.
std::size_t end_of_braces(std::string_view pattern, std::size_t at) {
  std::size_t open = 1;
  while (at < pattern.size()) {
    const char c = pattern[at];
    if (c == '\\') {
      ++at;
    } else if (c == '[') {
      if (const std::size_t end = end_of_set(pattern, at + 1); end != pattern.npos) {
        at = end;
        continue;
      }
    } else if (c == '{') {
      ++open;
    } else if (c == '}' && --open == 0) {
      return at;
    }
    ++at;
  }
  return pattern.npos;
}

}  // namespace

class Glob::Compiler {
 public:
  Compiler(Glob& glob, std::string_view pattern) : glob_(glob), pattern_(pattern) {}

  void run() {
    while (at_ < pattern_.size()) step();
    add({.what = What::End});
  }

 private:
  // Braces that are open: where each side begins, and what jumps behind them.
  struct Braces {
    std::uint16_t fork;
    std::vector<std::uint16_t> targets;
    std::vector<std::uint16_t> jumps;
  };

  std::uint16_t add(Step step) {
    glob_.steps_.push_back(step);
    return static_cast<std::uint16_t>(glob_.steps_.size() - 1);
  }
  [[nodiscard]] std::uint16_t next() const { return static_cast<std::uint16_t>(glob_.steps_.size()); }
  [[nodiscard]] char peek(std::size_t at) const { return at < pattern_.size() ? pattern_[at] : '/'; }
  [[nodiscard]] bool begins_name() const {
    return at_ == 0 || pattern_[at_ - 1] == '/' || (!braces_.empty() && (pattern_[at_ - 1] == '{' || pattern_[at_ - 1] == ','));
  }

  void step() {
    const char c = pattern_[at_];
    if (c == '*') return stars();
    if (c == '?') {
      ++at_;
      add({.what = What::Any});
    } else if (c == '[' && end_of_set(pattern_, at_ + 1) != pattern_.npos) {
      set(end_of_set(pattern_, at_ + 1));
    } else if (c == '{' && end_of_braces(pattern_, at_ + 1) != pattern_.npos) {
      ++at_;
      const std::uint16_t fork = add({.what = What::Fork});
      braces_.push_back({fork, {next()}, {}});
    } else if (c == ',' && !braces_.empty()) {
      ++at_;
      braces_.back().jumps.push_back(add({.what = What::Jump}));
      braces_.back().targets.push_back(next());
    } else if (c == '}' && !braces_.empty()) {
      ++at_;
      close();
    } else {
      if (c == '\\' && at_ + 1 < pattern_.size()) ++at_;
      std::string_view rest = pattern_.substr(at_);
      add({.what = What::Character, .character = take_character(rest)});
      at_ = pattern_.size() - rest.size();
    }
  }

  void stars() {
    const bool whole_front = begins_name();
    std::size_t end = at_;
    while (end < pattern_.size() && pattern_[end] == '*') ++end;
    const bool two = end - at_ == 2 && whole_front;
    at_ = end;
    if (two && end < pattern_.size() && pattern_[end] == '/') {
      ++at_;
      add({.what = What::Folders});
    } else if (two && (end == pattern_.size() || (!braces_.empty() && (pattern_[end] == ',' || pattern_[end] == '}')))) {
      add({.what = What::Everything});
    } else {
      add({.what = What::Star});
    }
  }

  void set(std::size_t end) {
    Step made{.what = What::Set, .begin = static_cast<std::uint16_t>(glob_.ranges_.size())};
    std::string_view inside = pattern_.substr(at_ + 1, end - at_ - 2);
    at_ = end;
    made.negated = inside[0] == '!' || inside[0] == '^';
    if (made.negated) inside.remove_prefix(1);
    const auto one = [&] {
      if (inside[0] == '\\' && inside.size() > 1) inside.remove_prefix(1);
      return take_character(inside);
    };
    while (!inside.empty()) {
      Range range;
      range.first = range.last = one();
      if (inside.size() > 1 && inside[0] == '-') {
        inside.remove_prefix(1);
        range.last = one();
      }
      glob_.ranges_.push_back(range);
    }
    made.end = static_cast<std::uint16_t>(glob_.ranges_.size());
    add(made);
  }

  void close() {
    const Braces braces = std::move(braces_.back());
    braces_.pop_back();
    for (const std::uint16_t jump : braces.jumps) glob_.steps_[jump].target = next();
    Step& fork = glob_.steps_[braces.fork];
    fork.begin = static_cast<std::uint16_t>(glob_.targets_.size());
    glob_.targets_.insert(glob_.targets_.end(), braces.targets.begin(), braces.targets.end());
    fork.end = static_cast<std::uint16_t>(glob_.targets_.size());
  }

  Glob& glob_;
  const std::string_view pattern_;
  std::size_t at_ = 0;
  std::vector<Braces> braces_;
};

// All ways through the pattern at once: the steps that may come next.
class Glob::Run {
 public:
  explicit Run(const Glob& glob) : glob_(glob), entered_(glob.steps_.size(), 0), kept_(glob.steps_.size(), 0) {}

  bool run(std::string_view path) {
    enter(0);
    std::swap(now_, later_);
    while (!path.empty() && !now_.empty()) {
      const char32_t character = take_character(path);
      ++turn_;
      later_.clear();
      for (const std::uint16_t index : now_) take(index, character);
      std::swap(now_, later_);
    }
    return path.empty() && std::find(now_.begin(), now_.end(), glob_.steps_.size() - 1) != now_.end();
  }

 private:
  // The step may come next, and so may what follows where it can stand for nothing.
  void enter(std::uint16_t first) {
    want(first);
    while (!waiting_.empty()) {
      const std::uint16_t index = waiting_.back();
      waiting_.pop_back();
      const Step& step = glob_.steps_[index];
      switch (step.what) {
        case What::Star:
        case What::Folders: want(static_cast<std::uint16_t>(index + 1)); break;
        case What::Jump: want(step.target); break;
        case What::Fork:
          for (std::uint16_t i = step.begin; i < step.end; ++i) want(glob_.targets_[i]);
          break;
        default: break;
      }
    }
  }
  void want(std::uint16_t index) {
    if (entered_[index] == turn_) return;
    entered_[index] = turn_;
    waiting_.push_back(index);
    keep(index);
  }
  void keep(std::uint16_t index) {
    if (kept_[index] == turn_) return;
    kept_[index] = turn_;
    later_.push_back(index);
  }

  void take(std::uint16_t index, char32_t character) {
    const Step& step = glob_.steps_[index];
    const auto next = static_cast<std::uint16_t>(index + 1);
    switch (step.what) {
      case What::Character:
        if (step.character == character) enter(next);
        break;
      case What::Any:
        if (character != '/') enter(next);
        break;
      case What::Set:
        if (character != '/' && in_set(step, character)) enter(next);
        break;
      case What::Star:
        if (character != '/') enter(index);
        break;
      case What::Folders:  // Goes on behind a slash only.
        keep(index);
        if (character == '/') enter(next);
        break;
      case What::Everything:
        keep(index);
        enter(next);
        break;
      case What::Fork:
      case What::Jump:
      case What::End: break;
    }
  }
  [[nodiscard]] bool in_set(const Step& step, char32_t character) const {
    const auto begin = glob_.ranges_.begin();
    return step.negated != std::any_of(begin + step.begin, begin + step.end, [&](const Range& range) {
             return range.first <= character && character <= range.last;
           });
  }

  const Glob& glob_;
  std::vector<std::uint16_t> now_;
  std::vector<std::uint16_t> later_;
  std::vector<std::uint16_t> waiting_;
  std::vector<std::uint64_t> entered_;  // By step: the last turn in which it was.
  std::vector<std::uint64_t> kept_;
  std::uint64_t turn_ = 1;
};

Glob::Glob(std::string_view pattern) {
  if (pattern.size() <= kGlobBytesMax) Compiler(*this, pattern).run();
}

bool Glob::matches(std::string_view path) const { return !steps_.empty() && Run(*this).run(path); }

bool glob_matches(std::string_view pattern, std::string_view path) { return Glob(pattern).matches(path); }

}  // namespace connect_lint
